import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, TelegramApiError, type Update } from 'node-telegram-bot-api'
import type { LinkState } from '../../chat/model.js'
import { messageOf } from '../../errors.js'

/** Seconds that a poll stays open while nothing comes. */
const POLL_SECONDS = 30
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

export const BAD_TOKEN =
  'Telegram 不认这个令牌（TELEGRAM_BOT_TOKEN）。请到 @BotFather 用 /mybots 查看或重新生成，改好后重新启动。'
const REPLACED =
  '另一个程序正在用同一个 TELEGRAM_BOT_TOKEN 收消息，这里收不到了。请停掉其中一个；停掉以后这里会自己接上。'
const HOOKED = '这个机器人设过网址回调（webhook），已经请 Telegram 取消，随后接上。'

interface Listening {
  api: Api
  updates: string[]
  hear: (update: Update) => void
  link: (state: LinkState, reason?: string) => void
  signal: AbortSignal
}

/** Polls for updates until `signal` is aborted. What goes wrong is told, and tried again later and later, up to once a minute. */
export async function poll({ api, updates, hear, link, signal }: Listening): Promise<void> {
  let offset: number | undefined
  for (let failures = 0; !signal.aborted; ) {
    try {
      const timeout = failures ? 0 : POLL_SECONDS
      const news = await api.getUpdates({ ...(offset ? { offset } : {}), timeout, allowed_updates: updates }, signal)
      if (failures) link('up')
      failures = 0
      for (const update of news) {
        // What is not heard is not confirmed, and comes again after the restart.
        if (signal.aborted) return
        // An update that comes once more is older than what was confirmed.
        offset = Math.max(offset ?? 0, update.update_id + 1)
        hear(update)
      }
    } catch (cause) {
      if (signal.aborted) return
      if (isWebhookSet(cause)) await api.deleteWebhook().catch(() => undefined)
      link(...linkOf(cause))
      await sleep(waitOf(cause, failures++), undefined, { signal }).catch(() => undefined)
    }
  }
}

/** The state of the line that an error tells of, in words for whoever runs the bot. */
export function linkOf(cause: unknown): [LinkState, string] {
  if (isBadToken(cause)) return ['rejected', BAD_TOKEN]
  if (isWebhookSet(cause)) return ['down', HOOKED]
  if (cause instanceof TelegramApiError && cause.errorCode === 409) return ['replaced', REPLACED]
  return ['down', `连不上 Telegram（${messageOfLine(cause)}），正在重试。`]
}

/** The token is wrong, or has been revoked. */
export function isBadToken(cause: unknown): boolean {
  return cause instanceof TelegramApiError && (cause.errorCode === 401 || cause.errorCode === 404)
}

function isWebhookSet(cause: unknown): boolean {
  return cause instanceof TelegramApiError && cause.errorCode === 409 && /webhook/i.test(cause.description)
}

/** Milliseconds before another try. */
export function waitOf(cause: unknown, failures: number): number {
  const asked = cause instanceof TelegramApiError ? cause.retryAfter : undefined
  return asked ? asked * 1000 : Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
}

function messageOfLine(cause: unknown): string {
  return cause instanceof Error ? cause.message : messageOf(cause)
}
