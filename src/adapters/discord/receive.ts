import { type ButtonInteraction, type ChatInputCommandInteraction, type Message, PermissionFlagsBits } from 'discord.js'
import type { Utterance } from '../../chat/model.js'

/** How an utterance can be answered. An interaction must be acknowledged in time, by the answer or by `deferred`. */
export type Origin =
  | { kind: 'message'; message: Message }
  | { kind: 'command'; interaction: ChatInputCommandInteraction; deferred?: Promise<unknown> }
  | { kind: 'press'; interaction: ButtonInteraction; deferred?: Promise<unknown> }

/** What a message says to the bot; undefined where it is not spoken to: nobody mentions it, or a bot does. */
export function utteranceOf(message: Message, self: string, edited = false): Utterance | undefined {
  const { author, guildId, reference, mentions } = message
  // A bot has a role of its own name, which is picked by mistake easily.
  const role = mentions.roles.find(({ tags }) => tags?.botId === self)
  if (author.bot || message.system || (guildId && !role && !mentions.users.has(self))) return undefined
  const isAnswer = mentions.repliedUser?.id === self && reference?.messageId
  const pointsAt = isAnswer ? undefined : reference?.messageId
  const quoted = pointsAt && (message.channel.messages.cache.get(pointsAt)?.content ?? '')
  const text = message.content.replaceAll(new RegExp(`<@(?:!?${self}|&${role?.id})>`, 'g'), ' ').trim()
  const origin: Origin = { kind: 'message', message }
  return {
    ...whereOf(message.channelId, guildId, author.id, author.displayName),
    delivery: edited ? `edit:${message.id}:${message.editedTimestamp}` : `message:${message.id}`,
    message: message.id,
    text,
    ...(isAnswer ? { answers: reference.messageId! } : {}),
    ...(quoted === undefined ? {} : { quoted }),
    ...(edited ? { edited: true } : {}),
    ...(!text && message.attachments.size ? { unreadable: true } : {}),
    origin,
  }
}

/** A slash command: its one option is what stands behind it. */
export function commandOf(interaction: ChatInputCommandInteraction): Utterance {
  const { id, channelId, guildId, user, commandName, options } = interaction
  const origin: Origin = { kind: 'command', interaction }
  return {
    ...whereOf(channelId, guildId, user.id, user.displayName),
    delivery: `interaction:${id}`,
    message: id,
    command: commandName,
    text: options.data.map(({ value }) => String(value ?? '')).join(' '),
    mustBeAnswered: true,
    origin,
  }
}

export function pressOf(interaction: ButtonInteraction): Utterance {
  const { id, channelId, guildId, user, customId, message } = interaction
  const origin: Origin = { kind: 'press', interaction }
  return {
    ...whereOf(channelId, guildId, user.id, user.displayName),
    delivery: `interaction:${id}`,
    message: message.id,
    text: '',
    pressed: customId,
    mustBeAnswered: true,
    origin,
  }
}

/** Whether who spoke may manage the server; undefined where Discord did not say. */
export function managesOf(origin: Origin | undefined): boolean | undefined {
  const permissions =
    origin?.kind === 'message' ? origin.message.member?.permissions : origin?.interaction.memberPermissions
  return permissions?.has(PermissionFlagsBits.ManageGuild)
}

function whereOf(chat: string, guild: string | null, person: string, name: string) {
  return { platform: 'discord', chat, group: guild !== null, person, name }
}
