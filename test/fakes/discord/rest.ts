import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './body.js'
import { ApiError, apiError, bodyOf } from './errors.js'
import type { Faults, RequestFault } from './faults.js'
import { flat } from './form.js'
import { asObject, asObjects } from './json.js'
import type { Limits, Standing } from './limits.js'
import { type Answer, createRouter, type Route } from './routes.js'

export interface RestOptions {
  routes: Route[]
  token: string
  faults: Faults
  limits: Limits
  violations: string[]
  /** The most bytes of a file that is uploaded. */
  fileLimit: number
  /** How a connection is cut: closed, or reset. The official client tries again by itself after a reset only. */
  cut: 'close' | 'reset'
}

/** The HTTP half: finds the route, lives through the faults, keeps the limits, answers as the platform does. */
export function createRest(options: RestOptions): {
  serve: (request: IncomingMessage, response: ServerResponse) => void
  stop: () => void
} {
  const { token, faults, limits, violations } = options
  const find = createRouter(options.routes)
  const late = new Set<NodeJS.Timeout>()

  const cut = ({ socket }: IncomingMessage) => {
    if (options.cut === 'reset') socket.resetAndDestroy()
    else socket.destroy()
  }

  const limited = (route: Route, params: string[], headers: Headers): Answer | undefined => {
    const key = keyOf(route, params)
    const own = limits.take(key, route.limit ?? BOUNDLESS)
    if (route.limit && limits.isOn()) setHeaders(headers, route.limit, own)
    if (!own.allowed) return tooMany(headers, own.resetAfterMs, false)
    const all = route.open ? own : limits.take('global', GLOBAL)
    return all.allowed ? undefined : tooMany(headers, all.resetAfterMs, true)
  }

  const answer = async (request: IncomingMessage, path: string, route: Route, params: string[], headers: Headers) => {
    const { json, files } = await readBody(request, options.fileLimit)
    const known = request.headers.authorization === `Bot ${token}` && !faults.revoked()
    if (!route.open && !known) throw new ApiError(401, 0, '401: Unauthorized', undefined, faults.revoked())
    const held = limited(route, params, headers)
    if (held) {
      violations.push(`${request.method} ${path}: 429 over the rate limit`)
      return held
    }
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    return route.handle({ params, query, body: asObject(json) ?? {}, list: asObjects(json), files, raw: json })
  }

  const failing = (request: IncomingMessage, path: string, error: unknown): Answer => {
    if (!(error instanceof ApiError)) throw error
    if (!error.excused) {
      const { status, code, message, errors } = error
      violations.push(`${request.method} ${path}: ${status} ${code} ${message} ${errors ? flat(errors) : ''}`.trim())
    }
    return { status: error.status, body: bodyOf(error) }
  }

  /** An answer that comes instead of what was asked for; nothing, where the request is to be handled. */
  const instead = (fault: RequestFault | undefined, route: Route, params: string[], headers: Headers) => {
    if (fault?.kind === 'badGateway' && !fault.accepted) return BAD_GATEWAY
    if (fault?.kind === 'refused') {
      const error = apiError(Number(fault.code))
      return { status: error.status, body: bodyOf(error) }
    }
    if (fault?.kind !== 'rateLimited') return undefined
    limits.block(keyOf(route, params), fault.retryAfterMs)
    if (route.limit)
      setHeaders(headers, route.limit, { allowed: false, remaining: 0, resetAfterMs: fault.retryAfterMs })
    return tooMany(headers, fault.retryAfterMs, false)
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request)
    const found = find(request.method ?? 'GET', path)
    const headers: Headers = {}
    if (typeof found === 'string') {
      const status = found === 'nothing' ? 404 : 405
      const error = new ApiError(status, 0, status === 404 ? '404: Not Found' : '405: Method Not Allowed')
      request.resume()
      return send(response, failing(request, path, error), headers)
    }
    const { route, params } = found
    const fault = route.sends ? faults.take() : undefined
    if (fault) route.faulted?.(params)
    if (fault?.kind === 'dropped') return cut(request)
    const other = instead(fault, route, params, headers)
    if (other) {
      request.resume()
      return send(response, other, headers)
    }
    const done = await answer(request, path, route, params, headers).catch((error) => failing(request, path, error))
    if (fault?.kind === 'lostAck') return cut(request)
    if (fault?.kind === 'badGateway') return send(response, BAD_GATEWAY, headers)
    if (fault?.kind !== 'slow') return send(response, done, headers)
    const timer = setTimeout(() => {
      late.delete(timer)
      send(response, done, headers)
    }, fault.delayMs)
    late.add(timer)
  }

  return {
    serve: (request, response) => {
      handle(request, response).catch((error) => {
        violations.push(`the fake failed: ${error instanceof Error ? error.stack : error}`)
        send(response, { status: 500, body: { message: '500: Internal Server Error', code: 0 } }, {})
      })
    },
    stop: () => {
      for (const timer of late) clearTimeout(timer)
    },
  }
}

type Headers = Record<string, string>

/** Versions 9 and 10 are served, below `/api` or not. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const { pathname } = new URL(url, 'http://127.0.0.1')
  return /^(?:\/api)?\/v(?:9|10)(\/.*)$/.exec(pathname)?.[1] ?? pathname
}

const keyOf = (route: Route, params: string[]) =>
  route.limit ? [route.limit.name, ...params.slice(0, route.limit.parts)].join('/') : [route.path, ...params].join('/')

function tooMany(headers: Headers, waitMs: number, global: boolean): Answer {
  headers['Retry-After'] = String(Math.ceil(waitMs / 1000))
  headers['X-RateLimit-Scope'] = global ? 'global' : 'user'
  if (global) headers['X-RateLimit-Global'] = 'true'
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: Math.ceil(waitMs) / 1000, global },
  }
}

function setHeaders(headers: Headers, { name, limit }: NonNullable<Route['limit']>, standing: Standing): void {
  const seconds = Math.ceil(standing.resetAfterMs) / 1000
  headers['X-RateLimit-Limit'] = String(limit)
  headers['X-RateLimit-Remaining'] = String(standing.remaining)
  headers['X-RateLimit-Reset'] = (Date.now() / 1000 + seconds).toFixed(3)
  headers['X-RateLimit-Reset-After'] = seconds.toFixed(3)
  headers['X-RateLimit-Bucket'] = Buffer.from(name).toString('hex')
}

function send(response: ServerResponse, { status, body }: Answer, headers: Headers): void {
  if (response.destroyed || response.headersSent) return
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/html' : 'application/json'
  response.writeHead(status, { ...(body !== undefined && { 'Content-Type': type }), ...headers }).end(text)
}

/** It does not come from the platform itself, but from what stands before it. */
const BAD_GATEWAY: Answer = { status: 502, body: '<html><body>502 Bad Gateway</body></html>' }
const GLOBAL = { limit: 50, windowMs: 1000 }
const BOUNDLESS = { limit: Number.POSITIVE_INFINITY, windowMs: 1 }
