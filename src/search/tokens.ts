const FIRST_HAN = 0x3400
const RUN = /[a-z]+(?:\+[a-z0-9]+)*|\d+(?:\.\d+)?|\p{Script=Han}+/gu

/**
 * Cuts folded text into index tokens: each pair of neighbouring Han characters and each character, so that 粮 finds 粮食;
 * each Latin word; each number whole (5.5 stays one). Headings, long and many times the same, are known by their pairs alone.
 */
export function tokenize(text: string, field?: string): string[] {
  return cut(text, field !== 'headings')
}

/** The tokens by which a word is looked up: the pairs alone, which say more than their characters. */
export function termsOf(text: string): string[] {
  return cut(text, false)
}

function cut(text: string, characters: boolean): string[] {
  const tokens: string[] = []
  for (const [run] of text.matchAll(RUN)) {
    if (run.length === 1 || run.charCodeAt(0) < FIRST_HAN) {
      tokens.push(run)
      continue
    }
    for (let i = 0; i + 1 < run.length; i++) tokens.push(run.slice(i, i + 2))
    if (characters) tokens.push(...run)
  }
  return tokens
}
