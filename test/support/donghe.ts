import { createBot } from '../../src/bot.js'
import { readReportLanguage } from '../../src/knowledge/language.js'
import { readLexicon } from '../../src/knowledge/lexicon.js'
import { DEFAULT_REPORT, loadReport } from '../../src/library.js'

// The report that is kept with the project, and the bot that answers questions about it: built once for every test of a file.
export const language = readReportLanguage()
export const lexicon = readLexicon()
export const donghe = loadReport(DEFAULT_REPORT, language)

/** Replies that the gate held back since the bot was made; each is a fault even though nobody saw it. */
export const heldBack: string[] = []
export const bot = createBot(donghe, language, lexicon, (faults) => heldBack.push(...faults))
