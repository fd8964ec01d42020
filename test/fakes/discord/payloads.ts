import { INTENT } from './intents.js'
import type { Json } from './json.js'
import { EVERYBODY, TAKEN } from './permissions.js'
import { loose } from './pictures.js'
import type { Chat, Person, Posted, World } from './world.js'

export function userPayload({ id, name, bot }: Person): Json {
  const username = `${name}`.toLowerCase()
  return { id, username, discriminator: '0', global_name: name, avatar: null, bot, public_flags: 0, flags: 0 }
}

/** A member of the guild, without the user. */
export function memberPayload(world: World, person: Person): Json {
  return {
    roles: world.roles.filter(({ people }) => people.has(person)).map(({ id }) => id),
    nick: null,
    avatar: null,
    joined_at: JOINED,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
  }
}

export function channelPayload(world: World, chat: Chat): Json {
  const common = { id: chat.id, last_message_id: null, flags: 0 }
  if (chat.with) return { ...common, type: DM, recipients: [userPayload(chat.with)] }
  return {
    ...common,
    type: TEXT,
    guild_id: world.guildId,
    name: chat.name,
    position: 0,
    permission_overwrites: chat.access === 'open' ? [] : [{ id: world.bot.id, type: 1, allow: '0', deny: `${TAKEN}` }],
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
  }
}

/** The guild as it becomes available; of its members a bot without the members' intent hears of itself only. */
export function guildPayload(world: World): Json {
  return {
    id: world.guildId,
    name: 'Guild',
    icon: null,
    owner_id: world.owner.id,
    roles: rolePayloads(world),
    emojis: [],
    stickers: [],
    features: [],
    channels: world.groups().map((chat) => channelPayload(world, chat)),
    threads: [],
    members: [{ user: userPayload(world.bot), ...memberPayload(world, world.bot) }],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    member_count: 2,
    large: false,
    unavailable: false,
    joined_at: JOINED,
    preferred_locale: 'zh-CN',
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
  }
}

/** The roles of the guild; the one of everybody has the guild's id. */
export function rolePayloads(world: World): Json[] {
  const everybody = { id: world.guildId, right: '@everyone', permissions: EVERYBODY }
  return [everybody, ...world.roles].map(({ id, right, permissions }, position) => ({
    ...{ id, name: right, permissions: String(permissions), position },
    ...{ color: 0, hoist: false, managed: false, mentionable: false, flags: 0 },
  }))
}

/** A message as REST answers with it, or (`event`) as it comes over the gateway. */
export function messagePayload(world: World, message: Posted, event = false): Json {
  const { chat, author, reference, interaction, webhook } = { ...message, webhook: message.interaction !== undefined }
  const inGuild = chat.with === undefined
  const withMember = (id: string) => {
    const person = world.personById(id) ?? { id, name: id, bot: false }
    return { ...userPayload(person), ...(event && inGuild && { member: memberPayload(world, person) }) }
  }
  return {
    id: message.id,
    channel_id: chat.id,
    type: message.type,
    content: message.content,
    author: userPayload(author),
    timestamp: message.at,
    edited_timestamp: message.editedAt ?? null,
    tts: false,
    mention_everyone: message.everyone,
    mentions: message.users.map(withMember),
    mention_roles: message.roles,
    attachments: loose(message.attachments, message.embeds),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.nonce != null && { nonce: message.nonce }),
    ...(webhook && { webhook_id: world.bot.id, application_id: world.bot.id }),
    ...(interaction && { interaction_metadata: metadataOf(world, chat, interaction) }),
    ...(reference !== undefined && referencePayload(world, chat, reference)),
    ...(event && { channel_type: inGuild ? TEXT : DM }),
    ...(event && inGuild && { guild_id: world.guildId, member: memberPayload(world, author) }),
  }
}

/**
 * The message as a connection with these intents may read it. Without the message content intent only what the bot
 * wrote, what mentions it and what stands in a private chat with it keeps its content.
 */
export function readBy(world: World, message: Posted, intents: number, event = false): Json {
  const payload = messagePayload(world, message, event)
  const referenced = message.reference === undefined ? undefined : world.messages.get(message.reference)
  if (payload.referenced_message && referenced) {
    payload.referenced_message = withheld(world, referenced, intents, messagePayload(world, referenced))
  }
  return withheld(world, message, intents, payload)
}

/** Who a chat belongs to, for interactions. */
export function ownersOf(world: World, chat: Chat): Json {
  return { 0: chat.with ? '0' : world.guildId }
}

function withheld(world: World, message: Posted, intents: number, payload: Json): Json {
  const readable =
    intents & INTENT.messageContent || message.author === world.bot || message.chat.with || isFor(world, message)
  return readable ? payload : { ...payload, content: '', embeds: [], attachments: [], components: [] }
}

const isFor = (world: World, message: Posted) => message.users.includes(world.bot.id)

function referencePayload(world: World, chat: Chat, id: string): Json {
  const referenced = world.messages.get(id)
  return {
    message_reference: { type: 0, message_id: id, channel_id: chat.id, ...(!chat.with && { guild_id: world.guildId }) },
    referenced_message: referenced ? messagePayload(world, { ...referenced, reference: undefined }) : null,
  }
}

function metadataOf(world: World, chat: Chat, { id, type, by, name }: NonNullable<Posted['interaction']>): Json {
  const owners = { authorizing_integration_owners: ownersOf(world, chat) }
  return { id, type, user: userPayload(by), ...owners, ...(name !== undefined && { name }) }
}

const TEXT = 0
const DM = 1
const JOINED = '2021-01-01T00:00:00.000000+00:00'
