import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Bot, type InlineQuery, TelegramApiError, type Update } from 'node-telegram-bot-api'
import type { Adapter, Hooks, Utterance } from '../../chat/model.js'
import { CHAT } from '../../chat/rows.js'
import { YoujuError } from '../../errors.js'
import { inlineResultsOf } from './inline.js'
import { BAD_TOKEN, isBadToken, linkOf, poll, waitOf } from './listen.js'
import { type Self, utteranceOf } from './receive.js'
import { createSend } from './send.js'
import { openWebhook } from './webhook.js'

export interface TelegramOptions {
  token: string
  /** Where the Bot API is, if not at Telegram's own address. */
  apiRoot?: string
  /** Listens on `port` for updates that are sent to `url`; without it, updates are polled. */
  webhook?: { url: string; secret: string; port: number }
}

/** https://core.telegram.org/bots/api#sendmessage: characters after the markup is read. */
const LONGEST_MESSAGE = 4096
/** https://core.telegram.org/bots/api#sendphoto */
const LONGEST_CAPTION = 1024
const CAPTION_HEAD_ROOM = 100
/** Room for the question that a button asked and for the number of the page. */
const HEAD_ROOM = 300
/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: a message a second, which short bursts may pass. */
const A_CHAT = { messages: 5, everyMs: 5000 }
const A_GROUP = { messages: 20, everyMs: 60_000 }
const OVERALL = { messages: 30, everyMs: 1000 }
const SEND_TIMEOUT_MS = 15_000
const PREVIEW_SECONDS = 60
/** With this on, groups hand over commands, answers to the bot and, it depends, mentions. */
const PRIVATE =
  '隐私模式开着：群里 @它的消息可能收不到，命令和回复收得到。要都收到，请在 @BotFather 用 /setprivacy 关掉，再把它重新拉进群。'
const UPDATES = ['message', 'edited_message', 'callback_query', 'inline_query']

/** Telegram, by its Bot API. */
export function createTelegram({ token, apiRoot, webhook }: TelegramOptions): Adapter {
  // The client's own retries would post a message again whose fate is unknown; the gateway's do not.
  const bot = new Bot(token, { ...(apiRoot ? { apiRoot } : {}), maxRetries: 0, timeoutMs: SEND_TIMEOUT_MS })
  const { api } = bot
  const stopped = new AbortController()
  let server: Server | undefined

  async function connect(hooks: Hooks): Promise<void> {
    hooks.signal.addEventListener('abort', () => {
      stopped.abort()
      server?.close()
    })
    hooks.link('connecting')
    const self = await untilDone(() => api.getMe(stopped.signal), hooks)
    if (!self) return
    const commands = CHAT.commands.map(({ name, about }) => ({ command: name, description: about }))
    await api.setMyCommands({ commands }).catch(() => undefined)
    if (webhook) await listen(webhook, hooks, self)
    else {
      await api.deleteWebhook().catch(() => undefined)
      const link = hooks.link
      void poll({ api, updates: UPDATES, hear: (update) => hear(update, hooks, self), link, signal: stopped.signal })
    }
    hooks.link('up', self.can_read_all_group_messages ? undefined : PRIVATE)
  }

  async function listen(hook: NonNullable<typeof webhook>, hooks: Hooks, self: Self): Promise<void> {
    bot.use(async ({ update }) => hear(update, hooks, self))
    bot.catch((cause) => hooks.fault(cause))
    server = await openWebhook(bot, { ...hook, path: new URL(hook.url).pathname })
    const set = () => api.setWebhook({ url: hook.url, secret_token: hook.secret, allowed_updates: UPDATES })
    await untilDone(set, hooks).catch((cause) => {
      throw isRefused(cause) ? new YoujuError('CONFIG', badWebhook(cause), { cause }) : cause
    })
  }

  /** Tries until it is done, later and later. Throws `PLATFORM_REJECTED` where the token is wrong; undefined when told to stop. */
  async function untilDone<T>(run: () => Promise<T>, { link, signal }: Hooks): Promise<T | undefined> {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        return await run()
      } catch (cause) {
        if (signal.aborted) return undefined
        link(...linkOf(cause))
        if (isBadToken(cause)) throw new YoujuError('PLATFORM_REJECTED', BAD_TOKEN, { cause })
        if (isRefused(cause)) throw cause
        await sleep(waitOf(cause, failures), undefined, { signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  function hear(update: Update, hooks: Hooks, self: Self): void {
    if (hooks.signal.aborted) return
    // Whatever comes of it: until this is said, the button turns.
    if ('callback_query' in update)
      void api.answerCallbackQuery({ callback_query_id: update.callback_query.id }).catch(() => undefined)
    try {
      if ('inline_query' in update) preview(update.inline_query, hooks)
      const utterance = utteranceOf(update, self)
      if (utterance) hooks.receive(utterance)
    } catch (cause) {
      // A payload of a shape that nobody expected costs itself, not the poll: it would come again for ever.
      hooks.fault(cause)
    }
  }

  function preview({ id, from, query }: InlineQuery, hooks: Hooks): void {
    const pages = hooks.preview(query, { platform: 'telegram', chat: '', person: String(from.id) })
    const results = inlineResultsOf(pages)
    // A preview that came too late is asked for again with the next key.
    void api
      .answerInlineQuery({ inline_query_id: id, results, cache_time: PREVIEW_SECONDS, is_personal: true })
      .catch(() => undefined)
  }

  async function manages({ chat, person }: Utterance): Promise<boolean | undefined> {
    const { status } = await api.getChatMember({ chat_id: Number(chat), user_id: Number(person) })
    return status === 'creator' || status === 'administrator'
  }

  async function close(): Promise<void> {
    stopped.abort()
    server?.closeAllConnections()
  }
  const traits = {
    platform: 'telegram',
    page: LONGEST_MESSAGE - HEAD_ROOM,
    limits: { chat: [A_CHAT], group: [A_GROUP, A_CHAT], overall: [OVERALL] },
    push: { remembersMs: 0 },
    withPicture: LONGEST_CAPTION - CAPTION_HEAD_ROOM,
  }
  return { traits, connect, send: createSend(api), manages, close }
}

/** Telegram understood, and will not: to ask again changes nothing. */
function isRefused(cause: unknown): cause is TelegramApiError {
  return cause instanceof TelegramApiError && cause.errorCode === 400
}

function badWebhook({ description }: TelegramApiError): string {
  return `Telegram 不收这个回调网址（${description}）。请检查 TELEGRAM_WEBHOOK_URL：要 https，端口只能是 443、80、88、8443。`
}
