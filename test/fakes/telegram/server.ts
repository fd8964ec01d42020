import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerConnection, type Connection } from './connection.js'
import { ApiError, badRequest, unauthorized } from './errors.js'
import { type Faults, refuseBefore, spoiled } from './faults.js'
import { type Form, readForm } from './form.js'
import { isShown, methodNamed } from './methods.js'
import { createReply, type Reply } from './reply.js'
import { type Call, noteUnknownFields, textOf } from './request.js'
import type { Stage } from './stage.js'

/** All that the server needs to answer. */
export interface Desk {
  token: string
  stage: Stage
  connection: Connection
  faults: Faults
  violations: string[]
}

/** The HTTP server on a free port of the loopback address. */
export async function listen(desk: Desk): Promise<{ root: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => void serve(request, response, desk))
  // Idle connections are kept: that one is closed just as the bot writes is a fault that nobody injected.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { root: `http://127.0.0.1:${port}`, close }
}

async function serve(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const reply = createReply(request, response)
  const [path = '', query] = (request.url ?? '').split('?')
  const [, token, name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path.replace(/%3a/i, ':')) ?? []
  try {
    if (token === undefined) throw new ApiError(404, 'Not Found')
    if (desk.faults.isRevoked()) throw unauthorized(true)
    if (token !== desk.token) throw unauthorized(false)
    const method = methodNamed(name)
    if (!method) throw new ApiError(404, 'Not Found: method not found')
    const fault = isShown(method) ? desk.faults.next() : undefined
    if (fault?.kind === 'dropped') return reply.cut()
    const form = await readWhole(request, query)
    const note = (what: string) => void desk.violations.push(`${method.name}: ${what}`)
    const call: Call = { method: method.name, ...form, note }
    if (refuseBefore(fault, reply, Number(textOf(call, 'chat_id')), desk.stage.limits)) return
    noteUnknownFields(call, method.fields)
    answer(call, spoiled(fault, reply), desk, (stage) => method.run(call, stage))
  } catch (error) {
    refuse(error, reply, name, desk)
  }
}

function answer(call: Call, reply: Reply, desk: Desk, run: (stage: Stage) => unknown): void {
  try {
    if (answerConnection(call, reply, desk.connection)) return
    reply.ok(JSON.stringify(run(desk.stage)))
  } catch (error) {
    refuse(error, reply, call.method, desk)
  }
}

function refuse(error: unknown, reply: Reply, name: string, { violations }: Desk): void {
  // Anything else is a mistake of this server, which must not look like an answer of the platform.
  const known = error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${String(error)}`)
  if (!known.excused) violations.push(`${name || 'request'}: ${known.code} ${known.description}`)
  reply.fail(known)
}

async function readWhole(request: IncomingMessage, query: string | undefined): Promise<Form> {
  try {
    return await readForm(request, new URLSearchParams(query))
  } catch {
    // Whoever went away in the middle broke no rule.
    throw badRequest('the request cannot be read', request.errored !== null)
  }
}
