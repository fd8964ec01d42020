import type { Cue } from '../knowledge/lexicon.js'
import { type Chosen, type Conversation, chosenFrom } from './conversation.js'
import { hasSubstance, isAsking, lean, merge, pointsBack } from './lean.js'
import type { Content, Question } from './model.js'
import { normalize } from './normalize.js'

export interface Message {
  text: string
  questions: Question[]
  cues: Set<Cue>
  /** The item or option that 第二个 points at. */
  chosen: Chosen | undefined
  /** Nothing more is asked of it. */
  chosenAlone: boolean
}

/** 去年改的30个小区，…: known things, of which something is asked next. */
const KNOWN = /的\d+个[^，]+$/

/** What a message has been read into so far. */
interface Reading {
  questions: Question[]
  /** A subject named before anything is asked of it: 青禾那两个项目，去年底什么状态. */
  topic: Question | undefined
  /** What the next question may lean on. */
  previous: Question | undefined
}

/** Makes the function that reads a message, in its conversation, into the questions it asks. */
export function messageReader(split: (text: string) => string[], parse: (text: string) => Question, planYear: number) {
  return (message: string, conversation: Conversation): Message => {
    const text = normalize(message)
    const chosen = chosenFrom(text, conversation)
    const pieces = withoutPointers(split(text).map(parse))
    const chosenAlone = !pieces.some((piece) => hasSubstance(piece) || piece.wants.length > 0 || piece.years.length > 0)
    if (chosen && !chosenAlone && pieces[0])
      pieces[0] = merge(pieces[0], { ...parse(chosen.text), text: '', years: [], cues: new Set(), words: [] })
    const cues = new Set<Cue>(pieces.flatMap((piece) => [...piece.cues]))
    if (chosen) for (const cue of parse(chosen.text).cues) cues.add(cue)
    if (pieces.length === 0 && text) cues.add('offtopic')
    const reading: Reading = {
      questions: [],
      topic: undefined,
      previous: chosen ? parse(chosen.text) : conversation.last,
    }
    for (const [i, piece] of pieces.entries()) readPiece(piece, reading, i === pieces.length - 1, conversation)
    const { questions, topic, previous } = reading
    if (questions.length === 0 && (topic ?? (chosen && previous))) questions.push(topic ?? previous!)
    return { text, questions, cues, chosen, chosenAlone }
  }

  function readPiece(piece: Question, reading: Reading, isLast: boolean, conversation: Conversation): void {
    const { questions, topic } = reading
    const [names, asks] = [hasSubstance(piece), isAsking(piece)]
    const says = names || asks || piece.years.length > 0 || piece.leaning !== undefined || pointsBack(piece)
    if (!says) return
    const isPlain = names && !asks && (!piece.mentions.length || (!isLast && KNOWN.test(piece.text)))
    if (isPlain && !isLast) {
      reading.topic = topic ? merge(topic, piece) : piece
      return
    }
    if (topic && names && !asks && questions.length === 0) questions.push(topic)
    const own = questions.at(-1)
    if (own && !names && addsTo(own, piece))
      questions[questions.length - 1] = merge(own, own.contents.length ? piece : { ...piece, contents: [] })
    else if (own && isPlain && !pointsBack(piece)) remark(own, piece)
    else if (topic && isNumberOf(piece)) {
      questions.push(merge(topic, piece))
      reading.topic = undefined
      reading.previous = questions.at(-1)
    } else ask(piece, reading, own, conversation)
  }

  function ask(piece: Question, reading: Reading, own: Question | undefined, conversation: Conversation): void {
    const { questions, topic, previous } = reading
    const open = own || topic ? piece : { ...piece, anchor: conversation.anchor }
    if (topic && !own && topic.years.length && piece.years.some((year) => !topic.years.includes(year))) {
      // 种粮面积去年完成数和今年要求数分别多少: the topic is asked of its own year too.
      const cues = new Set([...topic.cues, ...piece.cues])
      questions.push({ ...topic, wants: piece.wants, classifiers: piece.classifiers, cues })
    }
    const before = topic ?? previous
    const question = before ? lean(open, before, topic !== undefined || own !== undefined) : open
    questions.push(question)
    reading.previous = question
  }

  /** Whether a piece without a subject only adds to the question before it (面积多大), and does not ask it anew for another year. */
  function addsTo(own: Question, piece: Question): boolean {
    if (piece.years.every((year) => own.years.includes(year))) return true
    const asksAnew = isAsking(piece) || pointsBack(piece)
    return own.years.length === 0 && (!asksAnew || piece.years.every((year) => year < planYear))
  }
}

/** 另外那家呢，青禾园: what only points is not asked where another piece names. */
function withoutPointers(pieces: Question[]): Question[] {
  const isPointer = (q: Question) => !hasSubstance(q) && pointsBack(q) && !isAsking(q) && !q.years.length && !q.ownPlace
  return pieces.some(hasSubstance) ? pieces.filter((piece) => !isPointer(piece)) : pieces
}

/** 教育界别小组要用: said beside a question; a match counts, a miss does not, but a place named there holds. */
function remark(question: Question, piece: Question): void {
  // 含化债 is only to be told as well.
  const holds = (c: Content) => c.required === true && !(c.indicator && piece.cues.has('including'))
  question.inherited.push(...piece.contents.filter((c) => !holds(c)))
  question.contents.push(...piece.contents.filter(holds))
}

/** 167.5%，对吧: nothing but the number claimed of the topic. */
function isNumberOf(piece: Question): boolean {
  const isMention = (text: string) => piece.mentions.some((m) => m.text === text)
  return piece.mentions.length > 0 && piece.contents.every((c) => c.weight <= 0.3 || isMention(c.text))
}
