import type { Draft } from './draft.js'
import { say } from './words.js'

/** Verdicts on more claims than this stand in lines of their own. */
const MOST_IN_LINE = 2
const VERDICTS: Draft['verdict'][] = ['wrong', 'open', 'right']

/** Answers to the parts of one message as one reply: what was found first, what was not after it. */
export function mergeDrafts(drafts: Draft[]): Draft {
  const found = drafts.filter((d) => d.kind === 'answer')
  if (drafts.length === 1 || found.length === 0) return drafts[0]!
  const missing = drafts.filter((d) => d.kind === 'not_found')
  const isCheck = found.every((d) => d.intent === 'check')
  if (found.length > MOST_IN_LINE && isCheck) return checked(found, missing)
  // Nobody is told 对 first of what is right in part.
  if (isCheck) found.sort((a, b) => VERDICTS.indexOf(a.verdict!) - VERDICTS.indexOf(b.verdict!))
  // What is right of the very statement that shows the fault is not told again.
  const told = isCheck ? found.filter((d, i) => i === 0 || d.statements[0] !== found[0]!.statements[0]) : found
  const isPart = isCheck && found[0]!.verdict === 'right' && missing.length > 0
  return {
    ...found[0]!,
    intent: found.length > 1 ? 'compare' : found[0]!.intent,
    headline: [
      ...(isPart ? [missing[0]!.headline.replace(/。$/, '')] : []),
      ...new Set(told.map((d) => d.headline.replace(/：$/, ''))),
    ].join('；'),
    statements: found.flatMap((d) => d.statements),
    figures: found.flatMap((d) => d.figures),
    lines: [...new Set([...found.flatMap((d) => d.lines), ...missing.map((d) => d.headline)])],
    items: found.flatMap((d) => d.items),
  }
}

/** A pasted paragraph: what is wrong in it and what the report lacks, a line each; that the rest is right in one. */
function checked(found: Draft[], missing: Draft[]): Draft {
  const wrong = found.filter((d) => d.verdict !== 'right')
  const right = found.filter((d) => d.verdict === 'right')
  const lines = [...wrong, ...missing].map((d) => d.headline)
  const told = [...wrong, ...right]
  return {
    ...told[0]!,
    headline: say(lines.length ? 'checked' : 'checkedRight'),
    lines: [...new Set(lines), ...(lines.length && right.length ? [say('restRight')] : [])],
    statements: told.flatMap((d) => d.statements),
    figures: told.flatMap((d) => d.figures),
  }
}
