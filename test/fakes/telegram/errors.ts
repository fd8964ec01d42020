import type { Json } from './json.js'

/** An answer of the platform that is no success. Its code is the HTTP status too. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: Json,
    /** A fault that was injected, or people who shut the bot out, led here: no rule was broken. */
    readonly excused = false,
  ) {
    super(description)
  }
}

/** The request is not right. */
export const badRequest = (what: string, excused = false) =>
  new ApiError(400, `Bad Request: ${what}`, undefined, excused)

/** The refusal of a text that cannot be read. */
export const unparsable = (why: string) => badRequest(`can't parse entities: ${why}`)

/** People shut the bot out. */
export const forbidden = (what: string) => new ApiError(403, `Forbidden: ${what}`, undefined, true)

/** Updates can go one way only. */
export const conflict = (what: string, excused = false) => new ApiError(409, `Conflict: ${what}`, undefined, excused)

/** The token is not good, or no longer. */
export const unauthorized = (excused: boolean) => new ApiError(401, 'Unauthorized', undefined, excused)

/** Wait so many seconds. */
export function tooMany(seconds: number, excused = false): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds }, excused)
}

/** The refusal with this description, as a fault asks for it; the description says the code. */
export function refusalNamed(description: string): ApiError {
  const code = PREFIXES.find(([, prefix]) => description.startsWith(prefix))?.[0]
  if (code === undefined) return badRequest(description, true)
  return new ApiError(code, description, undefined, true)
}

/** The answer's body. */
export function bodyOf({ code, description, parameters }: ApiError): Json {
  return { ok: false, error_code: code, description, ...(parameters && { parameters }) }
}

const PREFIXES: [code: number, prefix: string][] = [
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
]
