import { pino } from 'pino'
import type { Log } from '../chat/watch.js'

/** A shorter one is no secret, and blanking it out would leave nothing to read. */
const SHORTEST_SECRET = 6

export interface LogOptions {
  level: string
  /** Names of people are kept only where this says so. */
  names: boolean
  /** Never printed, wherever they come from. */
  secrets: string[]
  write?: (line: string) => void
}

/** The service's log: one JSON object a line. What must stay secret is blanked out of the finished line, so no field can carry it. */
export function createLog({ level, names, secrets, write = (line) => process.stdout.write(line) }: LogOptions): Log {
  const hidden = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  const scrub = (line: string) => hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line)
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(scrub(line)) },
  )
  const at =
    (severity: keyof Log): Log[keyof Log] =>
    (fields, message, who) =>
      logger[severity](names ? { ...fields, ...who } : fields, message)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
