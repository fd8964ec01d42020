import type { Cue } from '../knowledge/lexicon.js'
import type { Item } from '../reply/draft.js'
import type { Question } from './model.js'
import { normalize } from './normalize.js'

/** What the conversation so far leaves for a question to lean on. */
export interface Conversation {
  last: Question | undefined
  /** What 第二个 can point at: items of the last list, or options offered. */
  items: Item[]
  options: string[]
  /** The sentence that the last answer cited first. */
  anchor: number | undefined
}

export const NEW_CONVERSATION: Conversation = { last: undefined, items: [], options: [], anchor: undefined }

export interface Message {
  text: string
  questions: Question[]
  cues: Set<Cue>
  /** The item or option that 第二个 points at, with its place in the list. */
  chosen: (Item & { place: number }) | undefined
}

/** 新建的呢: what else would be too light to count is the subject here. */
const PROMOTED = 0.6
const ASKING: Cue[] = [
  'why',
  'glossary',
  'list',
  'summary',
  'status',
  'compare',
  'who',
  'where',
  'when',
  'what',
  'number',
]
const LEANS_ON = /^(?:哦|噢|嗯|啊)?(?:那么?|那个|其中|它|他们|这个|这些|这家|该|其)/
const ORDINALS = '一二三四五六七八九'

/** Makes the function that reads a message, in its conversation, into the questions it asks. */
export function messageReader(split: (text: string) => string[], parse: (text: string) => Question, planYear: number) {
  return (message: string, conversation: Conversation): Message => {
    const text = normalize(message)
    const chosen = chosenOption(text, conversation)
    const questions: Question[] = []
    const cues = new Set<Cue>()
    let lead: Question | undefined
    let previous = chosen ? parse(chosen.text) : conversation.last
    const pieces = split(text)
    if (pieces.length === 0 && text) cues.add('offtopic')
    pieces.forEach((piece, i) => {
      const question = parse(piece)
      for (const cue of question.cues) cues.add(cue)
      const asks = isAsking(question)
      const isLast = i === pieces.length - 1
      const points = question.ownPlace || /呢[?？]?$/.test(piece)
      if (!hasSubstance(question) && !asks && !question.years.length && !question.leaning && !points) return
      if (hasSubstance(question) && !asks && !isLast && !question.mentions.length) {
        lead = lead ? merge(lead, question) : question
        return
      }
      if (lead && hasSubstance(question) && !asks && questions.length === 0) {
        questions.push(lead)
      }
      const own = questions.at(-1)
      if (own && !hasSubstance(question) && joins(own, question, planYear)) {
        questions[questions.length - 1] = merge(own, {
          ...question,
          contents: own.contents.length ? question.contents : [],
        })
        return
      }
      if (own && hasSubstance(question) && !asks && !question.mentions.length && !/呢$/.test(piece)) {
        own.inherited.push(...question.contents.filter((c) => !c.required))
        own.contents.push(...question.contents.filter((c) => c.required))
        return
      }
      if (
        lead &&
        question.mentions.length &&
        question.contents.every((c) => c.weight <= 0.3 || question.mentions.some((m) => m.text === c.text))
      ) {
        questions.push(merge(lead, question))
        lead = undefined
        previous = questions.at(-1)
        return
      }
      if (!own && !lead) question.anchor = conversation.anchor
      if (lead && !own && lead.years.length && question.years.some((y) => !lead!.years.includes(y))) {
        questions.push({
          ...lead,
          wants: question.wants,
          classifiers: question.classifiers,
          cues: new Set([...lead.cues, ...question.cues]),
        })
      }
      const complete = lead
        ? lean(question, lead, true)
        : previous
          ? lean(question, previous, own !== undefined)
          : question
      questions.push(complete)
      previous = complete
    })
    if (lead && questions.length === 0)
      questions.push(previous && !asksAlone(lead) ? lean(lead, previous, false) : lead)
    if (questions.length === 0 && chosen && previous) questions.push(previous)
    return { text, questions, cues, chosen }
  }

  function asksAlone(question: Question): boolean {
    return hasSubstance(question)
  }
}

export function hasSubstance(question: Question): boolean {
  return question.contents.some((c) => c.weight > 0.3)
}

function isAsking(question: Question): boolean {
  return question.wants.length > 0 || ASKING.some((cue) => question.cues.has(cue))
}

/** Whether a piece without a subject only adds to the question before it (面积多大), and does not ask it anew for another year. */
function joins(own: Question, question: Question, planYear: number): boolean {
  if (question.years.every((year) => own.years.includes(year))) return true
  const asksAnew = isAsking(question) || /呢[?？]?$/.test(question.text)
  return own.years.length === 0 && (!asksAnew || question.years.every((year) => year < planYear))
}

function merge(a: Question, b: Question): Question {
  const offset = hasSubstance(a) && hasSubstance(b) ? a.groups + 1 : a.groups
  return {
    ...a,
    text: `${a.text}，${b.text}`,
    contents: [...a.contents, ...b.contents.map((c) => ({ ...c, group: c.group + offset }))],
    groups: a.groups + b.groups + (hasSubstance(a) && hasSubstance(b) ? 1 : 0),
    years: [...new Set([...a.years, ...b.years])],
    leaning: a.leaning ?? b.leaning,
    wants: [...a.wants, ...b.wants],
    classifiers: [...a.classifiers, ...b.classifiers],
    cues: new Set([...a.cues, ...b.cues]),
    mentions: [...a.mentions, ...b.mentions],
    nearest: [...a.nearest, ...b.nearest],
    foreignPlace: a.foreignPlace ?? b.foreignPlace,
    words: [...a.words, ...b.words],
    inherited: [...a.inherited, ...b.inherited],
  }
}

/**
 * Fills in what a question leaves unsaid from the one before: with no subject of its own it is asked of the old one,
 * with a subject of its own it keeps the old time and manner.
 */
function lean(question: Question, before: Question, sameMessage: boolean): Question {
  if (!hasSubstance(question) && /呢[?？]?$/.test(question.text))
    question = {
      ...question,
      contents: question.contents.map((c) => ({
        ...c,
        weight: c.source === 'row' && !c.indicator && !c.aspect && c.text.length > 1 ? PROMOTED : c.weight,
      })),
    }
  const substance = hasSubstance(question)
  const elliptic = LEANS_ON.test(question.text) || /呢$/.test(question.text) || !isAsking(question)
  if (!substance) {
    const contents = [
      ...before.contents.filter(
        (c) =>
          c.weight >= 0.3 &&
          !(question.ownPlace && c.required && !c.indicator) &&
          !before.mentions.some((m) => m.text === c.text),
      ),
      ...question.contents,
    ]
    const keepsYears = question.years.length === 0
    return {
      ...question,
      contents,
      softWants: question.wants.length === 0,
      years: keepsYears ? before.years : question.years,
      leaning: question.leaning ?? (keepsYears ? before.leaning : undefined),
      wants: question.wants.length
        ? question.wants
        : isAsking(question) && !question.cues.has('number')
          ? []
          : before.wants,
      inherited: before.inherited,
      cues: question.wants.length || isAsking(question) ? question.cues : new Set([...before.cues, ...question.cues]),
      foreignPlace: question.foreignPlace ?? (question.ownPlace ? undefined : before.foreignPlace),
    }
  }
  if (!elliptic && !sameMessage) return { ...question, anchor: undefined }
  const noTime = question.years.length === 0 && !question.leaning
  return {
    ...question,
    anchor: undefined,
    contents: sameMessage
      ? [...question.contents, ...before.contents.filter((c) => c.required && !c.indicator)]
      : question.contents,
    inherited: before.contents,
    dependent: sameMessage,
    years: noTime ? before.years : question.years,
    leaning: question.leaning ?? (noTime ? before.leaning : undefined),
    cues: isAsking(question) ? question.cues : new Set([...before.cues, ...question.cues]),
  }
}

/** 第二个, 最后一条, or for options offered a bare number. */
function chosenOption(text: string, { options, items }: Conversation): (Item & { place: number }) | undefined {
  const list = options.length ? options.map((option) => ({ text: option, statement: -1 })) : items
  if (!list.length) return undefined
  const bare = /^(?:就|要|选|那)?([一二三四五六七八九]|\d)(?:个|条|项|点|方面|家|种)?(?:呢|吧|的)?$/
  const ordinal =
    /第([一二三四五六七八九\d])(?:个|条|项|点|方面|家|句|张|座|种)/.exec(text) ??
    (options.length ? bare.exec(text) : null)
  const digit = ordinal?.[1]
  const place = digit
    ? ORDINALS.indexOf(digit) + 1 || Number(digit)
    : /最后(?:一个|一条|一项|一家)/.test(text)
      ? list.length
      : 0
  const item = list[place - 1]
  return item && { ...item, place }
}
