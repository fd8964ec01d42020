import { describe, expect, it } from 'vitest'
import type { Figure } from '../../src/report/model.js'
import { readReport } from '../../src/report/read.js'
import { corpusRows } from '../support/corpus.js'
import { language } from '../support/donghe.js'

interface Wanted {
  text: string
  value: number
  unit: string
  kind: string
  /** Hedges joined by +, in any order. */
  qualifier: string
  metric?: string
  status?: string
}

interface Wording {
  say: string
  part: 'result' | 'plan'
  figures: Wanted[]
  why: string
  /** What is still read wrongly; the row must fail as long as this stands. */
  open?: string
}

/** Dates and numbers in names measure nothing, so that a row need not list them. */
const measures = (figure: Figure) => figure.kind !== 'name' && figure.kind !== 'date'

/** The figures of a sentence that stands in the results or the plans of some report. */
function figuresOf({ say, part }: Wording): Figure[] {
  const heading = { result: '一、2030年计划执行情况', plan: '二、2031年主要任务' }[part]
  const report = readReport(
    'qinghe',
    `关于青禾县2030年计划执行情况的报告\n\n各位代表：\n\n${heading}\n\n${say}\n`,
    language,
  )
  return report.figures.filter((f) => f.sentence.section !== undefined && measures(f))
}

const asWanted = (figure: Figure, wanted: Wanted | undefined): Wanted => ({
  text: figure.text,
  value: figure.value ?? Number.NaN,
  unit: figure.unit.replace(/^个(?=百分点)/, ''),
  kind: figure.kind,
  qualifier: [...figure.qualifiers].sort().join('+'),
  ...(wanted?.metric === undefined ? {} : { metric: figure.metric }),
  ...(wanted?.status === undefined ? {} : { status: figure.status }),
})

const wordings = corpusRows<Wording>('figures', 'wordings.jsonl')

describe('一种写法读成什么数', () => {
  it.each(wordings.map((w) => [w.say, w.why, w] as const))('%s（%s）', (_say, _why, wording) => {
    const read = figuresOf(wording).map((figure, i) => asWanted(figure, wording.figures[i]))
    const wanted = wording.figures.map((f) => ({ ...f, qualifier: f.qualifier.split('+').sort().join('+') }))
    if (wording.open) expect(read, `读对了，请去掉这一行的 open（${wording.open}）`).not.toEqual(wanted)
    else expect(read).toEqual(wanted)
  })

  it('没有两行问同一句话', () => {
    const said = wordings.map((w) => w.say)
    expect(said.filter((say, i) => said.indexOf(say) !== i)).toEqual([])
  })
})
