import { channelOf } from './channels.js'
import { apiError } from './errors.js'
import { channelPayload, guildPayload, memberPayload, rolePayloads, userPayload } from './payloads.js'
import type { Route } from './routes.js'
import type { Person, World } from './world.js'

/** What there is to look up: the gateway's address, who is who, channels; and opening a private chat. */
export function plainRoutes(world: World, gatewayUrl: () => string, sessionsLeft: () => number): Route[] {
  const ok = (body: unknown) => ({ status: 200, body })
  const personOf = (id: unknown): Person => {
    const person = world.personById(String(id))
    if (!person) throw apiError(10013)
    return person
  }
  const inGuild = (id: string | undefined) => {
    if (id !== world.guildId) throw apiError(10004)
  }
  const application = () => ({
    id: world.bot.id,
    name: world.bot.name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '',
    flags: 0,
    owner: userPayload(world.owner),
    bot: userPayload(world.bot),
  })
  return [
    { method: 'GET', path: '/gateway', open: true, handle: () => ok({ url: gatewayUrl() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      handle: () => {
        const limit = { total: 1000, remaining: sessionsLeft(), reset_after: 86_400_000, max_concurrency: 1 }
        return ok({ url: gatewayUrl(), shards: 1, session_start_limit: limit })
      },
    },
    { method: 'GET', path: '/users/@me', handle: () => ok({ ...userPayload(world.bot), verified: true }) },
    { method: 'GET', path: '/users/:', handle: ({ params }) => ok(userPayload(personOf(params[0]))) },
    { method: 'GET', path: '/applications/@me', handle: () => ok(application()) },
    { method: 'GET', path: '/oauth2/applications/@me', handle: () => ok(application()) },
    {
      method: 'POST',
      path: '/users/@me/channels',
      handle: ({ body }) => {
        const person = personOf(body.recipient_id)
        if (person.bot) throw apiError(50007)
        return ok(channelPayload(world, world.privateChat(person)))
      },
    },
    {
      method: 'GET',
      path: '/channels/:',
      handle: ({ params }) => ok(channelPayload(world, channelOf(world, params[0]))),
    },
    {
      method: 'GET',
      path: '/guilds/:',
      handle: ({ params }) => {
        inGuild(params[0])
        return ok(guildPayload(world))
      },
    },
    {
      method: 'GET',
      path: '/guilds/:/channels',
      handle: ({ params }) => {
        inGuild(params[0])
        return ok(world.groups().map((chat) => channelPayload(world, chat)))
      },
    },
    {
      method: 'GET',
      path: '/guilds/:/roles',
      handle: ({ params }) => {
        inGuild(params[0])
        return ok(rolePayloads(world))
      },
    },
    {
      method: 'GET',
      path: '/guilds/:/members/:',
      handle: ({ params }) => {
        inGuild(params[0])
        const person = personOf(params[1])
        return ok({ user: userPayload(person), ...memberPayload(world, person) })
      },
    },
  ]
}
