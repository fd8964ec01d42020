import { createBot } from '../../src/bot.js'
import { readReportLanguage } from '../../src/knowledge/language.js'
import { readLexicon } from '../../src/knowledge/lexicon.js'
import { DEFAULT_REPORT, loadReport } from '../../src/library.js'
import { questionParser } from '../../src/question/parse.js'
import { messageReader } from '../../src/question/read.js'
import { messageSplitter } from '../../src/question/split.js'
import { indexReport } from '../../src/search/index.js'

// The report that is kept with the project, and what reads and answers questions about it: built once for every test of a file.
export const language = readReportLanguage()
export const lexicon = readLexicon()
export const donghe = loadReport(DEFAULT_REPORT, language)
const index = indexReport(donghe, language)
export const parse = questionParser(index, language, lexicon)
export const split = messageSplitter(lexicon)
export const read = messageReader(split, parse, lexicon)

/** Replies that the gate held back since the bot was made; each is a fault even though nobody saw it. */
export const heldBack: string[] = []
export const bot = createBot(donghe, language, lexicon, (faults) => heldBack.push(...faults))
