import type { Handler } from '../src/handler.js'
import { draft } from '../src/reply/draft.js'
import { say } from '../src/reply/words.js'

/** 第二个呢: an item of the list that the last answer told. */
export const nth: Handler = {
  name: 'nth',
  handle: ({ message, conversation }, { report }) => {
    const item = message.chosen
    if (item === undefined || !message.chosenAlone || conversation.options.includes(item.text)) return undefined
    const statement = report.statements.find((s) => s.id === item.statement)
    if (!statement) return undefined
    const text = item.text.replace(/[，；。、]+$/, '')
    return draft({
      kind: 'answer',
      intent: 'list',
      headline: say('nth', { n: '一二三四五六七八九'[item.place - 1] ?? '', item: text }),
      statements: [statement],
      items: conversation.items,
      confidence: 1.4,
    })
  },
}
