import { WSClient } from '@wecom/aibot-node-sdk'
import { DeliveryError } from '../../chat/delivery.js'
import type { Adapter, Hooks, Outgoing, Picture, Utterance } from '../../chat/model.js'
import { YoujuError } from '../../errors.js'
import { cardOf } from './card.js'
import { deliveryErrorOf, isRefusal } from './errors.js'
import { entranceOf, type Frame, type Origin, pressOf, utteranceOf } from './receive.js'
import { markdownOf, textOf } from './render.js'

export interface WecomOptions {
  botId: string
  secret: string
  /** Where the long connection goes, if not to WeCom's own address. */
  wsUrl?: string
}

/** UTF-8 bytes that a stream or a pushed message may have. */
const LONGEST_MESSAGE_BYTES = 20_480
/** Room for markup, the question that a button asked and the number of the page. */
const MARKUP_BYTES = 3000
/** No character of UTF-16 takes more. */
const BYTES_A_CHARACTER = 3
/** One conversation takes 30 messages a minute and 1,000 an hour; some are left over for cards that are pushed. */
const A_CHAT = [
  { messages: 950, everyMs: 60 * 60_000 },
  { messages: 28, everyMs: 60_000 },
]
/** The kind of message is not taken here. */
const UNKNOWN_KIND = 40008
const FOR_EVER = -1
/** What the client says of a wrong id or secret. */
const AUTH_FAILED = /^Authentication failed/
const BAD_SECRET =
  '企业微信不认这个机器人的编号或密钥（WECOM_BOT_ID、WECOM_BOT_SECRET）。请到管理后台“智能机器人”核对，改好后重新启动。'
const REPLACED = '另一个程序用同一个 WECOM_BOT_ID 连上了企业微信，这里已经被断开。请停掉其中一个，再重新启动这里。'

/** A WeCom smart bot on its long connection. */
export function createWecom({ botId, secret, wsUrl }: WecomOptions): Adapter {
  const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }
  const client = new WSClient({
    botId,
    secret,
    ...(wsUrl ? { wsUrl } : {}),
    maxReconnectAttempts: FOR_EVER,
    maxAuthFailureAttempts: FOR_EVER,
    // What the client logs holds what people typed; the gateway logs instead.
    logger: silent,
  })

  const uploaded = new Map<string, { media_id: string }>()

  /** The socket may be open before the bot is let in. */
  let isUp = false

  function connect(hooks: Hooks): Promise<void> {
    // Why the line is down, where it is known better than from its end.
    let isTold = false
    client.on('message', (frame) => receive(() => utteranceOf(frame)))
    client.on('event.enter_chat', (frame) => receive(() => entranceOf(frame)))
    client.on('event.template_card_event', (frame) => receive(() => pressOf(frame)))
    client.on('event.feedback_event', ({ body }) => hooks.feedback(...feedbackOf(body?.event)))
    client.on('event.disconnected_event', () => {
      isTold = true
      hooks.link('replaced', REPLACED)
    })
    client.on('disconnected', (reason) => {
      isUp = false
      if (!isTold && !hooks.signal.aborted) hooks.link('down', `和企业微信的连接断了（${reason}），正在重连。`)
    })
    hooks.link('connecting')
    return new Promise((done, fail) => {
      let wasUp = false
      client.on('authenticated', () => {
        wasUp = isUp = true
        isTold = false
        hooks.link('up')
        done()
      })
      client.on('error', (error) => {
        if (!AUTH_FAILED.test(error.message))
          return hooks.link('down', `连不上企业微信（${error.message}），正在重试。`)
        isTold = true
        hooks.link('rejected', BAD_SECRET)
        if (wasUp) return
        client.disconnect()
        fail(new YoujuError('PLATFORM_REJECTED', BAD_SECRET, { cause: error }))
      })
      client.connect()
    })

    // A payload of a shape that nobody expected costs itself, not the process.
    function receive(read: () => Utterance | undefined): void {
      try {
        const utterance = read()
        if (utterance && !hooks.signal.aborted) hooks.receive(utterance)
      } catch (cause) {
        hooks.fault(cause)
      }
    }
  }

  async function send(outgoing: Outgoing): Promise<string> {
    if (!isUp) throw new DeliveryError('notSent', 'the line is down')
    if (outgoing.picture && !outgoing.blocks.length) return pushPicture(outgoing.to.chat, outgoing.picture)
    const origin = outgoing.to.origin as Origin | undefined
    // No stream belongs to a press, nor to what an earlier process was asked.
    if (!origin || origin.kind === 'press') return push(outgoing)
    const { frame, kind } = origin
    try {
      await (kind === 'welcome' ? welcome(frame, outgoing) : stream(frame, outgoing))
      return taskOf(outgoing)
    } catch (cause) {
      const error = deliveryErrorOf(cause, kind === 'message')
      if (error.fate !== 'refused') throw error
      // A stream that is refused after a cut may have been taken before it.
      if (outgoing.mayBeShown) throw new DeliveryError('unknown', error.message, { cause })
      return push(outgoing)
    }
  }

  /** The reply in the stream that belongs to the message. What is only passing is written over by what follows. */
  function stream(frame: Frame, outgoing: Outgoing): Promise<unknown> {
    const id = `stream-${outgoing.to.message}`
    const content = markdownOf(outgoing)
    if (outgoing.passing) return client.replyStream(frame, id, content, false)
    const templateCard = cardOf(outgoing, taskOf(outgoing))
    const streamFeedback = { id: taskOf(outgoing) }
    const alone = () => client.replyStream(frame, id, content, true, undefined, streamFeedback)
    if (!templateCard) return alone()
    // Where stream and card are not taken together, the stream has everything but the buttons.
    return client
      .replyStreamWithCard(frame, id, content, true, { streamFeedback, templateCard })
      .catch((cause) => (isRefusal(cause) && cause.errcode === UNKNOWN_KIND ? alone() : Promise.reject(cause)))
  }

  function welcome(frame: Frame, outgoing: Outgoing): Promise<unknown> {
    return client.replyWelcome(frame, { msgtype: 'text', text: { content: textOf(outgoing) } })
  }

  /** A message of its own, for where no stream can be written to. The card goes after the text, which holds everything. */
  async function push(outgoing: Outgoing): Promise<string> {
    const { chat } = outgoing.to
    const markdown = { msgtype: 'markdown', markdown: { content: markdownOf(outgoing) } } as const
    const error = await client.sendMessage(chat, markdown).then(nothing, (cause) => deliveryErrorOf(cause, false))
    if (error && error.fate !== 'unknown') throw error
    // Where the text may be there, so may its buttons be: without them a page leads nowhere.
    const card = outgoing.passing ? undefined : cardOf(outgoing, taskOf(outgoing))
    if (card) await client.sendMessage(chat, { msgtype: 'template_card', template_card: card }).catch(nothing)
    if (error) throw error
    return taskOf(outgoing)
  }

  /** A picture by itself: no text goes with it. What was uploaded is kept there for three days. */
  async function pushPicture(chat: string, { png, name }: Picture): Promise<string> {
    try {
      const known = uploaded.get(name)
      const { media_id } =
        known ?? (await client.uploadMedia(Buffer.from(png), { type: 'image', filename: 'youju.png' }))
      uploaded.set(name, { media_id })
      await client.sendMediaMessage(chat, 'image', media_id)
      return media_id
    } catch (cause) {
      uploaded.delete(name)
      throw deliveryErrorOf(cause, false)
    }
  }

  const page = Math.floor((LONGEST_MESSAGE_BYTES - MARKUP_BYTES) / BYTES_A_CHARACTER)
  return {
    traits: {
      platform: 'wecom',
      page,
      limits: { chat: A_CHAT, group: A_CHAT, overall: [] },
      push: { remembersMs: 0 },
      withPicture: 0,
    },
    connect,
    send,
    // Who leads a group is not told.
    manages: async () => undefined,
    close: async () => client.disconnect(),
  }
}

/** Names a card and a reply: letters, digits, _, - and @, at most 128. */
function taskOf({ nonce, to }: Outgoing): string {
  return `youju-${nonce}-${to.delivery}`.replace(/[^\w@-]/g, '-').slice(0, 128)
}

/** https://developer.work.weixin.qq.com/document/path/101027: 1 is accurate, 2 is not. The id is the one that the reply was sent with. */
function feedbackOf(event: unknown): [good: boolean, reply?: number] {
  const { type, id = '' } =
    (event as { feedback_event?: { type?: number; id?: string } } | undefined)?.feedback_event ?? {}
  const reply = Number.parseInt(/^youju-([0-9a-z]+)-/.exec(id)?.[1] ?? '', 36)
  return reply > 0 ? [type === 1, reply] : [type === 1]
}

function nothing(): undefined {}
