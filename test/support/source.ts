/** Layout of a source text: white space, and marks that only tell how it looks. */
const LAYOUT = /[\s\u3000\uFEFF\u200B*]/g

/** The text without its layout, as quotations are compared. */
export function squash(text: string): string {
  return text.replace(LAYOUT, '')
}

/** The same, each character with its offset in the source. */
export function squashWithOffsets(source: string): { text: string; at: number[] } {
  const kept = Array.from({ length: source.length }, (_, i) => i).filter((i) => squash(source[i]!) !== '')
  return { text: kept.map((i) => source[i]).join(''), at: kept }
}
