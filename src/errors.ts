/** Stable codes: what a program may branch on. The message is for people and says what to do next. */
export type ErrorCode =
  | 'KNOWLEDGE_ROW'
  | 'REPORT_UNREADABLE'
  | 'REPORT_UNKNOWN'
  | 'REPORT_EMPTY'
  | 'USAGE'
  | 'INPUT_EMPTY'
  | 'INPUT_TOO_LONG'
  | 'INPUT_CHARACTERS'
  | 'INPUT_NOT_JSON'
  | 'CONFIG'
  | 'STORE_UNUSABLE'
  | 'STORE_FULL'
  | 'STORE_UNREACHABLE'
  | 'STORE_FAILED'
  | 'FONT_MISSING'
  | 'PLATFORM_REJECTED'

/** An error that can be shown to a user as it is: what happened, to what, and what to do next. */
export class YoujuError extends Error {
  override readonly name = 'YoujuError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Longest detail of an unexpected error that is shown. */
const LONGEST_DETAIL = 200

/** Any error as one line for people: a `YoujuError` in its own words, anything else as a fault of the program, without its stack. */
export function messageOf(cause: unknown): string {
  if (cause instanceof YoujuError) return cause.message
  const detail = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ').slice(0, LONGEST_DETAIL)
  return `程序内部出错，这次没有答成（${detail}）。请换个问法再试；如果总是这样，请把这一行告诉维护者。`
}
