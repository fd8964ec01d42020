import type { Handler } from '../src/handler.js'
import { lookUp } from '../src/lookup.js'

/** A result (去年规上涨了几个点): the statement of the year told. */
export const metric: Handler = { name: 'metric', handle: (asked, kit) => lookUp('metric', asked, kit) }
