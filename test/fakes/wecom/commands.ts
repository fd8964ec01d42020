import type { Board } from './board.js'
import type { Chat, Chats } from './chats.js'
import { checkBody, checkUpdate, contentOf } from './content.js'
import { isRefusal, type Outcome, type Refusal, refusal } from './errors.js'
import type { Frame } from './frames.js'
import type { Limiter } from './limits.js'
import { type Check, type Fields, type Findings, isFields, oneOf, words } from './schema.js'
import type { Streams } from './streams.js'
import type { Target, Targets } from './targets.js'
import type { Uploads } from './uploads.js'

/** What the commands work on. */
export interface Platform {
  board: Board
  chats: Chats
  targets: Targets
  streams: Streams
  limiter: Limiter
  uploads: Uploads
  /** Something the platform lets pass, though it is wrong. */
  note: (what: string) => void
  combined: boolean
  groupCards: boolean
  countRefreshes: boolean
}

export type Command = (frame: Frame) => Outcome

/** The commands that show people something: each does it, or says why not. */
export function createCommands(platform: Platform): Record<string, Command> {
  const { board, chats, targets, streams, limiter, uploads } = platform
  const usedTasks = new Set<string>()

  return {
    aibot_respond_msg: (frame) => {
      const target = targetOf(frame, 'message')
      if (isRefusal(target)) return target
      const types = platform.combined ? [...REPLIES, 'stream_with_template_card'] : REPLIES
      const refused = checked(frame, types)
      if (refused !== undefined) return refused
      if (isFields(frame.body.stream)) return write(frame, frame.body.stream, target)
      return post(frame, target.chat, target.about)
    },
    aibot_respond_welcome_msg: (frame) => {
      const target = targetOf(frame, 'welcome')
      if (isRefusal(target)) return target
      const refused = checked(frame, ['text', 'template_card']) ?? post(frame, target.chat, undefined)
      if (refused === undefined) targets.use(frame.headers.req_id)
      return refused
    },
    aibot_respond_update_msg: (frame) => {
      const target = targetOf(frame, 'card')
      if (isRefusal(target)) return target
      const refused = first(frame, checkUpdate(frame.body))
      if (refused !== undefined) return refused
      targets.use(frame.headers.req_id)
      const { message } = target
      const card = frame.body.template_card as Fields
      // The platform says yes to a foreign task id as well, and nobody sees anything change.
      if (message === undefined || card.task_id !== message.card?.task_id)
        platform.note(`${frame.cmd}: the task_id is not that of the event, so nothing changes`)
      else board.change(message, frame, { card })
      return undefined
    },
    aibot_send_msg: (frame) => {
      const refused = checked(frame, ['markdown', 'template_card', 'image'], {
        chatid: words(),
        chat_type: oneOf(0, 1, 2),
      })
      if (refused !== undefined) return refused
      const chat = chats.at(frame.body.chatid, frame.body.chat_type)
      if (!chat?.open) return refusal(93006, `nobody has written to the bot in ${String(frame.body.chatid)}`)
      if (chat.group && frame.body.msgtype === 'template_card' && !platform.groupCards)
        return refusal(40008, 'cards are pushed to single persons only')
      return post(frame, chat, undefined)
    },
  }

  function targetOf(frame: Frame, kind: Target['kind']): Target | Refusal {
    const found = targets.find(frame.headers.req_id, kind)
    if (found === 'earlier') return { ...refusal(846605, 'of an earlier connection'), arranged: true }
    return typeof found === 'string' ? refusal(846605, found) : found
  }

  function checked(frame: Frame, types: string[], envelope: Record<string, Check> = {}): Refusal | undefined {
    if (MEDIA.includes(String(frame.body.msgtype))) return refusal(40007, 'nothing was uploaded')
    const found = checkBody(frame.body, types, envelope)
    if (found === undefined) return refusal(40008, `msgtype ${String(frame.body.msgtype)}`)
    if (!platform.combined && isFields(frame.body.stream) && frame.body.stream.msg_item !== undefined)
      found.refused.push(refusal(40058, 'body.stream.msg_item is not supported'))
    return first(frame, found) ?? fresh(frame.body.template_card) ?? stored(frame.body.image)
  }

  function first(frame: Frame, found: Findings): Refusal | undefined {
    const [refused] = found.refused
    if (refused === undefined) for (const note of found.noted) platform.note(`${frame.cmd}: ${note}`)
    return refused
  }

  function fresh(card: unknown): Refusal | undefined {
    const task = isFields(card) ? card.task_id : undefined
    return usedTasks.has(String(task)) ? refusal(42014, `task_id ${String(task)}`) : undefined
  }

  function stored(image: unknown): Refusal | undefined {
    if (!isFields(image) || uploads.find(image.media_id) !== undefined) return undefined
    return refusal(40007, `media_id ${String(image.media_id)}`)
  }

  /** Counts the message against the limit and takes its task id, or says that there is no room. */
  function admit(chat: Chat, card: unknown, counts = true): Refusal | undefined {
    // The platform sends no word of it, so a bot that goes on sending breaks no rule.
    if (chat.removed) return { ...refusal(93008), arranged: true }
    if (counts && limiter.full(chat.id)) return refusal(846607)
    if (counts) limiter.count(chat.id)
    if (isFields(card) && card.task_id !== undefined) usedTasks.add(String(card.task_id))
    return undefined
  }

  function post(frame: Frame, chat: Chat, replyTo: string | undefined): Refusal | undefined {
    const refused = admit(chat, frame.body.template_card)
    if (refused !== undefined) return refused
    const { image } = frame.body
    board.post(chat, replyTo, frame, contentOf(frame.body, isFields(image) ? uploads.find(image.media_id) : undefined))
    return undefined
  }

  function write(frame: Frame, body: Fields, target: Target): Refusal | undefined {
    const reqId = frame.headers.req_id
    const finished = body.finish === true
    const hasCard = frame.body.template_card !== undefined
    const stream = streams.find(String(body.id))
    const closed = stream && streams.closed(stream, reqId)
    if (closed !== undefined) return closed
    if (stream?.hasCard && hasCard) return refusal(40058, 'the stream has a card already')
    const counts = stream === undefined || platform.countRefreshes
    const refused = admit(target.chat, frame.body.template_card, counts)
    if (refused !== undefined) return refused
    if (stream === undefined) {
      const message = board.post(target.chat, target.about, frame, contentOf(frame.body))
      streams.open(String(body.id), { message, reqId, finished, hasCard })
      return undefined
    }
    stream.finished = finished
    stream.hasCard ||= hasCard
    board.change(stream.message, frame, contentOf(frame.body))
    return undefined
  }
}

const REPLIES = ['stream', 'template_card', 'markdown', 'image']
/** Nothing but pictures can be uploaded here. */
const MEDIA = ['file', 'voice', 'video']
