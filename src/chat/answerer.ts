import type { Desk, Turn } from '../desk.js'
import { messageOf, YoujuError } from '../errors.js'
import { checkMessage } from '../message.js'
import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'
import type { createAccess } from './access.js'
import { createMemory, KEPT_MS, NEW_THREAD, type Thread, withTurn } from './memory.js'
import type { Asker, Page, Utterance } from './model.js'
import { noticeReply, pageOf, pressedOf } from './pages.js'
import type { Sent, Store } from './store.js'
import type { Log } from './watch.js'
import { wordingOf } from './wording.js'

/** Readings of a question that a preview shows. */
const MOST_PREVIEWS = 5

/** The intent of a question about the report that it does not answer; to refuse is another. */
const UNANSWERED = 'not_found'

const LEAVES = [
  { word: 'nextPage', by: 1 },
  { word: 'previousPage', by: -1 },
]

/** What is to be sent, and what it leaves behind. */
export interface Answered {
  pages: Reply[]
  /** Which of the pages is shown. */
  index: number
  /** What was said up to here; empty for a notice, which nobody goes on from. */
  turns: string[]
  /** A line that stands above it: the question, where a button asked it. */
  above?: string
  /** What was told without a question, by the name it can be told by again. */
  told?: string
  /** Id of the bot's message to be changed. */
  replaces?: string
  /** The number of a reply that is kept already and only turns its page. */
  kept?: number
}

/** What is told without a question of the report: digests, and the talk about them. */
export interface Unasked {
  /** The answer to what was said, if it is about that; undefined where something else is meant. */
  answer: (utterance: Utterance, text: string) => Promise<Answered | undefined>
  /** Pages that were told, by their name. */
  again: (told: string) => Reply[] | undefined
}

export interface AnswererParts {
  desk: Desk
  unasked?: Unasked
  store: Store
  access: ReturnType<typeof createAccess>
  clock: () => number
  log: Log
}

/** Where a conversation takes place: a chat, or a thread of it. */
export const placeOf = ({ chat, thread }: Pick<Utterance, 'chat' | 'thread'>): string =>
  thread ? `${chat}/${thread}` : chat
const hereOf = (utterance: Utterance) => ({ platform: utterance.platform, place: placeOf(utterance) })
/** Whose conversation it is: each person has one of their own in each place. */
export const threadKey = (utterance: Utterance): string =>
  `${utterance.platform}:${placeOf(utterance)}:${utterance.person}`

/** Finds out what an utterance means in its conversation, and what to answer; undefined where silence is the answer. */
export function createAnswerer({ desk, unasked, store, access, clock, log }: AnswererParts) {
  const memory = createMemory(desk, clock)

  /** A fault of the program costs one reply, in which it is owned up to. */
  async function answer(utterance: Utterance): Promise<Answered | undefined> {
    try {
      return await admitted(utterance)
    } catch (cause) {
      if (cause instanceof YoujuError) return notice(cause.message)
      log.error({ error: messageOf(cause) }, 'no answer was made')
      return notice(say('fault'))
    }
  }

  /** The answer to an utterance that an earlier process had begun on: in the thread that it was asked in. */
  async function answerAgain(utterance: Utterance): Promise<Answered | undefined> {
    const sent = await store.replies.last({ ...hereOf(utterance), asked: utterance.message })
    const isOpen = sent && !sent.message && utterance.pressed === undefined
    const pages = isOpen ? memory.replayed(sent.turns).turn?.pages : undefined
    return pages ? { pages, index: 0, turns: sent!.turns, kept: sent!.id } : answer(utterance)
  }

  async function admitted(utterance: Utterance): Promise<Answered | undefined> {
    const pass = access(utterance)
    if (pass === 'allowed')
      return utterance.pressed === undefined ? ofWords(utterance) : ofPress(utterance, utterance.pressed)
    const isToTell = async () => utterance.mustBeAnswered || isFirstRefusal(utterance)
    if (pass === 'stranger') return (await isToTell()) ? notice(say('stranger')) : undefined
    const { told, waitMs } = pass.tooFast
    return told && !utterance.mustBeAnswered ? undefined : notice(say('tooFast', { seconds: Math.ceil(waitMs / 1000) }))
  }

  async function ofWords(utterance: Utterance): Promise<Answered | undefined> {
    if (utterance.unreadable) return notice(say('onlyText'))
    const wording = wordingOf(utterance)
    if ('hint' in wording) return notice(wording.hint)
    const told = await unasked?.answer(utterance, wording.questions[0]!)
    if (told) return told
    const leaf = LEAVES.find(({ word }) => wording.questions[0] === say(word))
    if (leaf) return turned(utterance, leaf.by, await threadOf(utterance))
    const before = utterance.edited
      ? await store.replies.last({ ...hereOf(utterance), asked: utterance.message })
      : undefined
    if (before && wording.questions.includes(before.turns.at(-1)!)) return undefined
    const thread = before ? memory.replayed(before.turns.slice(0, -1)) : await threadOf(utterance)
    const answered = ask(utterance, wording.questions, thread)
    return before?.message ? { ...answered, replaces: before.message } : answered
  }

  /** Asks the wordings in turn until one is answered; else the first that leaves a choice, else the first. */
  function ask(utterance: Utterance, questions: string[], thread: Thread): Answered {
    const tries: { text: string; turn: Turn }[] = []
    for (const text of questions) {
      tries.push({ text, turn: desk.answer(checkMessage(text), thread.turn) })
      if (tries.at(-1)!.turn.reply.kind === 'answer') break
    }
    const ofKind = (kind: Reply['kind']) => tries.find(({ turn }) => turn.reply.kind === kind)
    const { text, turn } = ofKind('answer') ?? ofKind('choose') ?? tries[0]!
    const turns = withTurn(thread.turns, text)
    memory.set(threadKey(utterance), { turns, turn, index: 0 })
    if (turn.reply.intent === UNANSWERED) void store.voices.unanswered(utterance.platform, text, clock())
    return { pages: turn.pages, index: 0, turns }
  }

  /** 下一页, typed: of what this person was answered last. */
  function turned(utterance: Utterance, by: number, thread: Thread): Answered {
    const pages = thread.turn?.pages ?? []
    const index = thread.index + by
    if (!pages[index]) return notice(say('noPage'))
    memory.set(threadKey(utterance), { ...thread, index })
    return { pages, index, turns: thread.turns }
  }

  /** An answer to a message of the bot goes on from that message; else the person's own thread goes on. */
  async function threadOf(utterance: Utterance): Promise<Thread> {
    // A command says all that it means.
    if (utterance.command !== undefined) return NEW_THREAD
    const own = memory.of(threadKey(utterance)) ?? (await threadBefore(utterance))
    if (!utterance.answers) return own
    const sent = await store.replies.last({ ...hereOf(utterance), message: utterance.answers })
    return !sent || isSame(sent.turns, own.turns) ? own : memory.replayed(sent.turns)
  }

  /** What this person said last here, to an earlier process or to another one. */
  async function threadBefore(utterance: Utterance): Promise<Thread> {
    const { person } = utterance
    const sent = await store.replies.last({ ...hereOf(utterance), person }, clock() - KEPT_MS)
    return sent?.turns.length ? memory.replayed(sent.turns) : NEW_THREAD
  }

  /** A button goes on from the message that it stands below, whoever presses it. */
  async function ofPress(utterance: Utterance, data: string): Promise<Answered | undefined> {
    const pressed = pressedOf(data)
    const sent = pressed && (await store.replies.byId(pressed.reply))
    if (!sent || sent.platform !== utterance.platform || sent.place !== placeOf(utterance)) return notice(say('stale'))
    const thread = memory.replayed(sent.turns)
    if (pressed.kind === 'page') {
      const { turns, told } = sent
      const pages = told ? unasked?.again(told) : thread.turn?.pages
      return pages
        ? { pages, index: pressed.index, turns, told, kept: sent.id, ...pageOver(sent, utterance) }
        : notice(say('stale'))
    }
    const question = sent.choices[pressed.index]
    if (!question) return notice(say('stale'))
    const above = say('asked', { question })
    const told = await unasked?.answer(utterance, question)
    return { ...(told ?? ask(utterance, [question], thread)), above }
  }

  /** Only the message that shows the reply is written over with another page of it. */
  function pageOver({ message }: Sent, utterance: Utterance): Pick<Answered, 'replaces'> {
    return message === utterance.message ? { replaces: message } : {}
  }

  async function isFirstRefusal({ platform, chat, person }: Utterance): Promise<boolean> {
    const refusal = `refused:${platform}:${chat}:${person}`
    const isFirst = await store.inbox.claim(refusal, clock())
    if (isFirst) await store.inbox.begin(refusal)
    return isFirst
  }

  /** Answers to a question outside any conversation, one a reading: nothing can be pressed below them. */
  function preview(asker: Asker, text: string, longest: number): Page[] {
    const wording = wordingOf({ text })
    if (!text.trim() || !isReadable(text) || 'hint' in wording || access(asker, 'preview') !== 'allowed') return []
    const pagesOf = (question: string) => desk.answer(question).pages
    const pages = pagesOf(wording.questions[0]!)
    const [first] = pages as [Reply]
    const readings = first.kind === 'choose' ? first.options.slice(0, MOST_PREVIEWS).map(pagesOf) : [pages]
    return readings.filter(([reply]) => reply!.kind !== 'chat').map((reading) => pageOf(reading, 0, longest))
  }

  return { answer, answerAgain, preview }
}

/** A word of the bot's own about the conversation. */
export function notice(text: string): Answered {
  return { pages: [noticeReply(text)], index: 0, turns: [] }
}

/** What cannot be read has no preview; it is told what is wrong when it is sent. */
function isReadable(text: string): boolean {
  try {
    return checkMessage(text) === text
  } catch {
    return false
  }
}

function isSame(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((turn, i) => turn === other[i])
}
