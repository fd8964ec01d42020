import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  Partials,
  type TextChannel,
} from 'discord.js'
import { afterEach, expect, vi } from 'vitest'
import { createDiscordFake, type DiscordFake, type DiscordFakeOptions } from '../discord.js'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
]

export async function start(options?: DiscordFakeOptions): Promise<DiscordFake> {
  const fake = await createDiscordFake(options)
  stops.push(fake.stop)
  return fake
}

/** The official client, connected and ready, with all it hears. */
export async function connect(fake: DiscordFake, options: Partial<ClientOptions> = {}) {
  const client = clientOf(fake, options)
  const messages: Message[] = []
  const edits: string[] = []
  const interactions: Interaction[] = []
  client.on(Events.MessageCreate, (message) => messages.push(message))
  client.on(Events.MessageUpdate, (_, now) => edits.push(now.content ?? ''))
  client.on(Events.InteractionCreate, (interaction) => interactions.push(interaction))
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(fake.env.DISCORD_TOKEN!)
  await ready
  const said = (text: string) =>
    vi.waitFor(() => messages.find((m) => m.content.includes(text)) ?? expect.fail(`nobody said ${text}`), WAIT)
  const done = <T extends Interaction>() =>
    vi.waitFor(() => (interactions.shift() as T) ?? expect.fail('nothing'), WAIT)
  const channel = async (chat: string) => (await client.channels.fetch(fake.chatId(chat)!)) as TextChannel
  return { client, messages, edits, interactions, said, done, channel }
}

export function clientOf(fake: DiscordFake, options: Partial<ClientOptions> = {}): Client {
  const { rest, ...others } = options
  const partials = [Partials.Channel, Partials.Message]
  const client = new Client({
    intents: INTENTS,
    partials,
    rest: { api: fake.env.DISCORD_API_ROOT!, ...rest },
    ...others,
  })
  stops.push(() => client.destroy())
  return client
}

/** A fake with one group, and a client that has a channel of it in hand. */
export async function inGroup(options?: DiscordFakeOptions, client?: Partial<ClientOptions>) {
  const fake = await start({ groups: ['g1'], ...options })
  const bot = await connect(fake, client)
  return { fake, ...bot, group: await bot.channel('g1') }
}

export const WAIT = { timeout: 10_000, interval: 5 }
export const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it went through'),
    (error) => error,
  )
export const button = (label: string, id = label, disabled = false) =>
  new ButtonBuilder().setLabel(label).setCustomId(id).setStyle(ButtonStyle.Secondary).setDisabled(disabled)
export const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(buttons)
