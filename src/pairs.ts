/** The neighbouring pairs of a text's characters: what stands for words where nothing marks where they end. */
export function pairsOf(text: string): string[] {
  const pairs: string[] = []
  for (let i = 0; i + 1 < text.length; i++) pairs.push(text.slice(i, i + 2))
  return pairs
}

/** Share of a text's pairs that `within` prints, 0 to 1; 0 for a single character. */
export function shareOfPairs(text: string, within: string): number {
  let held = 0
  for (let i = 0; i + 1 < text.length; i++) if (within.includes(text.slice(i, i + 2))) held++
  return held / Math.max(1, text.length - 1)
}
