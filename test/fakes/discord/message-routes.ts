import { type Board, blank, stamp } from './board.js'
import { channelOf, writableChannel } from './channels.js'
import { referenced, type Writer } from './drafts.js'
import { apiError } from './errors.js'
import type { Json } from './json.js'
import { messagePayload, readBy } from './payloads.js'
import type { Route } from './routes.js'
import type { Chat, Posted, World } from './world.js'

/** Sending, changing, removing and reading messages of a channel. */
export function messageRoutes(world: World, board: Board, { write }: Writer, privileged: number): Route[] {
  const nonces = new Map<string, { message: Posted; at: number }>()
  const repeated = (body: Json) => {
    const known = body.enforce_nonce === true && body.nonce != null ? nonces.get(String(body.nonce)) : undefined
    return known && performance.now() - known.at < NONCE_MS ? known.message : undefined
  }
  const chatOf = ([id]: string[]): Chat => channelOf(world, id)
  const messageOf = (params: string[]): Posted => {
    const message = world.messages.get(params[1]!)
    if (message?.chat !== chatOf(params) || message.onlyTo) throw apiError(10008)
    return message
  }
  const own = (params: string[], code: number): Posted => {
    const message = messageOf(params)
    if (message.author !== world.bot) throw apiError(code)
    return message
  }
  const read = (message: Posted) => readBy(world, message, privileged)

  return [
    {
      method: 'POST',
      path: '/channels/:/messages',
      sends: true,
      limit: { name: 'message create', parts: 1, limit: 5, windowMs: 5000 },
      handle: ({ params, body, files, raw }) => {
        const message = blank(world, writableChannel(world, params[0]), world.bot)
        const reference = referenced(world, message, body)
        Object.assign(message, { reference, type: reference === undefined ? 0 : REPLY, nonce: body.nonce })
        const earlier = repeated(body)
        if (earlier) return { status: 200, body: messagePayload(world, earlier) }
        write(message, { body: { content: '', ...body }, files, flags: CREATE_FLAGS, webhook: false })
        board.post(message, raw, reference)
        if (body.nonce != null) nonces.set(String(body.nonce), { message, at: performance.now() })
        return { status: 200, body: messagePayload(world, message) }
      },
    },
    {
      method: 'PATCH',
      path: '/channels/:/messages/:',
      sends: true,
      limit: { name: 'message edit', parts: 1, limit: 5, windowMs: 5000 },
      handle: ({ params, body, files, raw }) => {
        const message = own(params, 50005)
        write(message, { body, files, flags: SUPPRESS_EMBEDS, webhook: false })
        message.editedAt = stamp()
        board.changed(message, raw)
        return { status: 200, body: messagePayload(world, message) }
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:/messages/:',
      limit: { name: 'message delete', parts: 1, limit: 5, windowMs: 1000 },
      handle: ({ params }) => {
        board.remove(own(params, 50013))
        return { status: 204 }
      },
    },
    { method: 'GET', path: '/channels/:/messages/:', handle: ({ params }) => ok(read(messageOf(params))) },
    {
      method: 'GET',
      path: '/channels/:/messages',
      handle: ({ params, query }) => {
        const chat = chatOf(params)
        const [before, after] = [query.get('before'), query.get('after')]
        const inside = [...world.messages.values()]
          .filter((m) => m.chat === chat && !m.onlyTo)
          .filter((m) => (!before || BigInt(m.id) < BigInt(before)) && (!after || BigInt(m.id) > BigInt(after)))
          .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
        const most = Math.min(100, Number(query.get('limit') ?? 50))
        const chosen = after ? inside.slice(0, most) : inside.slice(-most)
        return ok(chosen.reverse().map(read))
      },
    },
    {
      method: 'POST',
      path: '/channels/:/typing',
      limit: { name: 'typing', parts: 1, limit: 5, windowMs: 5000 },
      handle: ({ params }) => {
        writableChannel(world, params[0])
        return { status: 204 }
      },
    },
  ]
}

const ok = (body: unknown) => ({ status: 200, body })

const REPLY = 19
const SUPPRESS_EMBEDS = 1 << 2
const CREATE_FLAGS = SUPPRESS_EMBEDS | (1 << 12) | (1 << 13)
/** The documentation says «the past few minutes». */
const NONCE_MS = 3 * 60_000
