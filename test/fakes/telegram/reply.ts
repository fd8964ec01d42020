import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ApiError, bodyOf } from './errors.js'

/** The way back to whoever asked. */
export interface Reply {
  /** Answers with the result, which is JSON already. */
  ok: (json: string) => void
  fail: (error: ApiError) => void
  /** Answers as the web server before the platform does when nobody is behind it. */
  badGateway: () => void
  /** Cuts the connection without an answer. */
  cut: () => void
  /** Is called when the other side went away before it had an answer. */
  onGone: (listener: () => void) => void
  isGone: () => boolean
}

/** The way back over this connection. */
export function createReply(request: IncomingMessage, response: ServerResponse): Reply {
  const send = (status: number, type: string, body: string) => {
    if (!response.writableEnded && !response.destroyed) {
      response.writeHead(status, { 'content-type': type }).end(body)
    }
  }
  return {
    ok: (json) => send(200, 'application/json', `{"ok":true,"result":${json}}`),
    fail: (error) => send(error.code, 'application/json', JSON.stringify(bodyOf(error))),
    badGateway: () => send(502, 'text/html', BAD_GATEWAY),
    cut: () => request.socket.destroy(),
    onGone: (listener) => response.once('close', () => !response.writableEnded && listener()),
    isGone: () => response.destroyed && !response.writableEnded,
  }
}

const BAD_GATEWAY = [
  '<html>',
  '<head><title>502 Bad Gateway</title></head>',
  '<body>',
  '<center><h1>502 Bad Gateway</h1></center>',
  '<hr><center>nginx/1.18.0</center>',
  '</body>',
  '</html>',
  '',
].join('\r\n')
