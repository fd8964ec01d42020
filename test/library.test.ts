import { deserialize, serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { createBot } from '../src/bot.js'
import type { Report } from '../src/report/model.js'
import { bot, donghe, language, lexicon } from './support/donghe.js'

// The build keeps a report as it was read; a start loads it. Figures, statements and sentences must still be the same objects of each other.
describe('编译过的报告', () => {
  const kept = deserialize(serialize(donghe)) as Report

  it('与读出来的一样', () => expect(kept).toEqual(donghe))

  it('各部分仍互相指着', () => {
    expect(kept.figures.every((f) => f.sentence.figures.includes(f) && f.statement.figures.includes(f))).toBe(true)
    expect(kept.entities.every((e) => e.mentions.every((m) => kept.statements[m.id] === m))).toBe(true)
  })

  it.each(['去年GDP是多少', '永臻科技项目怎么样了', '存在哪些不足', '46个项目全部竣工，是吗'])(
    '答得一样：%s',
    (question) => {
      const other = createBot(kept, language, lexicon, () => {})
      expect(other.answer(question).reply).toEqual(bot.answer(question).reply)
    },
  )
})
