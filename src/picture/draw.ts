import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { SKRSContext2D } from '@napi-rs/canvas'
import { YoujuError } from '../errors.js'
import { ROOT } from '../knowledge/read.js'
import type { Chart } from './chart.js'
import { checkFont, fontFiles, fontMissing, glyphFinder } from './font.js'
import { layoutOf } from './layout.js'
import { optionOf } from './option.js'

const FAMILY = 'youju'
const require = createRequire(join(ROOT, 'package.json'))

/** What drawing needs, loaded when the first picture is drawn: half a second's work. */
let tools: Tools | undefined
type Tools = ReturnType<typeof load>

/**
 * Draws a chart as PNG, on a canvas without a browser and with the font that comes with the program alone. Throws `FONT_MISSING`
 * where the font is not there or has no shape for a character of the chart: a box instead of a character would be a false quotation.
 */
export async function draw(chart: Chart): Promise<Uint8Array> {
  tools ??= load()
  const { createCanvas, echarts, missing } = tools
  const unknown = missing(textOf(chart))
  if (unknown.length)
    throw new YoujuError('FONT_MISSING', `字体里没有“${unknown.join('')}”，这张图不画；文字回答里都有，请看文字。`)
  const layout = layoutOf(chart, ruler(createCanvas(1, 1).getContext('2d')))
  const canvas = createCanvas(layout.width, layout.height)
  canvas.getContext('2d').lang = 'zh-Hans'
  const drawing = echarts.init(canvas, null, {
    renderer: 'canvas',
    width: layout.width,
    height: layout.height,
    devicePixelRatio: 1,
  })
  drawing.setOption(optionOf(chart.series, layout, FAMILY))
  const png = await canvas.encode('png')
  drawing.dispose()
  return png
}

function load() {
  checkFont()
  const { createCanvas, GlobalFonts } = require('@napi-rs/canvas') as typeof import('@napi-rs/canvas')
  for (const file of fontFiles()) if (!GlobalFonts.registerFromPath(file, FAMILY)) throw fontMissing(file)
  const echarts = require('echarts') as typeof import('echarts')
  echarts.setPlatformAPI({ createCanvas: () => createCanvas(1, 1) })
  return { createCanvas, echarts, missing: glyphFinder(fontFiles()[0]!) }
}

function ruler(context: SKRSContext2D) {
  return (text: string, size: number, bold: boolean) => {
    context.font = `${bold ? 700 : 400} ${size}px ${FAMILY}`
    return context.measureText(text).width
  }
}

function textOf({ title, series, groups, note = '', source }: Chart): string {
  const labels = groups.flatMap(({ name, bars }) => [name, ...bars.map(({ label }) => label)])
  return [title, note, source, ...series, ...labels].join('')
}
