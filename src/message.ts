import { YoujuError } from './errors.js'

/** Longest message that is read, in UTF-16 units: far beyond a question, short of a pasted document. */
const LONGEST_MESSAGE = 10_000

/** Line breaks and tabs are part of pasted text; no other control character is. */
const CONTROL = /[^\P{Cc}\t\n\r]/gu
/** Half a surrogate pair, or the mark that a decoder leaves for bytes it could not read. */
const BROKEN = /[\p{Cs}\uFFFD]/u
/** Marks that turn the direction of what follows them. */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g

/** Gives the message back if it can be read. Throws `INPUT_EMPTY`, `INPUT_TOO_LONG` or `INPUT_CHARACTERS`. */
export function checkMessage(message: string): string {
  if (message.trim() === '') throw new YoujuError('INPUT_EMPTY', '问题是空的。请写上想问的内容，比如：去年GDP是多少')
  const length = Math.max(message.length, message.normalize('NFKC').length)
  if (length > LONGEST_MESSAGE) {
    throw new YoujuError(
      'INPUT_TOO_LONG',
      `问题有 ${length} 个字符，一条最多 ${LONGEST_MESSAGE} 个。请只留下要问的那句话。`,
    )
  }
  const control = message.match(CONTROL)?.[0]
  if (control !== undefined) {
    throw new YoujuError(
      'INPUT_CHARACTERS',
      `问题里有看不见的控制字符（${codePoint(control)}）。请删掉它，或者重新输入这句话。`,
    )
  }
  if (BROKEN.test(message)) {
    throw new YoujuError('INPUT_CHARACTERS', '问题里有残缺的字符，可能是编码不对或复制时截断了。请用 UTF-8 重新输入。')
  }
  return message
}

/** The text without characters that could drive a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, '').replace(/\r/g, '').replace(DIRECTION, '')
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}
