import { parentPort } from 'node:worker_threads'
import { YoujuError } from '../errors.js'
import { draw } from './draw.js'
import type { Delivery, Order } from './drawer.js'

// The thread that draws. It is given charts and gives pictures back, or what went wrong, in a form that passes between threads.
parentPort?.on('message', async ({ id, chart }: Order) => {
  parentPort!.postMessage(await deliveryOf({ id, chart }))
})

async function deliveryOf({ id, chart }: Order): Promise<Delivery> {
  try {
    return { id, png: new Uint8Array(await draw(chart)) }
  } catch (cause) {
    const code = cause instanceof YoujuError ? { code: cause.code } : {}
    return { id, fault: { ...code, message: cause instanceof Error ? cause.message : String(cause) } }
  }
}
