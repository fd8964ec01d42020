import { createServer, type Server } from 'node:http'
import { YoujuError } from '../errors.js'
import type { Metrics } from './metrics.js'

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * `GET /healthz`: the process is alive, with each platform's state. `GET /readyz`: 200 while every platform is up, else 503.
 * `GET /metrics`: Prometheus. Throws `CONFIG` where the port is taken.
 */
export async function openHttp(port: number, metrics: Metrics): Promise<Server> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    const [pathname] = (request.url ?? '/').split('?')
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'text/plain', 'GET only\n')
    if (pathname === '/metrics') return answer(200, metrics.contentType, await metrics.text())
    const states = Object.values(metrics.states)
    const isReady = states.length > 0 && states.every(({ state }) => state === 'up')
    const body = `${JSON.stringify({ ready: isReady, platforms: metrics.states })}\n`
    if (pathname === '/healthz') return answer(200, JSON_TYPE, body)
    if (pathname === '/readyz') return answer(isReady ? 200 : 503, JSON_TYPE, body)
    return answer(404, 'text/plain', '/healthz /readyz /metrics\n')
  })
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) =>
      fail(new YoujuError('CONFIG', `YOUJU_HTTP_PORT ${port} 不能用（${cause.message}）。请换一个端口。`, { cause })),
    )
    server.listen(port, done)
  })
  return server
}
