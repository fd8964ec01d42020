/** Why the platform does not do what a frame asks for. */
export interface Refusal {
  code: number
  why: string
  /** The tester brought it about, so the bot broke no rule. */
  arranged?: boolean
}

/** A refusal with the platform's own words for the code, and which part of the frame it is about. */
export function refusal(code: number, detail?: string): Refusal {
  const words = WORDS[code] ?? 'refused'
  return { code, why: detail === undefined ? words : `${detail}. ${words}` }
}

/** The frame that answers a request: it has no command, and nothing but the request id says what it answers. */
export function acknowledgement(reqId: string, refused?: Refusal): string {
  const headers = { req_id: reqId }
  if (refused === undefined) return JSON.stringify({ headers, errcode: 0, errmsg: 'ok' })
  const { code, why } = refused
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${code}`
  return JSON.stringify({ headers, errcode: code, errmsg: `${why}, hint: [0], from ip: 127.0.0.1, ${more}` })
}

const WORDS: Record<number, string> = {
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40058: 'invalid Request Parameter',
  42014: 'taskid has existed or empty or exceed max len',
  42039: 'Template_Card button_list Missing or Invalid',
  42045: 'Template_Card card_action Missing or Invalid',
  846605: 'invalid req_id',
  846607: 'aibot send msg frequency limit exceeded',
  846608: 'stream message update expired (>6 minutes), cannot update',
  846609: 'aibot websocket not subscribed',
  853000: 'invalid bot_id or secret',
  93006: 'invalid chatid',
}
