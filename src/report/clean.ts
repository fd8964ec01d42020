/** A run of text without white space or marks, each character remembering where it stands in the source. */
export interface Block {
  /** The cleaned characters: wrapped lines joined, marks and white space gone, page-break faults mended. */
  text: string
  /** For each character (UTF-16 unit) of `text`, its offset in the source. */
  at: number[]
  /** For each character of `text`, whether it stood in a bold mark. */
  bold: boolean[]
  /** Heading depth given by a mark of the file (`#` is 1), else 0. */
  mark: number
  /** Whether the source marked it as a list item. */
  item: boolean
}

interface Line extends Block {
  blankBefore: boolean
}

export interface CleanText {
  blocks: Block[]
  /** Source offsets of characters that were printed twice at a page break and are read once. */
  mended: number[]
  /** `key: value` lines of a front-matter head, where the file has one. */
  meta: Record<string, string>
}

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n/
const ENDS = /[。！？：；…!?:;]["”’』」）)]*$/
const STARTS_NEW =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章节部，、]|\d{1,2}[.．、](?!\d)|——|[•●▪◆])/
/** A line at least this long that does not end a sentence goes on after a blank line: a page broke there. */
const BROKEN_LINE = 30
/** Running text is known by a comma or colon even in a shorter line. */
const BROKEN_CLAUSE = 18

/**
 * Reads source text into blocks (paragraphs, headings, list items).
 * Lines that break inside a sentence are joined, also over a page break; a character doubled at a page break is read once.
 */
export function cleanText(source: string): CleanText {
  const head = FRONT_MATTER.exec(source)
  const meta = Object.fromEntries(
    (head?.[1] ?? '').split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : []
    }),
  )
  const blocks: Block[] = []
  const mended: number[] = []
  let inBody = false
  for (const line of readLines(source, head?.[0].length ?? 0)) {
    const open = blocks.at(-1)
    if (open && continues(open, line, inBody)) {
      if (line.blankBefore && isDoubled(open.text, line.text, source)) {
        mended.push(line.at[0]!)
        dropFirst(line)
      }
      append(open, line)
    } else {
      blocks.push(line)
    }
    inBody ||= isSalutation(line.text) || isNumberedHeading(line.text)
  }
  return { blocks, mended, meta }
}

/** 各位代表： opens the body; what stands before it are title lines, which must not be joined over a blank line. */
function isSalutation(text: string): boolean {
  return /^(?:各位|尊敬的)[^，。]{1,20}[：:]$/.test(text)
}

export function isNumberedHeading(text: string): boolean {
  return /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])/.test(text)
}

function continues(open: Block, line: Line, inBody: boolean): boolean {
  if (open.mark || line.mark || line.item || STARTS_NEW.test(line.text) || ENDS.test(open.text)) return false
  if (isSalutation(line.text)) return false
  const startsBold = line.bold[0] === true && line.bold.every(Boolean)
  if (startsBold || (open.bold.every(Boolean) && open.text.length > 0)) return false
  if (isNumberedHeading(open.text) && open.text.length < BROKEN_LINE) {
    return !line.blankBefore && line.text.length < 20 && !ENDS.test(line.text)
  }
  if (!line.blankBefore) return true
  if (!inBody) return false
  return (
    open.text.length >= BROKEN_LINE ||
    /[，、,]$/.test(open.text) ||
    (open.text.length >= BROKEN_CLAUSE && /[，：]/.test(open.text))
  )
}

/** 园区市政基 / 基础设施: the first character repeats the last one, and elsewhere the report prints 基础 but never 基基. */
function isDoubled(before: string, after: string, source: string): boolean {
  const [last, first, second] = [before.at(-1)!, after[0]!, after[1] ?? '']
  if (last !== first || !/\p{Script=Han}/u.test(first)) return false
  return !source.includes(last + first) && source.split(first + second).length > 2
}

function dropFirst(line: Line): void {
  line.text = line.text.slice(1)
  line.at.shift()
  line.bold.shift()
}

function append(open: Block, line: Line): void {
  const gap = /[A-Za-z]$/.test(open.text) && /^[A-Za-z]/.test(line.text)
  open.text += (gap ? ' ' : '') + line.text
  if (gap) {
    open.at.push(line.at[0]!)
    open.bold.push(false)
  }
  open.at.push(...line.at)
  open.bold.push(...line.bold)
}

function* readLines(source: string, from: number): Generator<Line> {
  let blankBefore = true
  let inComment = false
  let bold = false
  for (let start = from; start <= source.length; ) {
    let end = source.indexOf('\n', start)
    if (end < 0) end = source.length
    const line: Line = { text: '', at: [], bold: [], mark: 0, item: false, blankBefore }
    let i = start
    const opening = /^[\s\u3000\uFEFF]*(?:(#{1,6})\s+|([-*•●]|>)\s+)?/.exec(source.slice(start, end))!
    line.mark = opening[1]?.length ?? 0
    line.item = opening[2] !== undefined
    i += opening[0].length
    while (i < end) {
      if (inComment || source.startsWith('<!--', i)) {
        const close = source.indexOf('-->', i)
        inComment = close < 0 || close >= end
        i = inComment ? end : close + 3
      } else if (source.startsWith('**', i) || source.startsWith('__', i)) {
        bold = !bold
        i += 2
      } else {
        const char = source[i]!
        if (!isSpace(char) || keepsSpace(source, i)) {
          line.text += isSpace(char) ? ' ' : char
          line.at.push(i)
          line.bold.push(bold)
        }
        i++
      }
    }
    if (line.text) {
      yield line
      blankBefore = false
    } else {
      blankBefore = true
      bold = false
    }
    start = end + 1
  }
}

function isSpace(char: string): boolean {
  return /[\s\u3000\uFEFF\u200B-\u200F\u2028-\u202E\u2060]/.test(char)
}

/** A space between two Latin words is part of the text; every other one is a matter of layout. */
function keepsSpace(source: string, i: number): boolean {
  return /[A-Za-z,]/.test(source[i - 1] ?? '') && /[A-Za-z]/.test(source[i + 1] ?? '')
}
