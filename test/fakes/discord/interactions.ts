import { randomBytes } from 'node:crypto'
import { apiError } from './errors.js'
import type { Gateway } from './gateway.js'
import type { Json } from './json.js'
import { channelPayload, memberPayload, ownersOf, readBy, userPayload } from './payloads.js'
import { permissionsIn } from './permissions.js'
import type { Chat, Person, Posted, World } from './world.js'

/** Something a person did that the bot has to answer within three seconds. */
export interface Interaction {
  id: string
  token: string
  type: number
  chat: Chat
  by: Person
  /** The name of the command. */
  name: string | undefined
  /** The type of the focused option, when it asks for choices. */
  optionType: number
  /** The message whose button was pressed. */
  pressed: Posted | undefined
  state: 'waiting' | 'answered' | 'late'
  /** How it was answered first. */
  answer: number
  /** What `@original` means. */
  original: Posted | undefined
  /** Ids of all messages that answer it. */
  own: Set<string>
  /** A fault came over an answer, or nobody was there to hear of it: what follows is not the bot's doing. */
  excused: boolean
  /** Called once, when it is answered or late. */
  settle: (choices: Json[] | undefined) => void
}

export type Opening = Pick<Interaction, 'type' | 'chat' | 'by'> &
  Partial<Pick<Interaction, 'name' | 'pressed' | 'optionType' | 'settle'>> & { data: Json }

export interface Interactions {
  /** Tells the bot of it; the three seconds run from here. */
  open: (opening: Opening) => Interaction
  /** The interaction that an answer is for. */
  answered: (id: string, token: string) => Interaction
  /** The interaction whose messages are sent or changed with this token. */
  byToken: (application: string, token: string) => Interaction
  excuse: (id: string) => void
  /** Ids of those that were not answered in time. */
  unanswered: string[]
  /** Fifteen minutes are over, for all there are. */
  expire: () => void
  stop: () => void
}

export function createInteractions(
  world: World,
  gateway: Gateway,
  violations: string[],
  { answerMs, fileLimit }: { answerMs: number; fileLimit: number },
): Interactions {
  const all = new Map<string, Interaction>()
  const expired = new Set<string>()
  const timers = new Set<NodeJS.Timeout>()
  const unanswered: string[] = []

  const late = (interaction: Interaction) => {
    if (interaction.state !== 'waiting') return
    interaction.state = 'late'
    unanswered.push(interaction.id)
    const { id, type, excused } = interaction
    if (!excused && type !== AUTOCOMPLETE) violations.push(`interaction ${id}: no answer within ${answerMs} ms`)
    interaction.settle(undefined)
  }

  return {
    open: ({ data, ...opening }) => {
      const id = world.nextId()
      const interaction: Interaction = {
        name: undefined,
        optionType: 3,
        pressed: undefined,
        settle: () => {},
        ...opening,
        id,
        token: randomBytes(24).toString('hex'),
        state: 'waiting',
        answer: 0,
        original: undefined,
        own: new Set(),
        excused: !gateway.live(),
      }
      all.set(id, interaction)
      const payload = payloadOf(world, interaction, data, fileLimit)
      gateway.dispatch('INTERACTION_CREATE', id, () => payload)
      const timer = setTimeout(() => {
        timers.delete(timer)
        late(interaction)
      }, answerMs)
      timers.add(timer)
      return interaction
    },
    answered: (id, token) => {
      const interaction = all.get(id)
      if (interaction?.token !== token || interaction.state === 'late') throw apiError(10062, interaction?.excused)
      if (interaction.state === 'answered') throw apiError(40060, interaction.excused)
      return interaction
    },
    byToken: (application, token) => {
      const interaction = [...all.values()].find((i) => i.token === token)
      if (!interaction || expired.has(interaction.id)) throw apiError(50027)
      if (application !== world.bot.id) throw apiError(10015)
      if (interaction.state !== 'answered') throw apiError(10015, interaction.excused)
      return interaction
    },
    excuse: (id) => {
      const interaction = all.get(id)
      if (interaction) interaction.excused = true
    },
    unanswered,
    expire: () => {
      for (const id of all.keys()) expired.add(id)
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
      for (const { state, settle } of all.values()) if (state === 'waiting') settle(undefined)
    },
  }
}

/** Kinds of interaction. */
export const COMMAND = 2
export const COMPONENT = 3
export const AUTOCOMPLETE = 4

function payloadOf(world: World, interaction: Interaction, data: Json, fileLimit: number): Json {
  const { id, token, type, chat, by, pressed } = interaction
  const user = userPayload(by)
  const permissions = (person: Person) => String(permissionsIn(world, person, chat))
  return {
    id,
    application_id: world.bot.id,
    type,
    data,
    token,
    version: 1,
    channel: channelPayload(world, chat),
    channel_id: chat.id,
    ...(chat.with
      ? { user, context: 1 }
      : {
          guild_id: world.guildId,
          guild: { id: world.guildId, locale: 'zh-CN', features: [] },
          guild_locale: 'zh-CN',
          member: { ...memberPayload(world, by), user, permissions: permissions(by) },
          context: 0,
        }),
    ...(pressed && { message: readBy(world, pressed, -1) }),
    app_permissions: permissions(world.bot),
    locale: 'zh-CN',
    entitlements: [],
    authorizing_integration_owners: ownersOf(world, chat),
    attachment_size_limit: fileLimit,
  }
}
