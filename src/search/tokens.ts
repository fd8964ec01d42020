const FIRST_HAN = 0x3400
const RUN = /[a-z]+(?:\+[a-z0-9]+)*|\d+(?:\.\d+)?|\p{Script=Han}+/gu

/**
 * Cuts folded text into index tokens: each pair of neighbouring Han characters, each Latin word, each number whole (5.5 stays one).
 * A lone Han character is a token of its own.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = []
  for (const [run] of text.matchAll(RUN)) {
    if (run.length === 1 || run.charCodeAt(0) < FIRST_HAN) tokens.push(run)
    else for (let i = 0; i + 1 < run.length; i++) tokens.push(run.slice(i, i + 2))
  }
  return tokens
}
