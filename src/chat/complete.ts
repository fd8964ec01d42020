import type { Desk } from '../desk.js'
import { fold } from '../question/normalize.js'
import type { Completion } from './model.js'

/** Names that are offered at once: what a platform takes. */
const MOST = 25

/** Offers names of the reports that hold what was typed, those that begin with it first. */
export function completer(desk: Desk): (list: Completion, typed: string) => string[] {
  const lists: Record<Completion, string[]> = { indicators: [], projects: [], terms: [] }
  for (const report of desk.reports) {
    for (const { figures } of report.statements)
      for (const figure of figures)
        if (figure.metric && figure.subject === report.place) lists.indicators.push(figure.metric)
    lists.projects.push(...report.entities.map((entity) => entity.name))
    lists.terms.push(...report.terms.map((term) => term.name))
  }
  const names = Object.fromEntries(
    Object.entries(lists).map(([list, all]) => [list, [...new Set(all)].map((name) => ({ name, folded: fold(name) }))]),
  ) as Record<Completion, { name: string; folded: string }[]>

  return (list, typed) => {
    const wanted = fold(typed.trim())
    const rank = (folded: string) => (folded.startsWith(wanted) ? 0 : 1)
    return names[list]
      .filter(({ folded }) => folded.includes(wanted))
      .sort((a, b) => rank(a.folded) - rank(b.folded) || a.folded.length - b.folded.length)
      .slice(0, MOST)
      .map(({ name }) => name)
  }
}
