/**
 * Law 1 on what people see: every numeral outside the quotations of a message stands in one of them or in the place below it, unless
 * it is the number of a page, of an item in its round, of a choice or of those who wait. Gives the numerals that stand in none.
 */
export function evidenceFaults(text: string): string[] {
  const lines = text.split('\n')
  const cited = lines.filter((line) => /[“”]|——/.test(line)).join('\n')
  const own = lines.filter((line) => !/[“”]|——|排队|^问：|还可以问|第 \d+ \/ \d+ |^\d\. |再问|共\d+句/.test(line))
  if (!cited) return []
  return own
    .flatMap((line) => line.match(/\d+(?:\.\d+)?/g) ?? [])
    .filter((numeral) => !cited.includes(numeral) && !/^20\d\d$/.test(numeral))
}
