import { ASKING_CUES } from '../knowledge/lexicon.js'
import type { Content, Question } from './model.js'

/** A content heavier than this is a subject; lighter ones (增速, 情况) are not. */
const SUBJECT = 0.3
/** 新建的呢: what else would be too light to count is the subject here. */
const PROMOTED = 0.6
const LEANS_ON = /^(?:哦|噢|嗯|啊)?(?:那么?|那个|其中|它|他们|这个|这些|这家|该|其)/
/** So many characters bound a number (以上). */
const BOUND = 2
/** So many say what became of it (增长). */
const CHANGE = 2
/** 搞不搞, 有没有 */
const OR_NOT = /(\p{Script=Han})[不没]\1/u
const WHAT_OF = /呢[?？]?$/

/** Whether a question names what it is about. */
export function hasSubstance(question: Question): boolean {
  return question.contents.some((c) => c.weight > SUBJECT)
}

/** Whether a word of the question asks. */
export function isAsking(question: Question): boolean {
  return question.wants.length > 0 || OR_NOT.test(question.text) || ASKING_CUES.some((cue) => question.cues.has(cue))
}

/** 那今年呢, 药呢: asked of what was spoken of. */
export function pointsBack(question: Question): boolean {
  return question.ownPlace || WHAT_OF.test(question.text)
}

/** Two pieces of a message as one question. Joined things stay apart where both name one. */
export function merge(a: Question, b: Question): Question {
  const isJoint = hasSubstance(a) && hasSubstance(b)
  const offset = isJoint ? a.groups + 1 : a.groups
  return {
    ...a,
    text: `${a.text}，${b.text}`,
    contents: [...a.contents, ...b.contents.map((c) => ({ ...c, group: c.group + offset }))],
    groups: a.groups + b.groups + (isJoint ? 1 : 0),
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
export function lean(question: Question, before: Question, sameMessage: boolean): Question {
  const named = hasSubstance(question) || !WHAT_OF.test(question.text) ? question : promoted(question)
  if (!hasSubstance(named) || isToldOf(named, before, sameMessage) || (sameMessage && isNumberAlone(named)))
    return ofSameSubject(named, before, sameMessage)
  const isElliptic = LEANS_ON.test(named.text) || WHAT_OF.test(named.text) || !isAsking(named)
  return isElliptic || sameMessage ? ofNewSubject(named, before, sameMessage) : { ...named, anchor: undefined }
}

/** 投资多大, after a named project, is asked of the project. */
function isToldOf(question: Question, before: Question, sameMessage: boolean): boolean {
  const heavy = (q: Question) => q.contents.filter((c) => c.weight > SUBJECT)
  return (
    (sameMessage || question.years.length === 0) &&
    question.mentions.length === 0 &&
    heavy(question).every((c) => c.relational) &&
    heavy(before).some((c) => !c.relational && !c.indicator)
  )
}

/** …，涉及451人 and …，同比下降29%: a number claimed of what the piece before names. */
function isNumberAlone({ contents, mentions }: Question): boolean {
  // 18%以上, 增长8%左右 may be runs of the report.
  const isNumber = (c: Content) =>
    c.number || mentions.some((m) => c.text.includes(m.text) && c.text.length - m.text.length <= BOUND + CHANGE)
  return mentions.length > 0 && contents.filter((c) => c.weight > SUBJECT).every((c) => isNumber(c) || c.relational)
}

function promoted(question: Question): Question {
  const isSubject = (c: Content) => c.source === 'row' && !c.indicator && !c.aspect && c.text.length > 1
  return { ...question, contents: question.contents.map((c) => (isSubject(c) ? { ...c, weight: PROMOTED } : c)) }
}

function ofSameSubject(question: Question, before: Question, sameMessage: boolean): Question {
  const keeps = (c: Content) =>
    c.weight >= SUBJECT &&
    !(c.relational && !c.verbal && question.wants.length > 0) &&
    !(question.ownPlace && isPlace(c)) &&
    !before.mentions.some((m) => m.text === c.text)
  const asks = isAsking(question)
  const wantsNothing = asks && !question.cues.has('number')
  return {
    ...question,
    // …，是不是: what is to be borne out is the piece before; a number of its own is a claim of its own.
    text: sameMessage && !question.mentions.length ? `${before.text}，${question.text}` : question.text,
    ...timeOf(question, before, question.years.length === 0),
    contents: [...before.contents.filter(keeps).map(uncounted), ...question.contents],
    inherited: before.inherited,
    dependent: sameMessage,
    softWants: question.wants.length === 0,
    apart: sameMessage,
    wants: question.wants.length ? question.wants : wantsNothing ? [] : before.wants,
    cues: asks ? question.cues : new Set([...before.cues, ...question.cues]),
    foreignPlace: question.foreignPlace ?? (question.ownPlace ? undefined : before.foreignPlace),
  }
}

function ofNewSubject(question: Question, before: Question, sameMessage: boolean): Question {
  return {
    ...question,
    ...timeOf(question, before, question.years.length === 0 && !question.leaning),
    anchor: undefined,
    contents: sameMessage ? [...question.contents, ...before.contents.filter(isPlace)] : question.contents,
    inherited: before.contents,
    dependent: sameMessage,
    apart: sameMessage,
    cues: isAsking(question) ? question.cues : new Set([...before.cues, ...question.cues]),
  }
}

function timeOf(question: Question, before: Question, keepsTime: boolean): Pick<Question, 'years' | 'leaning'> {
  if (!keepsTime) return { years: question.years, leaning: question.leaning }
  return { years: before.years, leaning: question.leaning ?? before.leaning }
}

/** 盘活了多少亩低效用地, 今年呢: the other year may word it otherwise. */
function uncounted({ counted: _, ...content }: Content): Content {
  return content
}

/** A place that the answer must name. */
function isPlace(content: Content): boolean {
  return content.required === true && !content.indicator
}
