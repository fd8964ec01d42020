import { join } from 'node:path'
import { ROOT } from '../knowledge/read.js'
import type { Chart } from './chart.js'
import { createDrawer } from './drawer.js'

export interface Painter {
  /**
   * The chart as PNG; the same chart is the same bytes. Rejects with `FONT_MISSING` where the font is not there or lacks a character
   * of the chart, and with what went wrong where it could not be drawn: the answer is then told without a picture.
   */
  paint: (chart: Chart) => Promise<Uint8Array>
  /** Ends the thread and gives its memory back; the next chart starts another. */
  close: () => Promise<void>
}

/** Pictures kept: of the questions that many ask. */
const KEPT = 20
/** Code that runs as TypeScript has no built file beside it that a thread could load. */
const IS_SOURCE = import.meta.url.endsWith('.ts')
const WORKER = join(ROOT, 'dist', 'src', 'picture', 'worker.js')

/**
 * Paints charts, in a thread of its own that is started with the first one: to load ECharts and the font takes half a second, and
 * each drawing some tens of milliseconds, in which nobody else would be answered. `worker` is the file of the thread; without one,
 * charts are drawn in this thread.
 */
export function createPainter(worker: string | undefined = IS_SOURCE ? undefined : WORKER): Painter {
  const drawer = createDrawer(worker)
  const kept = new Map<string, Promise<Uint8Array>>()

  return {
    paint(chart) {
      const key = JSON.stringify(chart)
      const png = kept.get(key) ?? drawer.draw(chart)
      // What was asked for last stands last, and is dropped last.
      kept.delete(key)
      kept.set(key, png)
      for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest)
      png.catch(() => kept.delete(key))
      return png
    },
    close: () => drawer.close(),
  }
}
