import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'

/** A line of a reply, by what it is: each platform has its own way of showing a quotation. */
export interface Block {
  kind: 'headline' | 'line' | 'quote' | 'place'
  text: string
}

/** Ends of a sentence or of a clause, at which a long line may be parted. */
const SENTENCE_END = /[。；！？!?]/
const CLAUSE_END = /[，、,：]/

/** The reply's text, line by line. */
export function linesOf({ text, headline, citations }: Reply): Block[] {
  const quotes = new Set(citations.map((c) => `“${c.quote}”`))
  const below = text.slice(headline.length).split('\n').slice(1)
  return [{ kind: 'headline', text: headline }, ...below.map((line) => ({ kind: kindOf(line, quotes), text: line }))]
}

/** The reply's text as a chat shows it: nothing in it is live, and what can be asked next goes into buttons. */
export function blocksOf(reply: Reply): Block[] {
  const [suggestion] = reply.suggestions
  const next = suggestion && !reply.options.length ? say('next', { question: suggestion }) : undefined
  const isOwn = ({ kind }: Block) => kind === 'headline' || kind === 'line'
  return linesOf(reply)
    .filter(({ text }) => text !== next)
    .map((block) => (isOwn(block) ? { ...block, text: inert(block.text) } : block))
}

/**
 * The bot's own lines may repeat words of a question. What chat platforms make live by themselves (a mention, an address) is put
 * into its full-width form; quotations are the report's, and stay as they are.
 */
export function inert(text: string): string {
  return text
    .replaceAll('@', '＠')
    .replaceAll('#', '＃')
    .replaceAll('://', '：//')
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L})|(?<=\d\.\d+)\.(?=\d)/gu, '．')
    .replace(/(?<!\S)\/(?=[a-z])/gi, '／')
}

function kindOf(line: string, quotes: Set<string>): Block['kind'] {
  return quotes.has(line) ? 'quote' : line.startsWith('——') ? 'place' : 'line'
}

/**
 * Parts of at most `longest` characters each. A quotation stays with the place below it where both fit; a block that is longer
 * than a part is itself parted, at the end of a sentence, else of a clause.
 */
export function parted(blocks: Block[], longest: number): Block[][] {
  const parts: Block[][] = []
  let room = 0
  for (const group of placed(blocks.flatMap((block) => shortBlocks(block, longest)))) {
    const size = sizeOf(group)
    for (const piece of size > longest ? group.map((block) => [block]) : [group]) {
      if (sizeOf(piece) > room) {
        parts.push([])
        room = longest
      }
      parts.at(-1)!.push(...piece)
      room -= sizeOf(piece)
    }
  }
  return parts
}

/** Quotations together with the place that they share; any other block alone. */
function placed(blocks: Block[]): Block[][] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (last?.at(-1)?.kind === 'quote' && (block.kind === 'place' || block.kind === 'quote')) last.push(block)
    else groups.push([block])
  }
  return groups
}

/** Characters, with the line break behind each block. */
export function sizeOf(blocks: Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length + 1, 0)
}

function shortBlocks(block: Block, longest: number): Block[] {
  const pieces: Block[] = []
  let rest = block.text
  while (rest.length >= longest) {
    const head = rest.slice(0, longest - 1)
    const at =
      Math.max(lastEnd(head, SENTENCE_END), 0) || Math.max(lastEnd(head, CLAUSE_END), 0) || wholeCharacters(head)
    pieces.push({ ...block, text: rest.slice(0, at) })
    rest = rest.slice(at)
  }
  return rest ? [...pieces, { ...block, text: rest }] : pieces
}

function lastEnd(text: string, end: RegExp): number {
  for (let i = text.length; i > 0; i--) if (end.test(text[i - 1]!)) return i
  return -1
}

/** Where the text can be cut without halving a character. */
function wholeCharacters(text: string): number {
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length
}
