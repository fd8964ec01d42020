/** Pixels that a text is wide. */
export type Measure = (text: string) => number

/** Numbers and words of Latin letters stay whole; every other character may begin a line, except as below. */
const PIECE = /[A-Za-z0-9.,%％+-]+|[\s\S]/gu
const NOT_FIRST = /^[，。、；：！？）》”’〉】％%～…·]/u
const NOT_LAST = /[（《“‘〈【]$/u

/** Lines of at most `width` pixels; only a single word that is wider by itself goes past it. */
export function wrapped(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const [piece] of text.matchAll(PIECE)) {
    if (line && measure(line + piece) > width) {
      const stays = cutOf(line, piece)
      lines.push(line.slice(0, stays))
      line = line.slice(stays)
    }
    line += piece
  }
  return line ? [...lines, line] : lines
}

/** How much of the line stays where the piece begins the next: a mark takes the character before it along, and an opening one goes along. */
function cutOf(line: string, piece: string): number {
  let stays = line.length
  while (stays > 1 && (NOT_FIRST.test(line.slice(stays) + piece) || NOT_LAST.test(line.slice(0, stays)))) stays--
  return stays > 1 ? stays : line.length
}
