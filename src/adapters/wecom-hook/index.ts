import { createHash } from 'node:crypto'
import { DeliveryError, neverLeft } from '../../chat/delivery.js'
import type { Adapter, Outgoing } from '../../chat/model.js'
import { markdownOf } from '../wecom/render.js'

/** https://developer.work.weixin.qq.com/document/path/91770: bytes of a message's markdown, and messages a minute. */
const LONGEST_BYTES = 4096
const A_GROUP = { messages: 20, everyMs: 60_000 }
/** Room for markup, the line above, the questions below and the number of the page. */
const MARKUP_BYTES = 900
/** No character of UTF-16 takes more. */
const BYTES_A_CHARACTER = 3
const SEND_TIMEOUT_MS = 15_000
const LIMITED = 45009
/** The system is busy, nothing was done. */
const BUSY = -1

/** Group robots of WeCom, each by the name of its group: messages go out, none come in. */
export function createWecomHook(robots: Map<string, string>): Adapter {
  async function send({ picture, ...outgoing }: Outgoing): Promise<string> {
    const url = robots.get(outgoing.to.chat)
    if (!url) throw new DeliveryError('refused', 'no address of that name')
    if (picture && !outgoing.blocks.length) {
      const [base64, md5] = [
        Buffer.from(picture.png).toString('base64'),
        createHash('md5').update(picture.png).digest('hex'),
      ]
      await post(url, { msgtype: 'image', image: { base64, md5 } })
    } else await post(url, { msgtype: 'markdown', markdown: { content: markdownOf(outgoing) } })
    // A webhook tells no id.
    return ''
  }

  return {
    traits: {
      platform: 'wecomhook',
      page: Math.floor((LONGEST_BYTES - MARKUP_BYTES) / BYTES_A_CHARACTER),
      limits: { chat: [A_GROUP], group: [A_GROUP], overall: [] },
      push: { remembersMs: 0, chats: [...robots.keys()] },
      withPicture: 0,
    },
    async connect({ link }) {
      link('up')
    },
    send,
    manages: async () => undefined,
    close: async () => undefined,
  }
}

/** Throws a `DeliveryError`. The address, which holds the key, is in no message. */
async function post(url: string, message: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
  }).catch((cause) => {
    throw new DeliveryError(
      neverLeft(cause) ? 'notSent' : 'unknown',
      cause instanceof Error ? cause.name : 'the line was cut',
      { cause },
    )
  })
  const told = (await response.json().catch(() => undefined)) as { errcode?: number; errmsg?: string } | undefined
  if (typeof told?.errcode !== 'number') throw new DeliveryError('unknown', `HTTP ${response.status}`)
  if (told.errcode === 0) return
  const fate = told.errcode === LIMITED ? 'limited' : told.errcode === BUSY ? 'notSent' : 'refused'
  throw new DeliveryError(fate, `${told.errcode} ${told.errmsg ?? ''}`.trim())
}
