/** What a person reads of a text in the platform's Markdown: the markup taken off. */
export function plain(markdown: string): string {
  const kept: string[] = []
  const text = protect(markdown, kept)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<@([^<>\s]+)>/g, '@$1')
    .replace(/<\/?(?:font|think|u|br)\b[^>]*>/g, '')
    .replace(/(\*{1,3}|~~)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=\S)(.*?\S)\1(?![\p{L}\p{N}_])/gu, '$2')
  const lines = text.split('\n').flatMap(plainLine)
  return lines.join('\n').replace(KEPT, (_, n: string) => kept[Number(n)] ?? '')
}

/** The ids in mentions that ring, as written: the server looks for them in the raw text, whatever is around. */
export function mentionsIn(markdown: string): string[] {
  return [...markdown.matchAll(/<@([^<>\s]+)>/g)].map((match) => match[1] ?? '')
}

/** Links that can be clicked, as written; not what stands in code, nor what was escaped. */
export function linksIn(markdown: string): string[] {
  const kept: string[] = []
  const found = protect(markdown, kept).match(/\[[^\]]*\]\([^)]*\)/g) ?? []
  return found.map((link) => link.replace(KEPT, (_, n: string) => kept[Number(n)] ?? ''))
}

/** Puts marks in the place of code and of escaped signs, which mean nothing but themselves. */
function protect(markdown: string, kept: string[]): string {
  return markdown.replace(/^```[^\n]*\n([\s\S]*?)^```[^\n]*$|(`+)(.+?)\2(?!`)|\\([!-/:-@[-`{-~])/gm, (...match) => {
    const [, fenced, , code, escaped] = match as (string | undefined)[]
    kept.push(fenced?.replace(/\n$/, '') ?? code ?? escaped ?? '')
    return `\u{E000}${kept.length - 1}\u{E001}`
  })
}

const KEPT = /\u{E000}(\d+)\u{E001}/gu

function plainLine(line: string): string[] {
  if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line) || /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/.test(line))
    return []
  const bare = line
    .replace(/^\s*(?:>\s?)+/, '')
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/^\s*[-*+]\s+/, '')
  const cells = /^\s*\|(.*)\|\s*$/.exec(bare)?.[1]
  return [
    cells === undefined
      ? bare
      : cells
          .split('|')
          .map((cell) => cell.trim())
          .join(' '),
  ]
}
