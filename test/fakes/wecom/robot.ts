import { type BaseMessage, type EventMessage, WSClient, type WsFrame } from '@wecom/aibot-node-sdk'
import { createWecomFake, type WecomFake, type WecomOptions } from '../wecom.js'

/** The official client, connected to a fake of its own; what it is handed is kept. */
export interface Robot {
  fake: WecomFake
  client: WSClient
  messages: WsFrame<BaseMessage>[]
  events: WsFrame<EventMessage>[]
  /** Errors, and why connections ended, as the client tells them. */
  log: string[]
  /** The reply handle of a message that somebody has just sent. */
  hear: (text: string, chat?: string) => Promise<WsFrame<BaseMessage>>
  /** Moves the clock of limits and lifetimes. */
  skip: (ms: number) => void
  stop: () => Promise<void>
}

export async function startRobot(options: WecomOptions = {}, secret?: string): Promise<Robot> {
  let skipped = 0
  const fake = await createWecomFake({ now: () => performance.now() + skipped, ...options })
  const client = connect(fake, secret)
  const messages: Robot['messages'] = []
  const events: Robot['events'] = []
  const log: string[] = []
  client.on('message', (frame) => messages.push(frame))
  client.on('event', (frame) => events.push(frame))
  client.on('error', (error) => log.push(error.message))
  client.on('disconnected', (reason) => log.push(reason))
  if (secret === undefined) await new Promise<void>((resolve) => client.once('authenticated', () => resolve()))

  return {
    fake,
    client,
    messages,
    events,
    log,
    hear: async (text, chat = 'ann') => {
      const id = await fake.say({ text, chat, group: chat !== 'ann', from: 'ann', mention: true })
      return until(() => messages.findLast(({ body }) => body?.msgid === id))
    },
    skip: (ms) => {
      skipped += ms
    },
    stop: async () => {
      client.disconnect()
      await fake.stop()
    },
  }
}

/** One more connection of the same bot. */
export function connect(fake: WecomFake, secret?: string): WSClient {
  const { WECOM_BOT_ID: botId = '', WECOM_BOT_SECRET = '', WECOM_WS_URL: wsUrl = '' } = fake.env
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const retries = { reconnectInterval: 20, maxReconnectAttempts: -1, maxAuthFailureAttempts: 2 }
  return new WSClient({ botId, secret: secret ?? WECOM_BOT_SECRET, wsUrl, logger: quiet, ...retries }).connect()
}

/** Waits for something to be there. */
export async function until<T>(get: () => T | undefined | false | 0): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const got = get()
    if (got) return got
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it did not come')
}

/** What the client rejects with: the bare answer of the server, or the message of an error. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error instanceof Error ? error.message : (error as WsFrame).errcode
  }
  return undefined
}
