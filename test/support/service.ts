import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAccess } from '../../src/chat/access.js'
import { createGateway } from '../../src/chat/gateway.js'
import type { Adapter } from '../../src/chat/model.js'
import type { Desk } from '../../src/desk.js'
import { openDesk } from '../../src/desk.js'
import { createDigests } from '../../src/digest/digests.js'
import { DEFAULT_REPORT } from '../../src/library.js'
import { officeOf, readConfig } from '../../src/service/config.js'
import { createLog } from '../../src/service/log.js'
import { createMetrics, type Metrics } from '../../src/service/metrics.js'
import { createPictures } from '../../src/service/pictures.js'
import { servePlatform } from '../../src/service/platform.js'
import { openStore } from '../../src/store/index.js'
import type { ServiceStore } from '../../src/store/sql.js'

/** A service as `npm start` makes it, in this process, with what it logged. */
export interface Service {
  log: Record<string, unknown>[]
  /** The log as it was written. */
  text: () => string
  metrics: Metrics
  store: ServiceStore
  /** Stops it as SIGTERM does. */
  stop: (graceMs?: number) => Promise<void>
}

let opened: Desk | undefined
let started = 0
/** The first report, opened once. */
export const desk = (): Desk => (opened ??= openDesk([DEFAULT_REPORT], (faults) => expectNoFaults(faults)))

function expectNoFaults(faults: string[]): void {
  throw new Error(`a reply was held back: ${faults.join('; ')}`)
}

/** A folder for state that is gone after the tests. */
export function dataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'youju-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Starts the service with these variables. `asked` stands in for the reports, `clock` for the time, `adapter` for the platforms that are set up. */
export async function startService(
  env: Record<string, string>,
  {
    asked = desk(),
    clock = Date.now,
    adapter,
  }: { asked?: Desk; clock?: () => number; adapter?: () => Promise<Adapter> } = {},
): Promise<Service> {
  const config = readConfig(env)
  const lines: string[] = []
  const log = createLog({
    level: config.logLevel,
    names: config.logNames,
    secrets: config.secrets,
    write: (line) => lines.push(line),
  })
  const metrics = createMetrics()
  const store = await openStore(config)
  const access = createAccess(config.allow, clock)
  const { pictureOf, close: stopDrawing } = createPictures(log)
  const digests = createDigests({
    ...{ desk: asked, store, subscriptions: store.subscriptions, ledger: store.ledger, clock, log },
    owner: `test-${++started}`,
    office: officeOf(config.office),
    isTrusted: (platform, person) => config.office.get(platform)?.has(person) === true,
    pictureOf,
  })
  const gateway = createGateway({
    ...{ desk: asked, store, access, clock, log, meter: metrics, unasked: digests.talk, pictureOf },
    paced: config.paced,
  })
  const stopping = new AbortController()
  const opening = adapter ? [{ platform: 'terminal', open: adapter }] : config.platforms
  const served = opening.map((each) =>
    servePlatform(each, { gateway, digests, store, metrics, log }, stopping.signal).catch((cause) =>
      log.error({ error: String(cause) }, 'join'),
    ),
  )
  return {
    get log() {
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    },
    text: () => lines.join(''),
    metrics,
    store,
    stop: async (graceMs = 5000) => {
      stopping.abort()
      if (graceMs) await Promise.all(served)
      await gateway.close(graceMs)
      await stopDrawing()
    },
  }
}

/** Waits until it is so; fails with what is being waited for. */
export async function until(what: string, isSo: () => boolean, longestMs = 15_000): Promise<void> {
  const end = performance.now() + longestMs
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`)
    await sleep(10)
  }
}
