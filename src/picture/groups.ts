import { isRelated, keyOf } from './names.js'
import type { Point } from './points.js'
import type { Topic } from './rows.js'

/** The points of one name. */
export interface Group {
  name: string
  points: Point[]
}

/** Amounts and shares say little beside each other unless they are of related things; growth does. */
const NEED_RELATION: (Topic | undefined)[] = ['amount', 'share', 'investment']
/** Of these the same size in two years is told as one thing, and no change. */
const LASTING: (Topic | undefined)[] = ['capacity', 'investment']

/** Points of one family by what they measure, in the order they are told in; what cannot be set beside the others left out. */
export function groupsOf(points: Point[]): Group[] {
  const keys = [...new Set(points.map((p) => keyOf(p.name)))]
  const groups = keys
    .map((key) => points.filter((p) => keyOf(p.name) === key))
    .map((own) => ({ name: own[0]!.name, points: onceEach(own) }))
    .filter(({ points }) => isClear(points))
  if (!NEED_RELATION.includes(points[0]?.topic)) return groups
  return groups.filter(
    (group) => group.points.length > 1 || groups.some((other) => other !== group && isRelated(other.name, group.name)),
  )
}

export function barsIn(groups: Group[]): Point[] {
  return groups.flatMap(({ points }) => points)
}

/** Two bars, of one thing or of unlike sizes: that things are equally many is no picture. */
export function isComparison(groups: Group[]): boolean {
  const bars = barsIn(groups)
  if (bars.length < 2) return false
  const hasPair = groups.some(({ points }) => points.length > 1) && !LASTING.includes(bars[0]!.topic)
  return hasPair || new Set(bars.map(({ value }) => value)).size > 1
}

/** A figure that is stated twice is one bar. */
function onceEach(points: Point[]): Point[] {
  const isSame = (a: Point, b: Point) => a.label === b.label && sideOf(a) === sideOf(b)
  return points.filter((point, i) => points.findIndex((other) => isSame(other, point)) === i)
}

/** One name for several numbers of one year is the name of none of them. */
function isClear(points: Point[]): boolean {
  return new Set(points.map(sideOf)).size === points.length
}

/** A year's results, estimated or not, are one series. */
function sideOf({ year, kind }: Point): string {
  return `${year} ${kind === 'estimate' ? 'actual' : kind}`
}
