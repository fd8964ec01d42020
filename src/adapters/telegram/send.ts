import { type Api, InputFile, TelegramApiError } from 'node-telegram-bot-api'
import type { Outgoing, Picture } from '../../chat/model.js'
import { deliveryErrorOf } from './errors.js'
import { htmlOf, keyboardOf } from './render.js'

/** Pictures that Telegram is known to have. */
const MOST_KEPT = 50
/** The group lets nobody send pictures. */
const NO_PICTURES = /not enough rights to send photos|PHOTO/i

/** Sends pages by the Bot API; gives the id of the message. Throws a `DeliveryError`. */
export function createSend(api: Api): (outgoing: Outgoing) => Promise<string> {
  /** A picture that was uploaded is known by its id from then on. */
  const uploaded = new Map<string, string>()

  return async function send(outgoing) {
    const { replaces } = outgoing
    if (replaces) {
      try {
        return await edit(outgoing, replaces)
      } catch (cause) {
        if (says(cause, /not modified/)) return replaces
        // A picture's caption is no text: the page comes as a message of its own.
        if (!says(cause, /message (?:to edit not found|can't be edited)|no text in the message to edit/))
          throw deliveryErrorOf(cause, true)
      }
    }
    return post(outgoing).catch((cause) => Promise.reject(deliveryErrorOf(cause, false)))
  }

  async function post(outgoing: Outgoing): Promise<string> {
    if (!outgoing.picture) return postText(outgoing)
    try {
      return await postPicture(outgoing, outgoing.picture)
    } catch (cause) {
      if (!outgoing.blocks.length || !says(cause, NO_PICTURES)) throw cause
      return postText(outgoing)
    }
  }

  async function postText(outgoing: Outgoing): Promise<string> {
    const sent = await api.sendMessage({
      ...whereOf(outgoing),
      text: htmlOf(outgoing),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...keyboardOf(outgoing),
    })
    return String(sent.message_id)
  }

  async function postPicture(outgoing: Outgoing, { png, name }: Picture): Promise<string> {
    const known = uploaded.get(name)
    const sent = await api.sendPhoto({
      ...whereOf(outgoing),
      photo: known ?? new InputFile(png, { filename: 'youju.png', contentType: 'image/png' }),
      ...(outgoing.blocks.length ? { caption: htmlOf(outgoing), parse_mode: 'HTML' as const } : {}),
      ...keyboardOf(outgoing),
    })
    const id = sent.photo?.at(-1)?.file_id
    if (id && !known) {
      uploaded.set(name, id)
      if (uploaded.size > MOST_KEPT) uploaded.delete(uploaded.keys().next().value!)
    }
    return String(sent.message_id)
  }

  async function edit(outgoing: Outgoing, replaces: string): Promise<string> {
    await api.editMessageText({
      chat_id: Number(outgoing.to.chat),
      message_id: Number(replaces),
      text: htmlOf(outgoing),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...keyboardOf(outgoing),
    })
    return replaces
  }
}

/** The chat, and the message that is answered; what is pushed answers none. */
function whereOf({ to: { chat, thread, message } }: Outgoing) {
  return {
    chat_id: Number(chat),
    ...(thread ? { message_thread_id: Number(thread) } : {}),
    ...(message ? { reply_parameters: { message_id: Number(message), allow_sending_without_reply: true } } : {}),
  }
}

function says(cause: unknown, what: RegExp): boolean {
  return cause instanceof TelegramApiError && what.test(cause.description)
}
