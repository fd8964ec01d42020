import type { Chat, Person, World } from './world.js'

/** A right that people can be granted; ADMINISTRATOR brings all others along. */
export type Right = keyof typeof RIGHT

/** The bits of those rights. */
export const RIGHT = { ADMINISTRATOR: 1n << 3n, MANAGE_GUILD: 1n << 5n }

/** What everybody may do: see, write, embed, attach, read back, mention all, use commands. */
export const EVERYBODY = [6n, 10n, 11n, 14n, 15n, 16n, 17n, 18n, 31n, 35n, 38n].reduce(
  (all, bit) => all | (1n << bit),
  0n,
)

/** What the bot has no more of where it was removed: seeing the channel and writing there. */
export const TAKEN = (1n << 10n) | (1n << 11n)

/** All that somebody may do in a chat, as the platform reckons it. */
export function permissionsIn(world: World, person: Person, chat: Chat): bigint {
  if (person === world.owner) return ALL
  const granted = world.roles.filter(({ people }) => people.has(person)).map(({ permissions }) => permissions)
  const all = granted.reduce((sum, bits) => sum | bits, EVERYBODY)
  if (all & RIGHT.ADMINISTRATOR) return ALL
  return person === world.bot && chat.access === 'taken' ? all & ~TAKEN : all
}

const ALL = (1n << 53n) - 1n
