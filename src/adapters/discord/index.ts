import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AutocompleteInteraction,
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Partials,
} from 'discord.js'
import type { Adapter, Hooks, Utterance } from '../../chat/model.js'
import { YoujuError } from '../../errors.js'
import { completionOf, slashCommands } from './commands.js'
import { commandOf, managesOf, type Origin, pressOf, utteranceOf } from './receive.js'
import { inTime, send } from './send.js'

export interface DiscordOptions {
  token: string
  /** Where the REST API is, if not at Discord's own address: what the client takes as `rest.api`. */
  apiRoot?: string
}

/** Characters of a page: well below an embed's 4,096, since escapes are added. https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const LONGEST_PAGE = 2000
/** Messages that a channel takes; the client also keeps to what the server says in its headers. */
const A_CHANNEL = { messages: 5, everyMs: 5000 }
/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit, which the client keeps too, with what is no message. */
const OVERALL = { messages: 50, everyMs: 1000 }
/** https://discord.com/developers/docs/resources/message#create-message: a nonce is checked "in the past few minutes". */
const NONCE_MS = 2 * 60_000
const SEND_TIMEOUT_MS = 15_000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** A choice of an autocomplete has so many characters at most. */
const LONGEST_CHOICE = 100
/** The client itself waits so long where Discord says so. */
const SHORT_WAIT_MS = 2000
const MESSAGE_ROUTE = /messages|interactions|webhooks/
const BAD_TOKEN =
  'Discord 不认这个令牌（DISCORD_TOKEN）。请到 https://discord.com/developers/applications 的 Bot 页重新生成，改好后重新启动。'

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages]

/**
 * Discord, by its gateway and REST API. The content of messages that do not mention the bot is asked for so that a message that is
 * quoted can be read; where the application has no leave for it, the bot does without.
 */
export function createDiscord({ token, apiRoot }: DiscordOptions): Adapter {
  let client = open([...INTENTS, GatewayIntentBits.MessageContent])

  function open(intents: GatewayIntentBits[]): Client {
    return new Client({
      intents,
      partials: [Partials.Channel, Partials.Message],
      allowedMentions: { parse: [], repliedUser: false },
      rest: {
        ...(apiRoot ? { api: apiRoot } : {}),
        // The gateway tries again, with the same nonce; it also does the longer waiting, and tells who waits.
        retries: 0,
        timeout: SEND_TIMEOUT_MS,
        rejectOnRateLimit: ({ route, retryAfter }) => MESSAGE_ROUTE.test(route) && retryAfter > SHORT_WAIT_MS,
      },
    })
  }

  async function connect(hooks: Hooks): Promise<void> {
    hear(hooks)
    watch(hooks)
    hooks.link('connecting')
    for (let failures = 0; !hooks.signal.aborted; failures++) {
      try {
        await client.login(token)
        return
      } catch (cause) {
        if (isNotAllowed(cause) && client.options.intents.has(GatewayIntentBits.MessageContent)) {
          client = open(INTENTS)
          hear(hooks)
          watch(hooks)
          continue
        }
        if (isBadToken(cause)) throw new YoujuError('PLATFORM_REJECTED', BAD_TOKEN, { cause })
        hooks.link('down', `连不上 Discord（${cause instanceof Error ? cause.message : cause}），正在重试。`)
        const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
        await sleep(wait, undefined, { signal: hooks.signal }).catch(() => undefined)
      }
    }
  }

  function hear(hooks: Hooks): void {
    // A payload of a shape that nobody expected costs itself, not the process.
    const receive = (read: () => Utterance | undefined) => {
      try {
        const utterance = read()
        if (utterance && !hooks.signal.aborted) hooks.receive(utterance)
      } catch (cause) {
        hooks.fault(cause)
      }
    }
    const self = () => client.user!.id
    client.on(Events.MessageCreate, (message) => receive(() => utteranceOf(message, self())))
    client.on(Events.MessageUpdate, async (_, message) => {
      // Embeds that Discord adds by itself are told as changes too.
      if (message.editedTimestamp && !message.partial) receive(() => utteranceOf(message, self(), true))
    })
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isAutocomplete()) void complete(interaction, hooks)
      else if (interaction.isChatInputCommand()) receive(() => inTime(commandOf(interaction)))
      else if (interaction.isButton()) receive(() => inTime(pressOf(interaction)))
    })
  }

  function watch(hooks: Hooks): void {
    const up = () => hooks.link('up')
    client.on(Events.ClientReady, async ({ application }) => {
      up()
      await application.commands
        .set(slashCommands())
        .catch((cause) => hooks.link('up', `命令没有登记上（${cause.message}）。`))
    })
    client.on(Events.ShardReady, up)
    client.on(Events.ShardResume, up)
    client.on(Events.ShardReconnecting, () => hooks.link('down', '和 Discord 的连接断了，正在重连。'))
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (hooks.signal.aborted) return
      if (code === GatewayCloseCodes.AuthenticationFailed) hooks.link('rejected', BAD_TOKEN)
      else hooks.link('down', `Discord 断开了连接（${code}）。`)
    })
    client.on(Events.Error, (error) => hooks.link('down', `和 Discord 的连接出了错（${error.message}），正在重试。`))
  }

  async function complete(interaction: AutocompleteInteraction, hooks: Hooks): Promise<void> {
    const list = completionOf(interaction.commandName)
    const names = list
      ? hooks.complete(list, interaction.options.getFocused(), {
          platform: 'discord',
          chat: interaction.channelId,
          person: interaction.user.id,
        })
      : []
    const choices = names.filter((name) => name.length <= LONGEST_CHOICE).map((name) => ({ name, value: name }))
    // Names that come too late are asked for again with the next key.
    await interaction.respond(choices).catch(() => undefined)
  }

  return {
    traits: {
      platform: 'discord',
      page: LONGEST_PAGE,
      limits: { chat: [A_CHANNEL], group: [A_CHANNEL], overall: [OVERALL] },
      push: { remembersMs: NONCE_MS },
      withPicture: LONGEST_PAGE,
    },
    connect,
    send: (outgoing) => send(outgoing, client),
    manages: async ({ origin }) => managesOf(origin as Origin | undefined),
    close: () => client.destroy(),
  }
}

/** The application's settings do not allow an intent. */
function isNotAllowed(cause: unknown): boolean {
  return cause instanceof Error && /disallowed intents/i.test(cause.message)
}

function isBadToken(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    ((cause as { code?: unknown }).code === 'TokenInvalid' ||
      /An invalid token|authorization header/i.test(cause.message))
  )
}
