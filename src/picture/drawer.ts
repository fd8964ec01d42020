import { Worker } from 'node:worker_threads'
import { type ErrorCode, YoujuError } from '../errors.js'
import type { Chart } from './chart.js'

/** What goes to the thread and what comes back, by the number of the drawing. */
export interface Order {
  id: number
  chart: Chart
}
export type Delivery = { id: number } & ({ png: Uint8Array } | { fault: { code?: ErrorCode; message: string } })

interface Waiting {
  resolve: (png: Uint8Array) => void
  reject: (cause: unknown) => void
}

/** Megabytes: half of it is enough for any chart. */
const LARGEST_HEAP = 64
/** The thread's whole environment: installed fonts are not looked at, so that a picture is the same on every machine. */
const ENVIRONMENT = { DISABLE_SYSTEM_FONTS_LOAD: '1' }

/** Draws in a thread that is started when it is first wanted, and again where it has died; without a file for it, in this thread. */
export function createDrawer(file: string | undefined) {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let count = 0

  function start(path: string): Worker {
    const worker = new Worker(path, { env: ENVIRONMENT, resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP } })
    const died = (cause: unknown) => {
      if (thread !== worker) return
      thread = undefined
      for (const { reject } of waiting.values()) reject(cause)
      waiting.clear()
    }
    worker.on('message', (delivery: Delivery) => {
      const order = waiting.get(delivery.id)
      waiting.delete(delivery.id)
      // A thread without work keeps nobody from going home.
      if (waiting.size === 0) worker.unref()
      if ('png' in delivery) order?.resolve(delivery.png)
      else order?.reject(errorOf(delivery.fault))
    })
    worker.on('error', died)
    worker.on('exit', (code) => died(new Error(`the drawing thread ended with code ${code}`)))
    return worker
  }

  return {
    async draw(chart: Chart): Promise<Uint8Array> {
      if (file === undefined) return (await import('./draw.js')).draw(chart)
      thread ??= start(file)
      const order: Order = { id: ++count, chart }
      const drawn = new Promise<Uint8Array>((resolve, reject) => waiting.set(order.id, { resolve, reject }))
      thread.ref()
      thread.postMessage(order)
      return drawn
    },
    async close(): Promise<void> {
      await thread?.terminate()
    },
  }
}

function errorOf({ code, message }: { code?: ErrorCode; message: string }): Error {
  return code ? new YoujuError(code, message) : new Error(message)
}
