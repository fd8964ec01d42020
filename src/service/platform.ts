import { setTimeout as sleep } from 'node:timers/promises'
import type { Gateway } from '../chat/gateway.js'
import type { Adapter } from '../chat/model.js'
import type { Log } from '../chat/watch.js'
import type { Digests } from '../digest/digests.js'
import type { Hold, ServiceStore } from '../store/sql.js'
import type { Config } from './config.js'
import type { Metrics } from './metrics.js'

/** Who lost a platform because the database was away gives it up when another has had it for so long; while nobody has it, it is served. */
const ANOTHERS_MS = 3000
/** What is being sent on schedule may take so long when the platform is given up. */
const IDLE_MS = 4000

export interface PlatformParts {
  gateway: Gateway
  digests: Digests
  store: Pick<ServiceStore, 'hold'>
  metrics: Metrics
  log: Log
}

/**
 * Serves one platform whenever it is this process's to serve, until the signal is aborted. Of several processes one does; the others
 * stand by. Rejects where the platform turns the bot away for good.
 */
export async function servePlatform(
  { platform, open }: Config['platforms'][number],
  parts: PlatformParts,
  signal: AbortSignal,
): Promise<void> {
  const { store, metrics, log } = parts
  while (!signal.aborted) {
    metrics.link(platform, 'standby')
    log.info({ platform, state: 'standby' }, 'link')
    const hold = await store.hold(platform, signal).catch((cause) => {
      if (!signal.aborted) throw cause
    })
    if (!hold) return
    metrics.link(platform, 'connecting')
    await whileHeld(await open(), hold, parts, signal).catch(async (cause) => {
      await hold.release()
      throw cause
    })
  }
}

/** Resolves when the platform is another's, or when we are stopped: what is still being answered is then the gateway's to end. */
async function whileHeld(
  adapter: Adapter,
  first: Hold,
  { gateway, digests, store, log }: PlatformParts,
  signal: AbortSignal,
) {
  const { platform } = adapter.traits
  const { listening, push, leave } = gateway.join(adapter)
  const ended = new AbortController()
  const { run, idle } = digests.runner({ traits: adapter.traits, push, manages: adapter.manages })
  const running = listening.then(() => run(AbortSignal.any([signal, ended.signal])))
  // Rejects where the platform turns us away; else says nothing.
  const turnedAway = listening.then(() => new Promise<never>(() => undefined))
  const stopped = new Promise<void>((done) => signal.addEventListener('abort', () => done()))
  for (let hold: Hold | undefined = first; hold && !signal.aborted; ) {
    await Promise.race([hold.lost, stopped, turnedAway])
    if (signal.aborted) break
    log.warn({ platform }, 'the hold on a platform was lost')
    hold = await store.hold(platform, signal, ANOTHERS_MS).catch(() => undefined)
  }
  ended.abort()
  await Promise.race([running.then(idle).catch(() => undefined), sleep(IDLE_MS)])
  if (!signal.aborted) await leave()
}
