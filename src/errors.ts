/** Stable codes: what a program may branch on. The message is for people and says what to do next. */
export type ErrorCode =
  | 'KNOWLEDGE_ROW'
  | 'REPORT_UNREADABLE'
  | 'REPORT_UNKNOWN'
  | 'REPORT_EMPTY'
  | 'USAGE'
  | 'INPUT_EMPTY'
  | 'INPUT_TOO_LONG'
  | 'INPUT_NOT_JSON'
  | 'REPLY_UNGROUNDED'

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
