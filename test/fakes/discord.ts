import { createServer } from 'node:http'
import { createBoard } from './discord/board.js'
import { createCommands } from './discord/commands.js'
import { createWriter } from './discord/drafts.js'
import { createFaults } from './discord/faults.js'
import { createGateway } from './discord/gateway.js'
import { createGuild, type Guild } from './discord/guild.js'
import { INTENT } from './discord/intents.js'
import { interactionRoutes } from './discord/interaction-routes.js'
import { createInteractions } from './discord/interactions.js'
import type { Json } from './discord/json.js'
import { createLimits } from './discord/limits.js'
import { messageRoutes } from './discord/message-routes.js'
import { createPeople } from './discord/people.js'
import { plainRoutes } from './discord/plain-routes.js'
import { createRest } from './discord/rest.js'
import { createSlash, type Slash } from './discord/slash.js'
import { createWorld } from './discord/world.js'
import type { FakePlatform } from './kit.js'

/** Discord as one server on the loopback address: REST and the gateway, strict as the real one. */
export interface DiscordFake extends Omit<FakePlatform, keyof Guild>, Guild, Slash {
  /** Every mention in what the bot wrote that pings somebody, as it stands there. */
  mentions: string[]
  /** Ids of interactions that got no answer within three seconds. */
  unanswered: string[]
  /** The fifteen minutes of every interaction so far are over. */
  expireInteractions: () => void
  /** The commands that are registered, as the platform gives them back. */
  commands: () => Json[]
  /** The platform's id of the bot, of the guild, of a chat and of a person that the tests know by another. */
  botId: string
  guildId: string
  chatId: (chat: string) => string | undefined
  personId: (person: string) => string
}

export interface DiscordFakeOptions {
  /** The message content intent is switched on in the developer portal; it is at first. */
  messageContent?: boolean
  /** How often the client has to send a heartbeat. */
  heartbeatMs?: number
  /** How long an interaction waits for its first answer. */
  answerMs?: number
  /** The most bytes of a file: 10 MiB at first, the least that the platform has allowed of late. */
  fileLimit?: number
  /** How connections are cut by faults: closed, or reset (which the official client takes as a call to try again). */
  cut?: 'close' | 'reset'
  /** Groups that are there before the bot comes. */
  groups?: string[]
}

/** Starts the server on a free port. */
export async function createDiscordFake(options: DiscordFakeOptions = {}): Promise<DiscordFake> {
  const { messageContent = true, heartbeatMs = 41_250, answerMs = 3000, cut = 'close', groups = [] } = options
  const { fileLimit = 10 * 1024 * 1024 } = options
  const violations: string[] = []
  const privileged = messageContent ? INTENT.messageContent : 0
  const server = createServer((request, response) => rest.serve(request, response))
  const world = createWorld(TOKEN, (chat) => board.announce(chat))
  const gateway = createGateway(server, world, { privileged, heartbeatMs, violations })
  const board = createBoard(world, gateway)
  const faults = createFaults({ replaced: gateway.invalidate, disconnected: gateway.cut, revoked: gateway.revoke })
  const limits = createLimits()
  const commands = createCommands(world)
  const interactions = createInteractions(world, gateway, violations, { answerMs, fileLimit })
  const writer = createWriter(world, violations)
  const routes = [
    ...plainRoutes(
      world,
      () => address('ws'),
      () => 1000 - gateway.started(),
    ),
    ...commands.routes,
    ...messageRoutes(world, board, writer, privileged),
    ...interactionRoutes(world, board, writer, interactions),
  ]
  const rest = createRest({ routes, token: TOKEN, faults, limits, violations, fileLimit, cut })
  for (const name of groups) world.chat(name, true, world.owner)

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = (scheme: string) => {
    const at = server.address()
    return `${scheme}://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`
  }

  return {
    env: { DISCORD_TOKEN: TOKEN, DISCORD_API_ROOT: address('http') },
    ...createPeople(world, board, gateway, interactions),
    ...createGuild(world, board),
    ...createSlash(world, gateway, commands, interactions),
    repeat: async (id) => gateway.repeat(id),
    seen: board.seen,
    inject: faults.inject,
    connections: gateway.connections,
    violations,
    unlimited: limits.off,
    mentions: writer.mentions,
    unanswered: interactions.unanswered,
    expireInteractions: interactions.expire,
    commands: commands.all,
    botId: world.bot.id,
    guildId: world.guildId,
    chatId: (chat) => world.chatByName(chat)?.id,
    personId: (person) => world.person(person).id,
    stop: async () => {
      interactions.stop()
      rest.stop()
      gateway.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

/** Of the form that the platform gives out: three parts with dots between them. */
const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAw.fake.token-of-the-conformance-kit'
