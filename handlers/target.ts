import type { Handler } from '../src/handler.js'
import { lookUp } from '../src/lookup.js'

/** A goal or task (今年目标多少): the statement of the year planned. */
export const target: Handler = { name: 'target', handle: (asked, kit) => lookUp('target', asked, kit) }
