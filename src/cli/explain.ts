import type { Answer } from '../bot.js'
import type { Asked } from '../handler.js'
import type { Entry } from '../knowledge/lexicon.js'
import type { Content, Question } from '../question/model.js'
import type { Proposal } from '../router.js'
import type { Evidence } from '../search/evidence.js'

const MOST_CANDIDATES = 5
const LONGEST_LINE = 60
const MOST_WORDINGS = 4
const LEANINGS = { result: '偏向实绩', plan: '偏向计划' }

/** Why an answer is as it is, for people: how each question was understood, what was compared, who proposed what. */
export function explain({ trace }: Answer): string {
  return trace
    .map(({ asked, proposals }, i) => explainOne(asked, proposals, trace.length > 1 ? `（第 ${i + 1} 问）` : ''))
    .join('\n')
}

function explainOne({ question, evidence }: Asked, proposals: Proposal[], which: string): string {
  return [
    `── 这样答的理由${which} ──`,
    `读成：${question.text}`,
    `要的：${wantedOf(question) || '没有限定'}`,
    ...question.words.map((word) => `  “${word.text}” → ${meaningOf(word.entry)}`),
    `要对上的词：${question.contents.map(contentLine).join('、') || '无'}`,
    ...(question.inherited.length ? [`从上文带来的词：${question.inherited.map((c) => c.text).join('、')}`] : []),
    `候选原句（得分 / 对上的比例）：${evidence.length ? '' : '无'}`,
    ...evidence.slice(0, MOST_CANDIDATES).map(candidateLine),
    '各种答法（把握）：',
    ...proposals.map(
      (p) => `  ${p.draft.confidence.toFixed(2)}  ${p.handler}：${p.draft.headline.slice(0, LONGEST_LINE)}`,
    ),
    choiceLine(proposals),
  ].join('\n')
}

function wantedOf({ years, leaning, wants, cues }: Question): string {
  return [
    ...years.map((y) => `${y} 年`),
    ...(leaning ? [LEANINGS[leaning]] : []),
    ...wants,
    ...[...cues].filter((c) => !wants.includes(c)),
  ].join('、')
}

/** What a word of the question was taken for. */
function meaningOf(entry: Entry | 'report' | 'unknown'): string {
  if (entry === 'report') return '报告里的原词'
  if (entry === 'unknown') return '报告和词表里都没有'
  const { indicator, alternatives, period, place, cue, wants, filler, light } = entry
  const meanings = [
    indicator && `${indicator.near ? '接近' : ''}指标“${indicator.indicator.name}”`,
    !indicator && alternatives?.length && `报告里写作：${alternatives.slice(0, MOST_WORDINGS).join('、')}`,
    period && `时间（${period}）`,
    place && `地名“${place}”`,
    cue && `问法（${cue}）`,
    wants && `要的量（${wants}）`,
    filler ? '不带信息' : light && '信息很少',
  ]
  return meanings.filter(Boolean).join('；') || '不带信息'
}

function contentLine({ text, weight, required }: Content): string {
  return `${text}（${weight.toFixed(2)}${required ? '，必须有' : ''}）`
}

function candidateLine(e: Evidence): string {
  const faults = [
    !e.able && '缺必须有的词',
    !e.inTime && '时间不对',
    !e.fits && '没有要的那种数',
    e.unmet.length && `没对上：${e.unmet.map((c) => c.text).join('、')}`,
  ]
  const why = faults.filter(Boolean).join('；')
  return `  ${e.score.toFixed(2)} / ${e.coverage.toFixed(2)}  ${e.statement.text.slice(0, LONGEST_LINE)}${why ? `  ← ${why}` : ''}`
}

function choiceLine([best, second]: Proposal[]): string {
  if (!best) return '没有一种答法接下这个问题。'
  const lead = `选用 ${best.handler}：`
  return second
    ? `${lead}把握 ${best.draft.confidence.toFixed(2)} 最大，其次是 ${second.handler}（${second.draft.confidence.toFixed(2)}）。`
    : `${lead}只有它接下这个问题。`
}
