import { type Answer, type Bot, createBot } from './bot.js'
import { YoujuError } from './errors.js'
import { readReportLanguage } from './knowledge/language.js'
import { readLexicon } from './knowledge/lexicon.js'
import { loadReport } from './library.js'
import type { Report } from './report/model.js'

/** An answer and the bot that gave it: what the next message of the conversation leans on. */
export interface Turn extends Answer {
  bot: Bot
}

/** One or more reports to ask. Every message is answered from exactly one of them. */
export interface Desk {
  reports: Report[]
  /** The bot of the first report: what is told unasked is told of it. */
  first: Bot
  answer: (message: string, before?: Turn) => Turn
}

/** Opens reports by id or path (at least one). `onFault` hears why a reply was held back. Throws what `loadReport` throws. */
export function openDesk(idsOrPaths: string[], onFault: (faults: string[]) => void): Desk {
  const language = readReportLanguage()
  const lexicon = readLexicon()
  const bots = idsOrPaths.map((id) => createBot(load(id), language, lexicon, onFault))

  function load(id: string): Report {
    try {
      return loadReport(id, language)
    } catch (cause) {
      if (!isFileError(cause)) throw cause
      throw new YoujuError('REPORT_UNREADABLE', `读不了 ${id}（${cause.code}）。请检查路径和读取权限。`, { cause })
    }
  }

  return {
    reports: bots.map((bot) => bot.report),
    first: bots[0]!,
    answer(message, before) {
      const bot = chooseBot(message, bots, before?.bot)
      return { ...bot.answer(message, before && carryOver(before, bot)), bot }
    },
  }
}

/**
 * The bot whose place the message names (the longest name decides: 某市某区 before 某市), among those the one whose year it names.
 * Where it names neither, the conversation stays with the report it is about, or begins with the first.
 */
function chooseBot(message: string, bots: Bot[], current?: Bot): Bot {
  const text = message.normalize('NFKC')
  const lengths = bots.map(({ report }) =>
    Math.max(0, ...report.placeAliases.filter((a) => text.includes(a)).map((a) => a.length)),
  )
  const longest = Math.max(...lengths)
  const near = bots.filter((bot, i) =>
    longest > 0 ? lengths[i] === longest : !current || bot.report.place === current.report.place,
  )
  const years = near.map(({ report }) =>
    namesYear(text, report.resultYear) ? 2 : namesYear(text, report.planYear) ? 1 : 0,
  )
  const best = near.filter((_, i) => years[i] === Math.max(...years))
  return current && best.includes(current) ? current : best[0]!
}

/** 2024, or 24年. */
function namesYear(text: string, year: number): boolean {
  return new RegExp(`(?<!\\d)(?:${year}(?!\\d)|${String(year).slice(-2)}年)`).test(text)
}

/** What was spoken of may be asked of another report (那邻市呢); positions in the old report mean nothing there. */
function carryOver(before: Turn, bot: Bot): Turn['conversation'] {
  return before.bot === bot
    ? before.conversation
    : { ...before.conversation, items: [], options: [], anchor: undefined }
}

function isFileError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'syscall' in cause
}
