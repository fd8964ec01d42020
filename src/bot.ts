import { HANDLERS } from '../handlers/index.js'
import { askedApart } from './apart.js'
import { type Asked, type Kit, LEAST_CONFIDENCE } from './handler.js'
import type { ReportLanguage } from './knowledge/language.js'
import type { Lexicon } from './knowledge/lexicon.js'
import { type Conversation, NEW_CONVERSATION } from './question/conversation.js'
import type { Question } from './question/model.js'
import { normalize } from './question/normalize.js'
import { questionParser } from './question/parse.js'
import { type Message, messageReader } from './question/read.js'
import { messageSplitter } from './question/split.js'
import { compose } from './reply/compose.js'
import { type Draft, draft } from './reply/draft.js'
import { faultsOf } from './reply/gate.js'
import { mergeDrafts } from './reply/merge.js'
import type { Reply } from './reply/model.js'
import { suggester } from './reply/suggest.js'
import { say } from './reply/words.js'
import type { Report } from './report/model.js'
import { type Proposal, route } from './router.js'
import { evidenceFinder } from './search/evidence.js'
import { indexReport } from './search/index.js'

/** More parts than this of one message are not answered, and the reply says so; a pasted paragraph may hold more claims. */
const MOST_PARTS = 4
const MOST_CLAIMS = 20
/** What the other part of a question asked apart must reach, once one part is answered. */
const RELATED_CONFIDENCE = 0.36
/** What an answer must reach that has not what was only taken over as wanted. */
const OPEN_CONFIDENCE = 0.75

/** Questions below what is told unasked. */
const QUESTIONS_BELOW = 2

/** What an answer leaves behind: the reply, and the conversation as it stands after it. */
export interface Answer {
  reply: Reply
  /** The reply, and what of a long list or account follows it, a page each. */
  pages: Reply[]
  conversation: Conversation
  trace: { asked: Asked; proposals: Proposal[] }[]
}

export interface Bot {
  report: Report
  answer: (message: string, conversation?: Conversation) => Answer
  /** Tells what nobody asked: pages with two questions to go on with. `spoken`: words of others that it repeats. */
  tell: (draft: Draft, spoken?: string) => Reply[]
}

/** Builds the bot for one report. `onFault` hears of replies that the gate held back. */
export function createBot(
  report: Report,
  language: ReportLanguage,
  lexicon: Lexicon,
  onFault: (faults: string[]) => void,
  { leastConfidence = LEAST_CONFIDENCE }: { leastConfidence?: number } = {},
): Bot {
  const index = indexReport(report, language)
  const parse = questionParser(index, language, lexicon)
  const read = messageReader(messageSplitter(lexicon), parse, report.planYear)
  const find = evidenceFinder(index, lexicon, language)
  const kit: Kit = { report, index, language, lexicon, find, parse, leastConfidence }

  const suggest = suggester(report, language, (question) => {
    const asked = parse(normalize(question))
    const { draft: found } = ask(
      asked,
      { text: question, questions: [asked], cues: asked.cues, chosen: undefined, chosenAlone: true },
      NEW_CONVERSATION,
    ).proposals[0]!
    return found.kind === 'answer' ? found.statements[0] : undefined
  })

  const answer = (text: string, conversation: Conversation = NEW_CONVERSATION): Answer => {
    const message = read(text, conversation)
    const questions = (message.questions.length ? message.questions : [parse(message.text)]).flatMap((q) =>
      askedApart(q, kit),
    )
    const trace: Answer['trace'] = []
    const most = message.cues.has('check') || !message.cues.has('number') ? MOST_CLAIMS : MOST_PARTS
    for (const question of questions.slice(0, most)) {
      const before = trace.at(-1)
      const lost = question.dependent && before?.proposals[0]?.draft.kind === 'not_found'
      const asked = lost ? { ...question, contents: [...question.contents, ...question.inherited] } : question
      const whole = message.cues.has('check') ? ofSameYear(asked, before?.proposals[0]?.draft) : asked
      trace.push(ask(whole, message, conversation))
    }
    const drafts = trace.map((t) => t.proposals[0]!.draft)
    if (drafts.some((d) => d.kind === 'answer')) {
      // 去年和今年各几个: what is close enough stands beside the answer for the other year.
      for (const [i, { asked }] of trace.entries()) {
        const related = drafts[i]!.kind === 'not_found' && asked.question.apart ? relatedDraft(asked) : undefined
        if (related) drafts[i] = related
      }
    }
    const merged = mergeDrafts(drafts)
    const whole = questions.length > most ? { ...merged, lines: [...merged.lines, say('tooMany')] } : merged
    const pages = compose(report, whole, suggest(whole)).map((page) => guarded(page, text))
    const last = message.questions.at(-1) ?? conversation.last
    return {
      reply: pages[0]!,
      pages,
      conversation: { last, items: whole.items, options: whole.options, anchor: whole.statements[0]?.sentence.id },
      trace,
    }
  }

  /** 产值多少亿元，增长百分之几，对吗: a claim that goes on without a time of its own is of the time that the one before it was found in. */
  function ofSameYear(question: Question, before: Draft | undefined): Question {
    const tense = before?.statements[0]?.tense
    const isOpen = question.dependent && !question.years.length && !question.leaning
    if (!isOpen || !before?.verdict || (tense !== 'result' && tense !== 'plan')) return question
    return { ...question, years: [tense === 'result' ? report.resultYear : report.planYear] }
  }

  function relatedDraft(asked: Asked): Draft | undefined {
    // Names of the other year's things need not stand beside the indicator that the first year's stand beside.
    const open = asked.question.cues.has('list') ? withoutDemands(asked.question) : asked.question
    const [first] = route(
      HANDLERS,
      { ...asked, question: open, evidence: find(open) },
      { ...kit, leastConfidence: RELATED_CONFIDENCE },
    )
    return first?.draft.kind === 'answer' ? first.draft : undefined
  }

  /** Answers one question; what was only taken over as wanted from the question before is given up where nothing has it. */
  function ask(question: Question, message: Message, conversation: Conversation): Answer['trace'][number] {
    const asked: Asked = { question, evidence: find(question), message, conversation }
    const proposals = route(HANDLERS, asked, kit)
    if (proposals[0]!.draft.kind !== 'not_found' || !question.softWants) return { asked, proposals }
    const open = {
      ...question,
      wants: [],
      classifiers: [],
      softWants: false,
      cues: new Set([...question.cues].filter((c) => c !== 'number')),
    }
    const proposal = ask(open, message, conversation)
    return proposal.proposals[0]!.draft.confidence >= OPEN_CONFIDENCE ? proposal : { asked, proposals }
  }

  /** The gate: a reply that says more than it quotes never leaves. */
  function guarded(reply: Reply, text: string): Reply {
    const faults = faultsOf(reply, report, text)
    if (faults.length === 0) return reply
    onFault(faults)
    return compose(report, draft({ kind: 'not_found', intent: 'not_found', headline: say('notFound') }), [])[0]!
  }
  const tell = (told: Draft, spoken = '') =>
    compose(report, told, suggest(told, QUESTIONS_BELOW)).map((page) => guarded(page, spoken))
  return { report, answer, tell }
}

function withoutDemands(question: Question): Question {
  return { ...question, contents: question.contents.map((c) => (c.indicator ? { ...c, required: false } : c)) }
}
