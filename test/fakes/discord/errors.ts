import type { Json } from './json.js'

/** An answer of the platform that is no success: a status, a code of its own and, for a bad form, what is wrong where. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors?: Json,
    /** A fault that was injected led here: no rule was broken. */
    readonly excused = false,
  ) {
    super(message)
  }
}

/** The platform's error with this code. */
export function apiError(code: number, excused = false): ApiError {
  const [status, message] = KNOWN[code] ?? [400, `Error ${code}`]
  return new ApiError(status, code, message, undefined, excused)
}

/** The answer's body. */
export function bodyOf({ message, code, errors }: ApiError): Json {
  return { message, code, ...(errors && { errors }) }
}

const KNOWN: Record<number, [status: number, message: string]> = {
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20028: [429, 'The channel you are writing has hit the write rate limit.'],
  30015: [400, 'Maximum number of attachments in a message reached (10)'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [400, 'Cannot reply without permission to read message history'],
}
