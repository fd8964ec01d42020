import type { FakePlatform, Seen } from './kit.js'
import { createFaults } from './telegram/faults.js'
import { createLimits } from './telegram/limits.js'
import { createPeople, type People, type TelegramSaid } from './telegram/people.js'
import { createPolling } from './telegram/polling.js'
import { listen } from './telegram/server.js'
import type { Stage } from './telegram/stage.js'
import { createUpdates } from './telegram/updates.js'
import { createWebhook } from './telegram/webhook.js'
import { createWorld } from './telegram/world.js'

/** What can be different from one bot to another. */
export interface TelegramOptions {
  botUsername?: string
  token?: string
  /** Off where the bot may hear everything that is said in groups. */
  privacy?: boolean
}

/** The kit's platform, and what Telegram alone has. */
export interface TelegramFake extends FakePlatform, Omit<People, keyof FakePlatform> {
  say: (said: TelegramSaid) => Promise<string>
  edit: People['edit']
  promote: People['promote']
  remove: People['remove']
  botUsername: string
  /** The platform's own number of the chat that the tests know by this name. */
  chatId: (chat: string) => number
  /** The platform's own number of the person that the tests know by this name. */
  userId: (person: string) => number
  /** The number of the thread of a topic; makes the topic where there is none. */
  threadId: (chat: string, topic: string) => number
  /** The commands that the bot offers everybody. */
  commands: () => unknown[]
}

/** A server that answers as the Telegram Bot API does, on the loopback address. */
export async function createTelegramFake(options: TelegramOptions = {}): Promise<TelegramFake> {
  const { botUsername = 'kit_bot', token = '7100200300:AAFakeTokenOfTheConformanceKit000000', privacy = true } = options
  if (!/^\d+:[\w-]+$/.test(token)) throw new Error('a token is the number of the bot, a colon and a secret')
  const world = createWorld(Number(token.split(':')[0]), botUsername)
  const updates = createUpdates()
  const limits = createLimits()
  const polling = createPolling(updates)
  const webhook = createWebhook(updates)
  const seen: Seen[] = []
  const violations: string[] = []
  const stage: Stage = {
    ...{ world, updates, limits, seen, privacy },
    presses: new Map(),
    inlineQueries: new Map(),
    commands: new Map(),
    photos: new Map(),
  }
  const faults = createFaults(polling, webhook.stop)
  const connection = { updates, polling, webhook }
  const { root, close } = await listen({ token, stage, connection, faults, violations })

  const chatNamed = (name: string) => {
    const chat = world.chatByName(name)
    if (!chat) throw new Error(`there is no chat ${name}`)
    return chat
  }
  return {
    env: { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root },
    ...createPeople(stage),
    seen,
    violations,
    inject: faults.inject,
    connections: () => polling.begun() + webhook.begun(),
    unlimited: limits.off,
    botUsername,
    chatId: (name) => chatNamed(name).id,
    userId: (name) => world.person(name).id,
    threadId: (name, topic) => world.topic(chatNamed(name), topic),
    commands: () => stage.commands.get(JSON.stringify([{ type: 'default' }, ''])) ?? [],
    stop: async () => {
      webhook.stop()
      await close()
    },
  }
}
