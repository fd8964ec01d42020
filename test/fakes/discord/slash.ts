import { type Commands, optionsOf } from './commands.js'
import type { Gateway } from './gateway.js'
import { AUTOCOMPLETE, COMMAND, type Interactions } from './interactions.js'
import { asObjects, type Json } from './json.js'
import type { Chat, World } from './world.js'

/** A choice that the bot offered while somebody typed. */
export interface Choice {
  name: string
  value: string | number
}

export interface Slash {
  /** Somebody uses a slash command (`name`, or `name subcommand`); gives the interaction's id. */
  slash: (from: string, chat: string, group: boolean, name: string, options?: Values) => Promise<string>
  /** Somebody types into an option; the choices the bot answers, or nothing where it does not in time. */
  autocomplete: (
    from: string,
    chat: string,
    name: string,
    option: string,
    value: string,
  ) => Promise<Choice[] | undefined>
}

export type Values = Record<string, string | number | boolean>

export function createSlash(world: World, gateway: Gateway, commands: Commands, interactions: Interactions): Slash {
  /** A bot that has just connected may still be registering. */
  const command = async (name: string, inGuild: boolean): Promise<Json> => {
    for (let tries = 0; tries < 150; tries++) {
      const found = commands.find(name, inGuild)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`no command ${name} is registered ${inGuild ? 'in the guild' : 'for private chats'}`)
  }
  const dataOf = (found: Json, path: string[], options: Json[]): Json => {
    const nested = path.reduceRight<Json[]>(
      (inner, name, i) => [{ name, type: path.length - i, options: inner }],
      options,
    )
    const { id, name, type, guild_id } = found
    return { id, name, type, options: nested, ...(guild_id !== undefined && { guild_id }) }
  }

  return {
    slash: async (from, chatName, group, full, values = {}) => {
      await gateway.begun
      const [name, ...path] = full.split(' ')
      const by = world.person(from)
      const chat = world.chat(chatName, group, by)
      const found = await command(name!, !chat.with)
      const options = filled(optionsOf(found, path), values)
      return interactions.open({ type: COMMAND, chat, by, name: full, data: dataOf(found, path, options) }).id
    },
    autocomplete: async (from, chatName, full, option, value) => {
      await gateway.begun
      const [name, ...path] = full.split(' ')
      const by = world.person(from)
      const chat: Chat = world.chatByName(chatName) ?? world.chat(chatName, true, by)
      const found = await command(name!, !chat.with)
      const defined = optionsOf(found, path).find((o) => o.name === option)
      if (defined?.autocomplete !== true) throw new Error(`${full} asks for no choices of ${option}`)
      const data = dataOf(found, path, [{ name: option, type: defined.type, value, focused: true }])
      const optionType = Number(defined.type)
      return new Promise((resolve) => {
        const settle = (choices: Json[] | undefined) => resolve(choices as Choice[] | undefined)
        interactions.open({ type: AUTOCOMPLETE, chat, by, name: full, optionType, data, settle })
      })
    },
  }
}

/** The options as the platform sends them; fails where its client would not let a person send. */
function filled(defined: Json[], values: Values): Json[] {
  const unknown = Object.keys(values).find((name) => !defined.some((option) => option.name === name))
  if (unknown !== undefined) throw new Error(`no option ${unknown}`)
  const missing = defined.find((option) => option.required === true && values[String(option.name)] === undefined)
  if (missing) throw new Error(`option ${missing.name} is required`)
  return defined.flatMap((option) => {
    const name = String(option.name)
    const value = values[name]
    if (value === undefined) return []
    const choices = asObjects(option.choices)
    if (typeof value !== TYPES[Number(option.type)]) throw new Error(`option ${name} takes no ${typeof value}`)
    if (choices.length > 0 && !choices.some((choice) => choice.value === value))
      throw new Error(`${value} is no choice`)
    const { min_length, max_length } = option
    const length = String(value).length
    if (length > Number(max_length ?? 6000) || length < Number(min_length ?? 0))
      throw new Error(`${name}: wrong length`)
    return [{ name, type: option.type, value }]
  })
}

/** What the types of options take; people, channels, roles and files are not served. */
const TYPES: Record<number, string> = { 3: 'string', 4: 'number', 5: 'boolean', 10: 'number' }
