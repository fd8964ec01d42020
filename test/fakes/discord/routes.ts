import type { Upload } from './body.js'
import type { Json } from './json.js'
import type { Limit } from './limits.js'

/** One request, read. */
export interface Call {
  /** What stands in the path for each `:`. */
  params: string[]
  query: URLSearchParams
  body: Json
  /** The body where it is a list. */
  list: Json[]
  files: Upload[]
  /** The body as it came. */
  raw: unknown
}

/** What is answered: a status, and a body where there is one. */
export interface Answer {
  status: number
  body?: unknown
}

/** Something the platform can be asked for. */
export interface Route {
  method: string
  /** `/channels/:/messages`: each `:` is a part of the path. */
  path: string
  /** Works without the bot's token. */
  open?: boolean
  /** Shows something to people: meets the faults that were injected. */
  sends?: boolean
  /** The platform's limit, counted for the first parts of the path together. */
  limit?: Limit & { name: string; parts: number }
  /** A fault came over a request of this route. */
  faulted?: (params: string[]) => void
  handle: (call: Call) => Answer
}

/** Finds the route of a path, or says that there is one for another method. */
export function createRouter(routes: Route[]): (method: string, path: string) => Found {
  const table = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(':', '([^/]+)').replaceAll('.', '\\.')}$`),
  }))
  return (method, path) => {
    const fitting = table.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path)
      return match ? [{ route, params: match.slice(1).map(decodeURIComponent) }] : []
    })
    return fitting.find(({ route }) => route.method === method) ?? (fitting.length > 0 ? 'otherMethod' : 'nothing')
  }
}

export type Found = { route: Route; params: string[] } | 'otherMethod' | 'nothing'
