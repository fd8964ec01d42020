/** Why the platform does not do what a frame asks for. */
export interface Refusal {
  code: number
  why: string
  /** The tester brought it about, so the bot broke no rule. */
  arranged?: boolean
}

/** How a request ended: refused, or done, with something given back or nothing. */
export type Outcome = Refusal | { body: Record<string, unknown> } | undefined

export function isRefusal(found: object | undefined): found is Refusal {
  return found !== undefined && 'code' in found
}

/** A refusal with the platform's own words for the code, and which part of the frame it is about. */
export function refusal(code: number, detail?: string): Refusal {
  const words = WORDS[code] ?? 'refused'
  return { code, why: detail === undefined ? words : `${detail}. ${words}` }
}

/** The frame that answers a request: it has no command, and nothing but the request id says what it answers. */
export function acknowledgement(reqId: string, outcome?: Outcome): string {
  const headers = { req_id: reqId }
  if (isRefusal(outcome)) return JSON.stringify({ headers, ...verdict(outcome) })
  return JSON.stringify({ headers, ...outcome, ...verdict() })
}

/** Code and words of an answer, which are the same on every way to the platform. */
export function verdict(refused?: Refusal): { errcode: number; errmsg: string } {
  if (refused === undefined) return { errcode: 0, errmsg: 'ok' }
  const { code, why } = refused
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${code}`
  return { errcode: code, errmsg: `${why}, hint: [0], from ip: 127.0.0.1, ${more}` }
}

const WORDS: Record<number, string> = {
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40058: 'invalid Request Parameter',
  40123: 'invalid image format',
  42014: 'taskid has existed or empty or exceed max len',
  42039: 'Template_Card button_list Missing or Invalid',
  42045: 'Template_Card card_action Missing or Invalid',
  44004: 'empty content',
  45009: 'api freq out of limit',
  301019: 'media md5 not match',
  846605: 'invalid req_id',
  846607: 'aibot send msg frequency limit exceeded',
  846608: 'stream message update expired (>6 minutes), cannot update',
  846609: 'aibot websocket not subscribed',
  853000: 'invalid bot_id or secret',
  93000: 'invalid webhook url',
  93006: 'invalid chatid',
  93008: 'not in chat',
}
