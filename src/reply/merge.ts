import type { Draft } from './draft.js'

/** Answers to the parts of one message as one reply: what was found first, what was not after it. */
export function mergeDrafts(drafts: Draft[]): Draft {
  const found = drafts.filter((d) => d.kind === 'answer')
  if (drafts.length === 1 || found.length === 0) return drafts[0]!
  const missing = drafts.filter((d) => d.kind === 'not_found')
  return {
    ...found[0]!,
    intent: found.length > 1 ? 'compare' : found[0]!.intent,
    headline: [...new Set(found.map((d) => d.headline))].join('；'),
    statements: found.flatMap((d) => d.statements),
    figures: found.flatMap((d) => d.figures),
    lines: [...new Set([...found.flatMap((d) => d.lines), ...missing.map((d) => d.headline)])],
    items: found.flatMap((d) => d.items),
  }
}
