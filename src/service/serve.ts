import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { createAccess } from '../chat/access.js'
import { createGateway } from '../chat/gateway.js'
import type { Log } from '../chat/watch.js'
import type { Desk } from '../desk.js'
import { createDigests } from '../digest/digests.js'
import { messageOf, YoujuError } from '../errors.js'
import { checkFont } from '../picture/font.js'
import { openStore } from '../store/index.js'
import { type Config, officeOf } from './config.js'
import { openHttp } from './http.js'
import { createMetrics } from './metrics.js'
import { createPictures } from './pictures.js'
import { servePlatform } from './platform.js'

/** How long replies that are under way may take when the service is told to stop. */
const GRACE_MS = 5000

/** How often it is looked whether who started us is still there. */
const PARENT_MS = 200

/**
 * Answers on every platform that is set up, until SIGTERM or SIGINT. A platform that turns the bot away does not stop the others;
 * throws `PLATFORM_REJECTED` where none is left.
 */
export async function serve(desk: Desk, config: Config, log: Log): Promise<void> {
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), orphaned()])
  // A fault in a client's own timers is a line in the log, not the end of the service.
  process.on('unhandledRejection', (cause) => log.error({ error: messageOf(cause) }, 'a fault that nobody caught'))
  checkFont()
  const metrics = createMetrics()
  const clock = () => Date.now()
  const store = await openStore(config)
  // Opened last: until then, an error ends the process.
  const http = config.httpPort ? await openHttp(config.httpPort, metrics) : undefined
  const { pictureOf, close: stopDrawing } = createPictures(log)
  const digests = createDigests({
    ...{ desk, store, subscriptions: store.subscriptions, ledger: store.ledger, clock, log },
    owner: `${hostname()}:${process.pid}:${randomUUID()}`,
    office: officeOf(config.office),
    isTrusted: (platform, person) =>
      [config.office, config.allow].some((list) => list.get(platform)?.has(person) === true),
    pictureOf,
  })
  const gateway = createGateway({
    ...{ desk, store, clock, log, meter: metrics, unasked: digests.talk },
    access: createAccess(config.allow, clock),
    pictureOf,
    ticks: () => performance.now(),
    paced: config.paced,
  })
  const stopping = new AbortController()
  const served = config.platforms.map(async (platform) => {
    try {
      await servePlatform(platform, { gateway, digests, store, metrics, log }, stopping.signal)
      return undefined
    } catch (cause) {
      log.error({ platform: platform.platform, error: messageOf(cause) }, 'a platform cannot be joined')
      metrics.link(platform.platform, 'rejected', messageOf(cause))
      return cause
    }
  })
  const failed = Promise.all(served).then((faults) => faults[0])
  const end = await Promise.race([stopped, failed])
  stopping.abort()
  // What is being sent on schedule comes to its end first: it would be left in doubt.
  await Promise.all(served)
  await gateway.close(GRACE_MS)
  await stopDrawing()
  http?.close()
  http?.closeAllConnections()
  if (end instanceof Error) throw end instanceof YoujuError ? end : new Error(messageOf(end))
}

/** `npm start` runs us below a shell that keeps signals to itself: when that is gone, we were told to stop. */
function orphaned(): Promise<void> {
  const parent = process.ppid
  return new Promise((done) => {
    if (!process.env.npm_lifecycle_event) return
    setInterval(() => process.ppid !== parent && done(), PARENT_MS).unref()
  })
}
