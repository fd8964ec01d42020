import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../src/knowledge/read.js'
import type { Chart } from '../../src/picture/chart.js'
import { createPainter } from '../../src/picture/paint.js'
import { rows } from '../../src/picture/rows.js'
import { INVESTMENTS, RATES } from './charts.js'

const { sizes, colours } = rows
const painter = createPainter()

/** Pixels of a picture, each colour as a number. */
async function pixelsOf(png: Uint8Array) {
  const { createCanvas, loadImage } = createRequire(import.meta.url)(
    '@napi-rs/canvas',
  ) as typeof import('@napi-rs/canvas')
  const image = await loadImage(Buffer.from(png))
  const { width, height } = image
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  return { width, height, data: new Uint32Array(context.getImageData(0, 0, width, height).data.buffer) }
}

/** #RRGGBB as it stands in a pixel. */
const pixel = (colour: string) => Number(`0xff${colour.slice(5)}${colour.slice(3, 5)}${colour.slice(1, 3)}`)

/** Upper edges and widths of the bars, from the top down. */
async function barsOf(chart: Chart) {
  const { width, data } = await pixelsOf(await painter.paint(chart))
  const inks = colours.series.map(pixel)
  const bars: { top: number; wide: number }[] = []
  let above = 0
  for (let y = 0; y < data.length; y += width) {
    const wide = data.subarray(y, y + width).filter((ink) => inks.includes(ink)).length
    if (wide > 0 && above === 0) bars.push({ top: y / width, wide })
    above = wide
  }
  // The first is the legend's.
  return bars.slice(1)
}

describe('画出来的图', () => {
  it('是 PNG，宽一千零八十像素，组越多越高', async () => {
    const png = Buffer.from(await painter.paint(RATES))
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect(png.readUInt32BE(16)).toBe(1080)
    const shorter = Buffer.from(await painter.paint({ ...RATES, groups: RATES.groups.slice(0, 2) }))
    expect(png.readUInt32BE(20) - shorter.readUInt32BE(20)).toBe(6 * sizes.row)
    expect(png.length).toBeLessThan(300_000)
  })

  it('条形长短与数成比例，一条占一格', async () => {
    const bars = await barsOf(RATES)
    const widths = bars.map(({ wide }) => wide)
    const values = [7, 8, 11, 14, 3.2, 18, 1.5]
    expect(widths).toHaveLength(values.length)
    for (const [i, value] of values.entries()) expect(widths[i]! / widths[5]!).toBeCloseTo(value / 18, 1.7)
    expect(bars[1]!.top - bars[0]!.top).toBe(sizes.row)
    expect(bars[2]!.top - bars[1]!.top).toBe(2 * sizes.row)
  })

  it.each([
    ['增速', RATES],
    ['投资', INVESTMENTS],
  ])('%s图四边留白，没有字画到边外', async (_, chart) => {
    const { width, height, data } = await pixelsOf(await painter.paint(chart))
    const edge = sizes.margin / 2
    const page = pixel(colours.page)
    const isEdge = (at: number, end: number) => at < edge || at >= end - edge
    const inked: string[] = []
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x += isEdge(y, height) || isEdge(x + 1, width) ? 1 : width - 2 * edge)
        if (data[y * width + x] !== page && (isEdge(x, width) || isEdge(y, height))) inked.push(`${x}, ${y}`)
    expect(inked).toEqual([])
  })

  it('同一张图是同样的字节，只画一遍', async () => {
    const again = structuredClone(RATES)
    expect(await painter.paint(again)).toBe(await painter.paint(RATES))
    const other = createPainter()
    expect(Buffer.compare(Buffer.from(await other.paint(again)), Buffer.from(await painter.paint(RATES)))).toBe(0)
    const changed = { ...RATES, title: '乙区：增速对照' }
    expect(Buffer.compare(Buffer.from(await painter.paint(changed)), Buffer.from(await painter.paint(RATES)))).not.toBe(
      0,
    )
  })

  it('字体没有的字，不画成方框，说是哪个字', async () => {
    const strange = { ...RATES, title: '垯村：增速对照' }
    await expect(painter.paint(strange)).rejects.toMatchObject({
      code: 'FONT_MISSING',
      message: expect.stringContaining('垯'),
    })
  })
})

describe('另一个线程', () => {
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.youju-worker-'))
  const file = join(folder, 'worker.mjs')
  beforeAll(async () => {
    const input = fileURLToPath(new URL('../../src/picture/worker.ts', import.meta.url))
    const bundle = await rolldown({ input, platform: 'node', external: ['zod', 'yaml'] })
    await bundle.write({ file })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('画得一样，错误也一样', async () => {
    const apart = createPainter(file)
    const [png, failed] = await Promise.allSettled([apart.paint(RATES), apart.paint({ ...RATES, title: '垯村' })])
    expect(png).toMatchObject({ status: 'fulfilled' })
    expect(failed).toMatchObject({ reason: { name: 'YoujuError', code: 'FONT_MISSING' } })
    const here = await painter.paint(RATES)
    expect(Buffer.compare(Buffer.from((png as { value: Uint8Array }).value), Buffer.from(here))).toBe(0)
    await apart.close()
  })

  it('起不来，说得出来，不会一直等', async () => {
    await expect(createPainter(join(folder, 'nowhere.mjs')).paint(RATES)).rejects.toThrow(/nowhere/)
  })
})
