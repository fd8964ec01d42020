import { createHash } from 'node:crypto'
import type { Picture } from '../chat/model.js'
import type { Log } from '../chat/watch.js'
import { messageOf } from '../errors.js'
import { chartOf } from '../picture/chart.js'
import { createPainter } from '../picture/paint.js'
import type { Reply } from '../reply/model.js'

/** Answers that set figures side by side. */
const CHARTED = new Set(['compare', 'goals', 'progress'])

/** Of one year alone, fewer things than this are no comparison. */
const FEWEST = 3

/** The chart of a reply as a picture; undefined where there is none. What cannot be drawn is logged: the text says all of it. */
export function createPictures(log: Log): {
  pictureOf: (reply: Reply) => Promise<Picture | undefined>
  close: () => Promise<void>
} {
  const painter = createPainter()
  return {
    async pictureOf(reply) {
      const chart = CHARTED.has(reply.intent) ? chartOf(reply) : undefined
      if (!chart || (chart.series.length < 2 && chart.groups.length < FEWEST)) return undefined
      try {
        const png = await painter.paint(chart)
        return { png, name: createHash('sha256').update(png).digest('hex'), about: `${chart.title}。${chart.source}` }
      } catch (cause) {
        log.error({ error: messageOf(cause) }, 'a chart was not drawn')
        return undefined
      }
    },
    close: painter.close,
  }
}
