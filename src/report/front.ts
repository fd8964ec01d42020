import type { Report, Sentence } from './model.js'

const DATED = /\d{4}年\d{1,2}月/

/** What stands before the salutation (各位代表：): the title, the day and meeting, who presents it (the last line); nothing where none is read. */
export interface Front {
  lines: Sentence[]
  titled: Sentence | undefined
  dated: Sentence | undefined
  author: Sentence | undefined
}

/** Reads a report's front page. */
export function frontOf({ sentences, title }: Report): Front {
  const first = sentences.findIndex((s) => s.section)
  const before = sentences.slice(0, Math.max(0, first))
  const lines = before.slice(
    0,
    Math.max(
      0,
      before.findIndex((s) => s.text.endsWith('：')),
    ),
  )
  const titled = lines.find((s) => title.includes(s.text) || s.text.includes(title))
  const dated = lines.find((s) => DATED.test(s.text) && s !== titled)
  const last = lines.at(-1)
  return { lines, titled, dated, author: last !== titled && last !== dated ? last : undefined }
}
