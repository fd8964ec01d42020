import { type Board, blank, EPHEMERAL, LOADING, stamp } from './board.js'
import { checkChoiceList } from './command-checks.js'
import type { Writer } from './drafts.js'
import { ApiError, apiError } from './errors.js'
import { createForm } from './form.js'
import { AUTOCOMPLETE, COMPONENT, type Interaction, type Interactions } from './interactions.js'
import { asNumber, asObject, asObjects, type Json } from './json.js'
import { messagePayload } from './payloads.js'
import type { Answer, Call, Route } from './routes.js'
import type { Posted, World } from './world.js'

/** Answering what people did: at first, and with the token that lives for a quarter of an hour. */
export function interactionRoutes(world: World, board: Board, { write }: Writer, interactions: Interactions): Route[] {
  const answering = (interaction: Interaction): Posted => {
    const { id, type, by, name, pressed } = interaction
    const message = blank(world, interaction.chat, world.bot)
    const original = interaction.original?.id ?? pressed?.id
    message.interaction = { id, type, by, name }
    message.type = original === undefined ? COMMAND_REPLY : REPLY
    message.reference = original
    return message
  }
  const put = (interaction: Interaction, message: Posted, raw: unknown) => {
    interaction.own.add(message.id)
    board.post(message, raw, answers(interaction))
  }
  const change = (interaction: Interaction, message: Posted, { body, files, raw }: Call, path?: string[]) => {
    const shown = (message.flags & LOADING) === 0
    const draft = { body, files, flags: SUPPRESS_EMBEDS, webhook: true, ...(path && { path }) }
    write(message, draft)
    message.flags &= ~LOADING
    if (shown) message.editedAt = stamp()
    board.changed(message, raw, answers(interaction))
  }

  const first = (interaction: Interaction, call: Call): Posted | undefined => {
    const data = asObject(call.body.data)
    const { type } = call.body
    if (type === REPLIES || type === DEFERS) {
      const message = answering(interaction)
      const flags = asNumber(data?.flags)
      if (flags & EPHEMERAL) Object.assign(message, { onlyTo: interaction.by, flags: EPHEMERAL })
      if (type === DEFERS) message.flags |= LOADING
      else write(message, { body: needed(data), files: call.files, path: ['data'], flags: ANSWER_FLAGS, webhook: true })
      interaction.original = message
      put(interaction, message, call.raw)
      return message
    }
    interaction.original = interaction.pressed
    if (type === UPDATES) change(interaction, interaction.pressed!, { ...call, body: needed(data) }, ['data'])
    return type === UPDATES ? interaction.pressed : undefined
  }

  const callback = (call: Call): Answer => {
    const interaction = interactions.answered(call.params[0]!, call.params[1]!)
    const type = asNumber(call.body.type)
    if (!fits(interaction.type, type)) throw wrongType(type)
    const choices = type === CHOICES ? checkedChoices(interaction, asObject(call.body.data)) : undefined
    const message = choices ? undefined : first(interaction, call)
    Object.assign(interaction, { state: 'answered', answer: type })
    interaction.settle(choices)
    if (call.query.get('with_response') !== 'true') return { status: 204 }
    const loading = message ? { response_message_loading: (message.flags & LOADING) !== 0 } : {}
    const ephemeral = message ? { response_message_ephemeral: message.onlyTo !== undefined } : {}
    const { id } = interaction
    return {
      status: 200,
      body: {
        interaction: {
          id,
          type: interaction.type,
          ...(message && { response_message_id: message.id }),
          ...loading,
          ...ephemeral,
        },
        resource: { type, ...(message && { message: messagePayload(world, message) }) },
      },
    }
  }

  const webhook = ({ params }: Call): { interaction: Interaction; message: Posted } => {
    const interaction = interactions.byToken(params[0]!, params[1]!)
    const id = params[2] === '@original' ? interaction.original?.id : params[2]
    const mine = id !== undefined && (interaction.own.has(id) || id === interaction.original?.id)
    const message = mine ? world.messages.get(id) : undefined
    if (!message) throw apiError(10008)
    return { interaction, message }
  }

  const followUp = (call: Call): Answer => {
    const interaction = interactions.byToken(call.params[0]!, call.params[1]!)
    const { original } = interaction
    if (original && original.flags & LOADING) {
      if (!world.messages.has(original.id)) throw apiError(10008)
      change(interaction, original, call)
      return { status: 200, body: messagePayload(world, original) }
    }
    const message = answering(interaction)
    const { body, files } = call
    if (asNumber(body.flags) & EPHEMERAL) Object.assign(message, { onlyTo: interaction.by, flags: EPHEMERAL })
    write(message, { body, files, flags: ANSWER_FLAGS, webhook: true })
    put(interaction, message, call.raw)
    return { status: 200, body: messagePayload(world, message) }
  }

  const ofMessage = { path: '/webhooks/:/:/messages/:', open: true }
  const limit = { parts: 2, limit: 5 }
  return [
    {
      method: 'POST',
      path: '/interactions/:/:/callback',
      open: true,
      sends: true,
      faulted: ([id]) => interactions.excuse(id!),
      handle: callback,
    },
    {
      method: 'POST',
      path: '/webhooks/:/:',
      open: true,
      sends: true,
      limit: { name: 'webhook create', windowMs: 2000, ...limit },
      handle: followUp,
    },
    {
      ...ofMessage,
      method: 'PATCH',
      sends: true,
      limit: { name: 'webhook edit', windowMs: 5000, ...limit },
      handle: (call) => {
        const { interaction, message } = webhook(call)
        change(interaction, message, call)
        return { status: 200, body: messagePayload(world, message) }
      },
    },
    {
      ...ofMessage,
      method: 'GET',
      handle: (call) => ({ status: 200, body: messagePayload(world, webhook(call).message) }),
    },
    {
      ...ofMessage,
      method: 'DELETE',
      handle: (call) => {
        board.remove(webhook(call).message)
        return { status: 204 }
      },
    },
  ]
}

/** What people see an answer stand below: the message whose button they pressed, or the command. */
const answers = ({ id, pressed }: Interaction) => pressed?.id ?? id

function fits(interaction: number, type: number): boolean {
  if (interaction === AUTOCOMPLETE) return type === CHOICES
  if (interaction === COMPONENT) return [REPLIES, DEFERS, DEFERS_UPDATE, UPDATES].includes(type)
  return type === REPLIES || type === DEFERS
}

function wrongType(type: number): ApiError {
  const known = [PONG, REPLIES, DEFERS, DEFERS_UPDATE, UPDATES, CHOICES].includes(type)
  const message = known
    ? 'This response type is not valid for this interaction type'
    : 'Value must be one of (1, 4, 5, 6, 7, 8).'
  const errors = {
    type: { _errors: [{ code: known ? 'INTERACTION_RESPONSE_TYPE_INVALID' : 'BASE_TYPE_CHOICES', message }] },
  }
  return new ApiError(400, 50035, 'Invalid Form Body', errors)
}

function needed(data: Json | undefined): Json {
  const form = createForm()
  if (!data) form.fault(['data'], 'BASE_TYPE_REQUIRED', 'This field is required')
  form.done()
  return data!
}

function checkedChoices({ optionType }: Interaction, data: Json | undefined): Json[] {
  const form = createForm()
  const choices = form.list(['data', 'choices'], data?.choices ?? 'missing', 0, 25)
  checkChoiceList(form, ['data', 'choices'], choices, optionType)
  form.done()
  return asObjects(choices)
}

const PONG = 1
const REPLIES = 4
const DEFERS = 5
const DEFERS_UPDATE = 6
const UPDATES = 7
const CHOICES = 8
const REPLY = 19
const COMMAND_REPLY = 20
const SUPPRESS_EMBEDS = 1 << 2
const ANSWER_FLAGS = SUPPRESS_EMBEDS | EPHEMERAL | (1 << 12) | (1 << 13)
