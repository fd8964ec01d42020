import { createAccess } from '../../src/chat/access.js'
import { DeliveryError } from '../../src/chat/delivery.js'
import { createGateway } from '../../src/chat/gateway.js'
import type { Adapter } from '../../src/chat/model.js'
import { openDesk } from '../../src/desk.js'
import { createDigests } from '../../src/digest/digests.js'
import { createLog } from '../../src/service/log.js'
import { createMetrics } from '../../src/service/metrics.js'
import { servePlatform } from '../../src/service/platform.js'
import { openStore } from '../../src/store/index.js'

/**
 * One instance of the service, to be killed: the real store, planner, ledger, dispatch and gateway; a platform that is an HTTP server of
 * the test's; the clock is the machine's, so much ahead as the test says. Prints `up` when it serves the platform.
 */
interface Orders {
  /** Where messages go; `/clock` tells how far ahead the clock is. */
  url: string
  report: string
  databaseUrl?: string
  dataFolder: string
  owner: string
  remembersMs: number
  aMessageMs: number
}
const { url, report, databaseUrl, dataFolder, owner, remembersMs, aMessageMs } = JSON.parse(process.argv[2]!) as Orders

let aheadMs = Number(await (await fetch(`${url}/clock`)).text())
setInterval(async () => {
  aheadMs = Number(await (await fetch(`${url}/clock`)).text())
}, 50).unref()
const clock = () => Date.now() + aheadMs

const adapter: Adapter = {
  traits: {
    platform: 'p',
    page: 3000,
    limits: { chat: [], group: [], overall: [{ messages: 10, everyMs: 10 * aMessageMs }] },
    push: { remembersMs },
  },
  async connect({ link }) {
    link('up')
    process.stdout.write('up\n')
  },
  async send({ to, nonce, above = '' }) {
    const response = await fetch(`${url}/send`, {
      method: 'POST',
      body: JSON.stringify({ chat: to.chat, nonce, above }),
    }).catch((cause) => {
      throw new DeliveryError('unknown', String(cause), { repeatable: remembersMs > 0 })
    })
    return response.text()
  },
  manages: async () => true,
  close: async () => undefined,
}

const log = createLog({ level: 'warn', names: false, secrets: [], write: (line) => process.stderr.write(line) })
const desk = openDesk([report], (faults) => log.error({ faults }, 'held back'))
const store = await openStore({ databaseUrl, dataFolder })
const metrics = createMetrics()
const digests = createDigests({
  ...{ desk, store, subscriptions: store.subscriptions, ledger: store.ledger, clock, log, owner },
  ...{ office: [], isTrusted: () => false, pictureOf: async () => undefined },
})
const gateway = createGateway({
  ...{ desk, store, clock, log, meter: metrics, unasked: digests.talk },
  access: createAccess(new Map(), clock),
})
await servePlatform(
  { platform: 'p', open: async () => adapter },
  { gateway, digests, store, metrics, log },
  new AbortController().signal,
)
