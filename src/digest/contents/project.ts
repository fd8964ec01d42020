import { draft } from '../../reply/draft.js'
import { factLine } from '../../reply/headline.js'
import type { Entity, Report, Statement } from '../../report/model.js'
import type { Content } from './index.js'

const MOST_QUOTED = 4

/** How far a project is and what is planned for it, one project at a time. */
export const project: Content = {
  name: 'project',
  items: (report) =>
    report.entities.filter(({ mentions }) => mentions.length > 0).map((entity) => () => projectDraft(entity, report)),
}

function projectDraft(entity: Entity, report: Report) {
  const of = (tense: Statement['tense']) => entity.mentions.find((s) => s.tense === tense)
  const told = [of('result'), of('plan')].filter((s) => s !== undefined)
  const first = told.length ? told : entity.mentions.slice(0, 1)
  return draft({
    kind: 'answer',
    intent: 'project',
    headline: first.map((s) => factLine(report, s, wordsOf(entity))).join('；'),
    statements: [...new Set([...first, ...entity.mentions])].slice(0, MOST_QUOTED),
    figures: first.flatMap((s) => s.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date')),
  })
}

/** Of a long enumeration, what names the project is told. */
function wordsOf({ name, owner, aliases }: Entity): string[] {
  return [...new Set([name, ...aliases, owner])].filter((word) => word.length > 1).map((word) => word.toLowerCase())
}
