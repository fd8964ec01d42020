import type { Block } from './clean.js'
import type { Section } from './model.js'

/** A run of cleaned text below one section: a paragraph, or what is left of it after its headings. */
export interface Paragraph {
  text: string
  at: number[]
  section: Section | undefined
  number: number
}

export interface Outline {
  sections: Section[]
  paragraphs: Paragraph[]
  /** Blocks before the first heading: cover, title, who gave the report when. */
  front: Block[]
}

const CHINESE_NUMBER = '[一二三四五六七八九十]+'
/** Heading schemes from the outermost inwards; a scheme's place here is its level. */
const SCHEMES = [
  new RegExp(`^第${CHINESE_NUMBER}(?:部分|章|篇)`),
  new RegExp(`^${CHINESE_NUMBER}、`),
  new RegExp(`^[（(]${CHINESE_NUMBER}[）)]`),
  /^\d{1,2}[.．、](?!\d)/,
  /^[（(]\d{1,2}[）)]/,
]
const UNNUMBERED = 1
const RUN_IN = 6
const INNER_RUN_IN = 7
const LONGEST_HEADING = 60
const LONGEST_RUN_IN = 26
const LONGEST_INNER_RUN_IN = 12
const SENTENCE_END = /[。！？]["”’』」）)]*/g

/**
 * Sorts blocks into a tree of sections and the paragraphs below them.
 * `appendices` are headings that stand alone without a number (名词解释), from knowledge/structure.yaml.
 */
export function outline(blocks: Block[], appendices: string[]): Outline {
  const sections: Section[] = []
  const paragraphs: Paragraph[] = []
  const front: Block[] = []
  const open: Section[] = []
  let numberBelow = 0
  let glossary = false

  const enter = (block: Block, from: number, to: number, level: number): Section => {
    while (open.length && open.at(-1)!.level >= level) open.pop()
    const parent = open.at(-1)
    const heading = block.text.slice(from, to).replace(/[。：:]$/, '')
    const span = { start: block.at[from]!, end: block.at[to - 1]! + 1 }
    const section: Section = { ...span, heading, level, parent, path: [...(parent?.path ?? []), heading] }
    sections.push(section)
    open.push(section)
    if (level < RUN_IN) numberBelow = 0
    return section
  }
  const leaveRunIns = () => {
    while (open.length && open.at(-1)!.level >= RUN_IN) open.pop()
  }

  blocks.forEach((block, index) => {
    leaveRunIns()
    const level = headingLevel(block, appendices, glossary)
    let from = 0
    if (level) {
      const to = headingEnd(block)
      glossary = appendices.includes(block.text.slice(0, to)) || (glossary && level > UNNUMBERED)
      enter(block, 0, to, level)
      from = to
      if (from >= block.text.length) return
    } else if (!sections.length && isFront(blocks, index)) {
      front.push(block)
    }
    numberBelow++
    const inFront = !sections.length
    for (const piece of runIns(block, from, glossary || inFront || block.item)) {
      if (piece.level) enter(block, piece.from, piece.to, piece.level)
      else paragraphs.push(slice(block, piece.from, piece.to, open.at(-1), numberBelow))
    }
  })
  return { sections, paragraphs, front }
}

function slice(block: Block, from: number, to: number, section: Section | undefined, number: number): Paragraph {
  return { text: block.text.slice(from, to), at: block.at.slice(from, to), section, number }
}

function isFront(blocks: Block[], index: number): boolean {
  const salutation = blocks.findIndex((b) => /^(?:各位|尊敬的)[^，。]{1,20}[：:]$/.test(b.text))
  return index <= (salutation < 0 ? 5 : salutation)
}

function headingLevel(block: Block, appendices: string[], glossary: boolean): number {
  if (appendices.includes(block.text)) return UNNUMBERED
  if (block.mark) return block.text.length <= LONGEST_HEADING ? block.mark : 0
  const scheme = SCHEMES.findIndex((pattern) => pattern.test(block.text))
  if (scheme >= 0) {
    if (glossary && scheme >= 2) return 0
    return headingEnd(block) ? scheme + 1 : 0
  }
  const allBold = block.bold.every(Boolean)
  return !block.item && isShortTitle(block.text) && (allBold || /\d{4}年|回顾|解释/.test(block.text)) ? UNNUMBERED : 0
}

function isShortTitle(text: string): boolean {
  return (
    text.length <= 30 &&
    text.length >= 3 &&
    !/(?:报告|公报)$/.test(text) &&
    !/[，。；：:——]/.test(text) &&
    /(?:回顾|目标|任务|工作|安排|建设|要求|情况|解释|措施|重点|展望)/.test(text)
  )
}

/** Where the heading at the block's start ends: the whole block if it is short, else its first sentence; 0 if neither is a heading. */
function headingEnd(block: Block): number {
  const { text, bold } = block
  const boldEnd = bold[0] ? bold.indexOf(false) : 0
  if (boldEnd > 0 && boldEnd <= LONGEST_HEADING) return boldEnd
  SENTENCE_END.lastIndex = 0
  const stop = SENTENCE_END.exec(text)
  if (!stop) return text.length <= LONGEST_HEADING && !/[；;：:]$/.test(text) ? text.length : 0
  const end = stop.index + stop[0].length
  return end <= LONGEST_HEADING && !/\d/.test(text.slice(4, end).replace(/\d{4}年?/g, '')) ? end : 0
}

/** Splits a paragraph at its run-in headings: 工业经济释放新动能。 at its start, 打造医疗高地。 inside it. */
function runIns(block: Block, from: number, plain: boolean): { from: number; to: number; level: number }[] {
  const pieces: { from: number; to: number; level: number }[] = []
  if (plain) return [{ from, to: block.text.length, level: 0 }]
  let textFrom = from
  let at = from
  SENTENCE_END.lastIndex = from
  for (let stop = SENTENCE_END.exec(block.text); stop; stop = SENTENCE_END.exec(block.text)) {
    const to = stop.index + stop[0].length
    const level = to < block.text.length ? runInLevel(block, at, to, at === from) : 0
    if (level) {
      if (textFrom < at) pieces.push({ from: textFrom, to: at, level: 0 })
      pieces.push({ from: at, to, level })
      textFrom = to
    }
    at = to
  }
  if (textFrom < block.text.length) pieces.push({ from: textFrom, to: block.text.length, level: 0 })
  return pieces
}

function runInLevel(block: Block, from: number, to: number, first: boolean): number {
  const sentence = block.text.slice(from, to)
  const core = sentence.replace(/^——/, '').replace(/^[一二三四五六七八九十]+是/, '')
  const isBold = block.bold[from + (sentence.length - core.length)] === true && block.bold[to - 2] === true
  if (/\d/.test(core) && !isBold) return 0
  if (first) return core.length <= LONGEST_RUN_IN && (isBold || core.split('，').length <= 2) ? RUN_IN : 0
  if (isBold) return core.length <= LONGEST_RUN_IN ? INNER_RUN_IN : 0
  return core.length <= LONGEST_INNER_RUN_IN && !/[，、：“]/.test(core.replace(/“[^”]*”/g, 'x')) ? INNER_RUN_IN : 0
}
