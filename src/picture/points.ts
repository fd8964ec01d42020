import type { Citation, ReplyFigure } from '../reply/model.js'
import { nameOf } from './names.js'
import type { SeriesKind, Topic } from './rows.js'
import { type Standing, standingOf } from './standing.js'

/** A figure that can be a bar. */
export interface Point {
  name: string
  /** Whose figure it is: a place, or a project's owner. */
  subject: string
  topic: Topic
  unit: string
  /** Only points of one family can be set side by side. */
  family: string
  year: string
  kind: SeriesKind
  value: number
  label: string
  /** As printed, without hedges. */
  text: string
  citation: Citation
}

/** The figure as a point; undefined where it counts nothing of a year's (a date, a rank, a name), or has no name of its own. */
export function pointOf(figure: ReplyFigure, citation?: Citation): Point | undefined {
  const { metric, subject, period, derived, text, value } = figure
  if (!citation || derived || value === undefined || !/^\d{4}$/.test(period) || text.startsWith('第')) return undefined
  // 未发生一例 is none, which its numeral does not say.
  if (value === 0 && !/[0零]/.test(text)) return undefined
  const standing = standingOf(figure, citation.quote)
  const topic = standing && topicOf(standing)
  const kind = topic && kindOf(figure.kind, topic)
  const name = kind && nameOf(metric, citation.quote, topic === 'share')
  if (!name) return undefined
  const unit = figure.unit.normalize('NFKC')
  const seen = { value: standing.value, label: standing.label }
  return { name, subject, topic, unit, family: `${topic} ${unit}`, year: period, kind, text, citation, ...seen }
}

function topicOf({ kind, isWhole }: Standing): Topic | undefined {
  if (isWhole) return 'investment'
  if (kind === 'growth' || kind === 'points' || kind === 'share' || kind === 'capacity') return kind
  return kind === 'amount' || kind === 'count' || kind === 'investment' ? 'amount' : undefined
}

/** A plan is never told as a fact: what a project takes or can do belongs to no year's results and to no year's goals. */
function kindOf(kind: string, topic: Topic): SeriesKind | undefined {
  if (topic === 'investment' || topic === 'capacity') return 'listed'
  if (kind === 'actual' || kind === 'estimate' || kind === 'target') return kind
  return kind === 'date' || kind === 'threshold' || kind === 'count' ? undefined : 'told'
}
