import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AutocompleteInteraction,
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Partials,
} from 'discord.js'
import { DeliveryError } from '../../chat/delivery.js'
import type { Adapter, Hooks, Outgoing, Utterance } from '../../chat/model.js'
import { YoujuError } from '../../errors.js'
import { completionOf, slashCommands } from './commands.js'
import { ALREADY_ACKNOWLEDGED, deliveryErrorOf, isCode, UNKNOWN_INTERACTION, UNKNOWN_MESSAGE } from './errors.js'
import { commandOf, type Origin, pressOf, utteranceOf } from './receive.js'
import { messageOf } from './render.js'

export interface DiscordOptions {
  token: string
  /** Where the REST API is, if not at Discord's own address: what the client takes as `rest.api`. */
  apiRoot?: string
}

/** Characters of a page: well below an embed's 4,096, since escapes are added. https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const LONGEST_PAGE = 2000
/** Messages that a channel takes; the client also keeps to what the server says in its headers. */
const A_CHANNEL = { messages: 5, everyMs: 5000 }
const SEND_TIMEOUT_MS = 15_000
/** An interaction must be acknowledged within three seconds; after this long it is, before the answer is there. */
const DEFER_AFTER_MS = 1500
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** A choice of an autocomplete has so many characters at most. */
const LONGEST_CHOICE = 100
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
        // The gateway tries again, with the same nonce; it also waits where Discord says so, and tells who waits.
        retries: 0,
        timeout: SEND_TIMEOUT_MS,
        rejectOnRateLimit: ({ route }) => MESSAGE_ROUTE.test(route),
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
    const names = list ? hooks.complete(list, interaction.options.getFocused()) : []
    const choices = names.filter((name) => name.length <= LONGEST_CHOICE).map((name) => ({ name, value: name }))
    // Names that come too late are asked for again with the next key.
    await interaction.respond(choices).catch(() => undefined)
  }

  async function send(outgoing: Outgoing): Promise<string> {
    const origin = outgoing.to.origin as Origin | undefined
    try {
      if (!origin) return await answerLater(outgoing)
      if (origin.kind === 'message') return await answerMessage(origin, outgoing)
      return await answerInteraction(origin, outgoing)
    } catch (cause) {
      if (isCode(cause, ALREADY_ACKNOWLEDGED) && outgoing.mayBeShown) return outgoing.to.message
      throw cause instanceof DeliveryError ? cause : deliveryErrorOf(cause)
    }
  }

  async function answerMessage({ message }: Extract<Origin, { kind: 'message' }>, outgoing: Outgoing): Promise<string> {
    const { replaces, nonce } = outgoing
    if (replaces) {
      try {
        return (await message.channel.messages.edit(replaces, messageOf(outgoing))).id
      } catch (cause) {
        if (!isCode(cause, UNKNOWN_MESSAGE)) throw cause
      }
    }
    const sent = await message.reply({ ...messageOf(outgoing), nonce, enforceNonce: true, failIfNotExists: false })
    return sent.id
  }

  /** To what an earlier process was asked: the message is known by its id alone. */
  async function answerLater(outgoing: Outgoing): Promise<string> {
    const { to, nonce } = outgoing
    const channel = await client.channels.fetch(to.chat)
    if (!channel?.isSendable()) throw new DeliveryError('refused', 'the channel is gone')
    const reply = to.delivery.startsWith('message:')
      ? { reply: { messageReference: to.message, failIfNotExists: false } }
      : {}
    return (await channel.send({ ...messageOf(outgoing), ...reply, nonce, enforceNonce: true })).id
  }

  async function answerInteraction(origin: Exclude<Origin, { kind: 'message' }>, outgoing: Outgoing): Promise<string> {
    const { interaction } = origin
    const page = messageOf(outgoing)
    try {
      if (origin.deferred) await origin.deferred
      if (outgoing.passing) return (await interaction.followUp({ ...page, ephemeral: true })).id
      if (interaction.deferred) return (await interaction.editReply(page)).id
      if (interaction.isButton() && outgoing.replaces) await interaction.update(page)
      else {
        const { resource } = await interaction.reply({ ...page, withResponse: true })
        return resource?.message?.id ?? interaction.id
      }
      return outgoing.replaces ?? interaction.id
    } catch (cause) {
      // It is out; only what was told of it could not be read.
      if (interaction.replied) return interaction.id
      const { channel } = interaction
      if (!isCode(cause, UNKNOWN_INTERACTION) || !channel?.isSendable()) throw cause
      return (await channel.send({ ...page, nonce: outgoing.nonce, enforceNonce: true })).id
    }
  }

  return {
    platform: 'discord',
    limits: { page: LONGEST_PAGE, chat: [A_CHANNEL], group: [A_CHANNEL], overall: [] },
    connect,
    send,
    close: () => client.destroy(),
  }
}

/** Acknowledges an interaction whose answer takes long; a page that is turned takes the place of its message. */
function inTime(utterance: Utterance): Utterance {
  const origin = utterance.origin as Exclude<Origin, { kind: 'message' }>
  const { interaction } = origin
  setTimeout(() => {
    if (interaction.replied || interaction.deferred) return
    const turns = origin.kind === 'press' && /^p:/.test(origin.interaction.customId)
    origin.deferred = (turns && interaction.isButton() ? interaction.deferUpdate() : interaction.deferReply()).catch(
      () => undefined,
    )
  }, DEFER_AFTER_MS).unref()
  return utterance
}

/** The application's settings do not allow an intent. */
function isNotAllowed(cause: unknown): boolean {
  return cause instanceof Error && /disallowed intents/i.test(cause.message)
}

function isBadToken(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    ((cause as { code?: unknown }).code === 'TokenInvalid' || /An invalid token/.test(cause.message))
  )
}
