import { checkCommands } from './command-checks.js'
import { apiError } from './errors.js'
import { asObject, asObjects, asText, type Json } from './json.js'
import type { Call, Route } from './routes.js'
import type { World } from './world.js'

/** The slash commands that the bot has registered, everywhere and in the guild. */
export interface Commands {
  routes: Route[]
  /** The command of this name where it is used; guild commands stand before global ones. */
  find: (name: string, inGuild: boolean) => Json | undefined
  all: () => Json[]
}

export function createCommands(world: World): Commands {
  const scopes = { global: [] as Json[], guild: [] as Json[] }
  type Scope = keyof typeof scopes
  const complete = (scope: Scope, given: Json, id: string = world.nextId()): Json => ({
    name_localizations: null,
    description_localizations: null,
    default_member_permissions: null,
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    options: [],
    ...given,
    id,
    application_id: world.bot.id,
    type: 1,
    version: world.nextId(),
    ...(scope === 'guild' && { guild_id: world.guildId }),
  })
  const known = (scope: Scope, name: unknown) => scopes[scope].find((command) => command.name === name)
  const byId = (scope: Scope, id: string | undefined): Json => {
    const command = scopes[scope].find((c) => c.id === id)
    if (!command) throw apiError(10063)
    return command
  }
  const put = (scope: Scope, command: Json) => {
    scopes[scope] = [...scopes[scope].filter(({ id }) => id !== command.id), command]
  }

  const routesOf = (scope: Scope, base: string): Route[] => {
    const checked = ({ params }: Call) => {
      if (params[0] !== world.bot.id) throw apiError(50001)
      if (scope === 'guild' && params[1] !== world.guildId) throw apiError(10004)
      return params.at(-1)
    }
    return [
      {
        method: 'GET',
        path: base,
        handle: (call) => {
          checked(call)
          return { status: 200, body: scopes[scope] }
        },
      },
      {
        method: 'PUT',
        path: base,
        handle: (call) => {
          checked(call)
          const paths = call.list.map((_, i) => [i])
          checkCommands(call.list, paths)
          scopes[scope] = call.list.map((given) => complete(scope, given, asText(known(scope, given.name)?.id)))
          return { status: 200, body: scopes[scope] }
        },
      },
      {
        method: 'POST',
        path: base,
        handle: (call) => {
          checked(call)
          checkCommands([call.body], [[]])
          const there = known(scope, call.body.name)
          const command = complete(scope, call.body, asText(there?.id))
          put(scope, command)
          return { status: there ? 200 : 201, body: command }
        },
      },
      { method: 'GET', path: `${base}/:`, handle: (call) => ({ status: 200, body: byId(scope, checked(call)) }) },
      {
        method: 'PATCH',
        path: `${base}/:`,
        handle: (call) => {
          const command = { ...byId(scope, checked(call)), ...call.body }
          checkCommands([command], [[]])
          put(scope, command)
          return { status: 200, body: command }
        },
      },
      {
        method: 'DELETE',
        path: `${base}/:`,
        handle: (call) => {
          const { id } = byId(scope, checked(call))
          scopes[scope] = scopes[scope].filter((command) => command.id !== id)
          return { status: 204 }
        },
      },
    ]
  }

  return {
    routes: [
      ...routesOf('global', '/applications/:/commands'),
      ...routesOf('guild', '/applications/:/guilds/:/commands'),
    ],
    find: (name, inGuild) => {
      const global = known('global', name)
      if (inGuild) return known('guild', name) ?? (reaches(global, 0) ? global : undefined)
      return global?.dm_permission !== false && reaches(global, 1) ? global : undefined
    },
    all: () => [...scopes.global, ...scopes.guild],
  }
}

/** The definitions of a command's options, or of those of a subcommand, by the names that lead there. */
export function optionsOf(command: Json, names: string[]): Json[] {
  return names.reduce<Json[]>((options, name) => {
    const inner = options.find((option) => option.name === name && Number(option.type) <= 2)
    if (!inner) throw new Error(`no subcommand ${name}`)
    return asObjects(asObject(inner)?.options)
  }, asObjects(command.options))
}

const reaches = (command: Json | undefined, context: number) =>
  command !== undefined && (!Array.isArray(command.contexts) || command.contexts.includes(context))
