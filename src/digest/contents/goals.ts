import { goalPairs, pairLine } from '../../goals.js'
import { draft } from '../../reply/draft.js'
import { factLine } from '../../reply/headline.js'
import { say } from '../../reply/words.js'
import type { Figure, Report, Statement } from '../../report/model.js'
import type { Content } from './index.js'

/** So many goals at a time. */
const AT_ONCE = 6
/** A section of fewer goals than this is not where they are announced. */
const FEWEST = 3
const HEADING = /目标/
/** A goal and a result that begin alike are of the same thing (…收入与经济同步增长). */
const ALIKE = 6

/** A goal, what the year before came to where the report tells it, and both as one line. */
interface Told {
  line: string
  statements: Statement[]
  figures: Figure[]
}

/** The goals of the year planned, with last year's results: the announced ones first, then every other one. */
export const goals: Content = {
  name: 'goals',
  items: (report) => {
    const announced = announcedGoals(report)
    const rest = report.statements.filter((s) => s.tense === 'plan' && !announced.includes(s) && s.figures.some(isGoal))
    const told = [announced.map((s) => toldOf(s, report)), rest.map((s) => toldOf(s, report, false))]
    return told.flatMap(chunks).map((chunk) => () => goalsDraft(chunk, report))
  },
}

function announcedGoals(report: Report): Statement[] {
  const inSection = report.statements.filter(
    ({ tense, text, sentence }) =>
      tense === 'plan' &&
      HEADING.test(sentence.section?.heading ?? '') &&
      !/[：:]$/.test(text) &&
      !sentence.text.endsWith('：'),
  )
  return inSection.length >= FEWEST && inSection.some((s) => s.figures.some(isGoal))
    ? inSection
    : [...new Set(goalPairs(report).map(({ goal }) => goal.statement))]
}

/** 三个实现 is a name, whatever it counts. */
function isGoal({ status, kind, text }: Figure): boolean {
  return status === 'target' && /\d/.test(text) && kind !== 'name' && kind !== 'date' && kind !== 'threshold'
}

/** `loosely`: a result that begins alike will do where no figure is named the same. */
function toldOf(statement: Statement, report: Report, loosely = true): Told {
  const pairs = goalPairs(report).filter(({ goal }) => goal.statement === statement)
  if (pairs.length === 1 && statement.figures.length === 1) {
    const [pair] = pairs as [(typeof pairs)[number]]
    const figures = [pair.goal, pair.result]
    return { line: pairLine(pair, report), statements: [statement, pair.result.statement], figures }
  }
  const result = loosely ? resultLike(statement, report) : undefined
  const statements = result ? [statement, result] : [statement]
  return {
    line: [...statements]
      .reverse()
      .map((s) => factLine(report, s))
      .join('；'),
    statements,
    figures: statements.flatMap((s) => s.figures.filter((f) => f.kind !== 'name' && f.kind !== 'date')),
  }
}

/** Last year's statement that begins like this one, the one that goes on alike for longest. */
function resultLike({ text }: Statement, { statements }: Report): Statement | undefined {
  const alike = (other: string) => [...other].findIndex((char, i) => char !== text[i])
  const results = statements.filter((s) => s.tense === 'result' && alike(s.text) >= ALIKE)
  return results.sort((a, b) => alike(b.text) - alike(a.text))[0]
}

function goalsDraft(told: Told[], { planYear, resultYear }: Report) {
  const hasResults = told.some(({ statements }) => statements.length > 1)
  return draft({
    kind: 'answer',
    intent: 'goals',
    headline: say(hasResults ? 'digestGoals' : 'digestPlans', { planYear, resultYear }),
    lines: told.map(({ line }) => line),
    statements: [...new Set(told.flatMap(({ statements }) => statements))].sort((a, b) => a.start - b.start),
    figures: told.flatMap(({ figures }) => figures),
  })
}

function chunks(told: Told[]): Told[][] {
  return Array.from({ length: Math.ceil(told.length / AT_ONCE) }, (_, i) => told.slice(i * AT_ONCE, (i + 1) * AT_ONCE))
}
