import { say } from '../reply/words.js'
import type { Utterance } from './model.js'
import { CHAT, CHECK_WORDS, commandOf, GREETING, HELP } from './rows.js'

/** Marks without a body: they hide in what is copied, and can turn the direction of what follows. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g
const LINK = /\[([^\]]{0,200})\]\([^)]{0,500}\)/g
/** HTML, and how chat platforms write mentions. */
const TAG = /<\/?[a-z][^<>]{0,200}>|<[@#][!&]?\w+>/gi
const PUNCTUATION = /[\s\p{P}\p{S}]/gu

const words = (list: string[]) =>
  new RegExp(
    [...list]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[?.*+]/g, '\\$&'))
      .join('|'),
    'g',
  )
const ABOUT_THE_QUOTED = words([...CHAT.pointing, ...CHECK_WORDS])
const ASKS = words(CHAT.asking)

/** What an utterance asks: questions to be tried in order until one is answered, or a hint on what is missing. */
export type Wording = { questions: string[] } | { hint: string }

/** Puts an utterance into the words of a question: a command into the one that it stands for, a quoted message into a claim to be checked. */
export function wordingOf({
  text,
  command,
  ...to
}: Pick<Utterance, 'text' | 'command' | 'quoted' | 'answers'>): Wording {
  const typed = clean(text)
  if (command !== undefined) return ofCommand(command, typed)
  // Below an answer of the bot's own, only who asks for a check wants one.
  const quoted = to.answers && !isCheck(typed) ? undefined : to.quoted
  if (quoted !== undefined && isAbout(typed)) {
    if (quoted) return { questions: [aboutQuoted(clean(quoted), typed)] }
    if (typed) return { hint: say('quoteUnread') }
  }
  return { questions: [typed || GREETING] }
}

/** The text without markup and without marks that cannot be seen: of a link, its words stay. */
function clean(text: string): string {
  return text.replace(INVISIBLE, '').replace(LINK, '$1 ').replace(TAG, ' ').trim()
}

function ofCommand(name: string, argument: string): Wording {
  const command = commandOf(name)
  if (!command) return { questions: [argument || HELP] }
  if (argument) return { questions: command.ask.map((question) => question.replace('{}', () => argument)) }
  return command.bare ? { questions: [command.bare] } : { hint: command.hint ?? say('onlyText') }
}

/** 这个数对吗 has no content of its own. */
function isAbout(typed: string): boolean {
  return typed.replace(ABOUT_THE_QUOTED, '').replace(PUNCTUATION, '') === ''
}

function isCheck(typed: string): boolean {
  return CHECK_WORDS.some((word) => typed.includes(word))
}

function aboutQuoted(quoted: string, typed: string): string {
  const asks = quoted.search(ASKS) >= 0
  return asks && !isCheck(typed) ? quoted : `${quoted.replace(/[？?]\s*$/, '')}\n对吗？`
}
