import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { Figure, Report, Statement } from '../report/model.js'
import type { Draft } from './draft.js'
import { say } from './words.js'

const SHORTEST_METRIC = 4
const LONGEST_METRIC = 16
/** What a name cannot begin or end with: 亿元以上产业类项目 cut at its number, an enumeration cut short. */
const FRAGMENT = /^(?:以[上下内]|等)|[等的及和]$/
/** So many neighbours are tried before a statement goes without a suggestion. */
const MOST_TRIED = 4

/**
 * Makes the function that offers the next question: what the other year says of the same thing, else the next figure of the section.
 * Only questions that `answers` (which returns the statement an answer cites first) leads to the statement meant are offered.
 */
export function suggester(
  report: Report,
  { figures }: ReportLanguage,
  answers: (question: string) => Statement | undefined,
) {
  /** 完成抽检 is an act, not a name that one would ask by. */
  const act = new RegExp(`^(?:${anyOf([...figures.subjectless, ...figures.leadingVerbs])})`)
  const known = new Map<Statement, string[]>()

  /** `least`: so many are wanted at least, and looked for further and further away. */
  return (draft: Draft, least = 0): string[] => {
    const statement = draft.statements[0]
    if (draft.kind === 'choose') return []
    const questions = statement ? kept(statement, () => [otherYear(statement), neighbour(statement)]) : []
    return questions.length < least ? topped(questions, draft.statements, least) : questions
  }

  function topped(questions: string[], told: Statement[], least: number): string[] {
    const from = told[0]?.id ?? 0
    const around = [...report.statements.slice(from), ...report.statements.slice(0, from)]
    const more = new Set(questions)
    for (const statement of [...told.slice(1), ...around]) {
      if (more.size >= least) break
      for (const question of kept(statement, () => [otherYear(statement), ownQuestion(statement)])) more.add(question)
    }
    return [...more].slice(0, least)
  }

  function kept(statement: Statement, make: () => (string | undefined)[]): string[] {
    const questions = known.get(statement) ?? make().filter((question) => question !== undefined)
    known.set(statement, questions)
    return questions
  }

  function ownQuestion(statement: Statement): string | undefined {
    const metric = statement.figures.find(isAsked)?.metric
    const question = metric && questionFor(metric, statement.tense)
    return question && answers(question) === statement ? question : undefined
  }

  function otherYear(statement: Statement): string | undefined {
    const metric = statement.figures.find(isAsked)?.metric
    if (!metric || (statement.tense !== 'result' && statement.tense !== 'plan')) return undefined
    const tense = statement.tense === 'result' ? 'plan' : 'result'
    const question = questionFor(metric, tense)
    return answers(question)?.tense === tense ? question : undefined
  }

  function neighbour(statement: Statement): string | undefined {
    const { section } = statement.sentence
    const near = report.figures.filter((f) => f.sentence.section === section && f.statement !== statement && isAsked(f))
    const after = near.filter((f) => f.statement.id > statement.id)
    for (const figure of [...after, ...near].slice(0, MOST_TRIED)) {
      const question = questionFor(figure.metric, figure.statement.tense)
      if (answers(question) === figure.statement) return question
    }
    return undefined
  }

  function questionFor(metric: string, tense: Statement['tense']): string {
    return tense === 'plan'
      ? say('askGoal', { year: report.planYear, metric })
      : say('askResult', { year: report.resultYear, metric })
  }

  function isAsked({ kind, metric, text }: Figure): boolean {
    // What a plant can make, and 三个高地, are asked for by other words.
    const isNamed =
      kind === 'name' || kind === 'date' || kind === 'threshold' || kind === 'capacity' || !/\d/.test(text)
    const isName =
      metric.length >= SHORTEST_METRIC && metric.length <= LONGEST_METRIC && !/[，；（）“”、\d]/.test(metric)
    return !isNamed && isName && !act.test(metric) && !FRAGMENT.test(metric)
  }
}
