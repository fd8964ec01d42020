import { type Client, MessageFlags } from 'discord.js'
import { DeliveryError } from '../../chat/delivery.js'
import type { Outgoing, Utterance } from '../../chat/model.js'
import { NOTICE, pressedOf } from '../../chat/pages.js'
import {
  ALREADY_ACKNOWLEDGED,
  deliveryErrorOf,
  EXPIRED,
  isCode,
  MISSING_PERMISSIONS,
  UNKNOWN_MESSAGE,
} from './errors.js'
import type { Origin } from './receive.js'
import { messageOf } from './render.js'

/** An interaction must be acknowledged within three seconds; after this long it is, before the answer is there. */
const DEFER_AFTER_MS = 1500

type Interacted = Exclude<Origin, { kind: 'message' }>

/** Sends a page to where the utterance came from; gives the id of the message. Throws a `DeliveryError`. */
export async function send(outgoing: Outgoing, client: Client): Promise<string> {
  const origin = outgoing.to.origin as Origin | undefined
  try {
    if (!origin) return await answerLater(outgoing, client)
    return await (origin.kind === 'message' ? answerMessage(origin, outgoing) : answerInteraction(origin, outgoing))
  } catch (cause) {
    // Nobody may attach a file here: the text says all that the picture shows.
    if (isCode(cause, MISSING_PERMISSIONS) && outgoing.picture && outgoing.blocks.length) {
      const { picture: _, ...text } = outgoing
      return send(text, client)
    }
    if (isCode(cause, ALREADY_ACKNOWLEDGED) && outgoing.mayBeShown) return outgoing.to.message
    throw cause instanceof DeliveryError ? cause : deliveryErrorOf(cause)
  }
}

async function answerMessage({ message }: Extract<Origin, { kind: 'message' }>, outgoing: Outgoing): Promise<string> {
  const { replaces, nonce } = outgoing
  if (replaces) {
    try {
      return (await message.channel.messages.edit(replaces, messageOf(outgoing))).id
    } catch (cause) {
      // What was to be changed has been deleted.
      if (!isCode(cause, UNKNOWN_MESSAGE)) throw cause
    }
  }
  const sent = await message.reply({ ...messageOf(outgoing), nonce, enforceNonce: true, failIfNotExists: false })
  return sent.id
}

/** To what an earlier process was asked: the message is known by its id alone. */
async function answerLater(outgoing: Outgoing, client: Client): Promise<string> {
  const { to, nonce } = outgoing
  const channel = await client.channels.fetch(to.chat)
  if (!channel?.isSendable()) throw new DeliveryError('refused', 'the channel is gone')
  const reply = to.delivery.startsWith('message:')
    ? { reply: { messageReference: to.message, failIfNotExists: false } }
    : {}
  return (await channel.send({ ...messageOf(outgoing), ...reply, nonce, enforceNonce: true })).id
}

async function answerInteraction(origin: Interacted, outgoing: Outgoing): Promise<string> {
  const { interaction } = origin
  const page = messageOf(outgoing)
  try {
    await origin.deferred
    if (outgoing.passing) return await tellInPassing(origin, page)
    if (interaction.deferred) return (await interaction.editReply(page)).id
    if (interaction.isButton() && outgoing.replaces) {
      await interaction.update(page)
      return outgoing.replaces
    }
    // A word about the conversation itself is for who asked.
    const alone = outgoing.reply.intent === NOTICE ? ({ flags: MessageFlags.Ephemeral } as const) : {}
    const { resource } = await interaction.reply({ ...page, ...alone, withResponse: true })
    return resource?.message?.id ?? interaction.id
  } catch (cause) {
    // It is out; only what was told of it could not be read.
    if (interaction.replied && !interaction.deferred) return interaction.id
    const { channel } = interaction
    if (!EXPIRED.some((code) => isCode(cause, code)) || !channel?.isSendable()) throw cause
    return (await channel.send({ ...page, nonce: outgoing.nonce, enforceNonce: true })).id
  }
}

/** A word to the asker alone, beside the answer that follows. */
async function tellInPassing(origin: Interacted, page: ReturnType<typeof messageOf>): Promise<string> {
  if (!origin.interaction.deferred) await defer(origin)
  return (await origin.interaction.followUp({ ...page, flags: MessageFlags.Ephemeral })).id
}

/** Acknowledges an interaction whose answer takes long. */
export function inTime(utterance: Utterance): Utterance {
  const origin = utterance.origin as Interacted
  setTimeout(() => {
    if (!origin.interaction.replied && !origin.interaction.deferred) void defer(origin)
  }, DEFER_AFTER_MS).unref()
  return utterance
}

/** A page that is turned takes the place of its message; anything else is a message of its own. */
function defer(origin: Interacted): Promise<unknown> {
  const { interaction } = origin
  const turns = interaction.isButton() && pressedOf(interaction.customId)?.kind === 'page'
  origin.deferred = (turns ? interaction.deferUpdate() : interaction.deferReply()).catch(() => undefined)
  return origin.deferred
}
