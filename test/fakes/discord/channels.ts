import { type ApiError, apiError } from './errors.js'
import type { Chat, World } from './world.js'

/** The channel of this id, where the bot may look into it. */
export function channelOf(world: World, id: string | undefined): Chat {
  const chat = world.chatById(id ?? '')
  if (!chat) throw apiError(10003)
  if (chat.access === 'gone') throw shutOut(10003)
  // Whoever blocks the bot leaves it the private chat to read.
  if (chat.access === 'taken' && !chat.with) throw shutOut(50001)
  return chat
}

/** The channel of this id, where the bot may write. */
export function writableChannel(world: World, id: string | undefined): Chat {
  const chat = channelOf(world, id)
  if (chat.access === 'taken') throw shutOut(50007)
  return chat
}

/** People did this, not the bot: no rule was broken. */
const shutOut = (code: number): ApiError => apiError(code, true)
