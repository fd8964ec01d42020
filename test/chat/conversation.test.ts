import { describe, expect, it } from 'vitest'
import { createAccess } from '../../src/chat/access.js'
import { createMemory, withTurn } from '../../src/chat/memory.js'
import { pageOf, pressedOf } from '../../src/chat/pages.js'
import { wordingOf } from '../../src/chat/wording.js'
import { desk } from '../support/service.js'

/** A clock that goes when it is told to. */
function stoppedClock() {
  let now = 1_000_000
  return { clock: () => now, pass: (ms: number) => (now += ms) }
}
const MINUTE = 60_000

describe('一个人接着说的话', () => {
  const said = (text: string) => ({ turns: [text], turn: desk().answer(text), index: 0 })

  it('十分钟以内接得上，过了就从头来', () => {
    const { clock, pass } = stoppedClock()
    const memory = createMemory(desk(), clock)
    memory.set('安', said('去年GDP是多少'))
    pass(9 * MINUTE)
    expect(memory.of('安')?.turns).toEqual(['去年GDP是多少'])
    pass(MINUTE)
    expect(memory.of('安')).toBeUndefined()
  })

  it('人再多，记着的也有限，留下最近说话的', () => {
    const { clock, pass } = stoppedClock()
    const memory = createMemory(desk(), clock)
    const thread = said('去年GDP是多少')
    for (let i = 0; i < 5000; i++) {
      memory.set(`人${i}`, thread)
      pass(1)
    }
    expect(memory.size()).toBe(2000)
    expect(memory.of('人4999')?.turns).toHaveLength(1)
    expect(memory.of('人0')).toBeUndefined()
  })

  it('一段话也有限，最后一句总在', () => {
    let turns: string[] = []
    for (let i = 0; i < 20; i++) turns = withTurn(turns, `第${i}句`)
    expect(turns).toEqual(['第14句', '第15句', '第16句', '第17句', '第18句', '第19句'])
    expect(withTurn(['短'], '长'.repeat(9000))).toEqual(['长'.repeat(9000)])
  })

  it('重放一遍，答得一样', () => {
    const memory = createMemory(desk(), () => 0)
    const first = desk().answer('去年GDP是多少')
    const second = desk().answer('那今年目标呢', first)
    expect(memory.replayed(['去年GDP是多少', '那今年目标呢']).turn?.reply).toEqual(second.reply)
  })
})

describe('谁能问', () => {
  const ann = { platform: 'p', chat: 'room', person: 'ann' }

  it('名单空着谁都能问；写了的平台只认名单里的群和人', () => {
    expect(createAccess(new Map(), () => 0)(ann)).toBe('allowed')
    const access = createAccess(new Map([['p', new Set(['room', 'bob'])]]), () => 0)
    expect(access(ann)).toBe('allowed')
    expect(access({ ...ann, chat: 'other' })).toBe('stranger')
    expect(access({ ...ann, chat: 'other', person: 'bob' })).toBe('allowed')
    expect(access({ ...ann, platform: 'q', chat: 'other' })).toBe('allowed')
  })

  it('一分钟三十句，多了提醒一次，过一分钟又能问；一个人问得多不碍别人', () => {
    const { clock, pass } = stoppedClock()
    const access = createAccess(new Map(), clock)
    for (let i = 0; i < 30; i++) expect(access(ann)).toBe('allowed')
    expect(access(ann)).toEqual({ tooFast: { told: false, waitMs: MINUTE } })
    expect(access(ann)).toEqual({ tooFast: { told: true, waitMs: MINUTE } })
    expect(access({ ...ann, person: 'bob' })).toBe('allowed')
    pass(MINUTE)
    expect(access(ann)).toBe('allowed')
  })

  it('边打字边出的预览不占问的次数', () => {
    const access = createAccess(new Map(), () => 0)
    for (let i = 0; i < 100; i++) expect(access(ann, 'preview')).toBe('allowed')
    expect(access(ann)).toBe('allowed')
  })
})

describe('说的话变成问题', () => {
  const first = (text: string, more: { quoted?: string; command?: string } = {}) => {
    const wording = wordingOf({ text, ...more })
    return 'hint' in wording ? `提示：${wording.hint}` : wording.questions[0]
  }

  const quoted: [said: string, quoted: string, asked: string][] = [
    ['这个数对吗', '今年GDP目标增长9%', '今年GDP目标增长9%\n对吗？'],
    ['帮我核一下上面这段话', '去年粮食产量9700万斤', '去年粮食产量9700万斤\n对吗？'],
    ['', '去年粮食产量9700万斤', '去年粮食产量9700万斤\n对吗？'],
    ['看看', '去年粮食产量是多少', '去年粮食产量是多少'],
    ['这是真的吗？', '今年要建几所学校？', '今年要建几所学校\n对吗？'],
    ['社零呢', '今年GDP目标增长9%', '社零呢'],
    ['这个项目什么时候投产', '微科分布式光伏项目', '这个项目什么时候投产'],
  ]
  it.each(quoted)('“%s”，引用“%s”', (said, about, asked) => expect(first(said, { quoted: about })).toBe(asked))

  it('引用的内容看不到，就说看不到', () => {
    expect(first('这个数对吗', { quoted: '' })).toMatch(/平台没有把内容给我/)
    expect(first('社零呢', { quoted: '' })).toBe('社零呢')
  })

  it('命令变成它代表的问题；句子里的命令名不算', () => {
    expect(wordingOf({ text: '新质生产力', command: 'mc' })).toEqual({
      questions: ['新质生产力是什么意思', '新质生产力'],
    })
    expect(first('', { command: 'mb' })).toBe('今年的主要目标有哪些')
    expect(first('', { command: 'zb' })).toMatch(/提示：.*写上指标/)
    expect(first('$&$1', { command: 'mc' })).toBe('$&$1是什么意思')
    expect(first('/zb是什么')).toBe('/zb是什么')
  })

  it('标记、链接、看不见的字符都去掉，留下说的话', () => {
    expect(first('\u202E去年\u200B<b>GDP</b>[多少](javascript:x)')).toBe('去年 GDP 多少')
    expect(first('GDP<500亿对吗，>400亿对吗')).toBe('GDP<500亿对吗，>400亿对吗')
    expect(first('')).toBe('你好')
  })
})

describe('按钮', () => {
  const { pages } = desk().answer('产业有哪些')

  it('带着的话不超过六十四个字节，读得回来', () => {
    const { buttons } = pageOf(pages, 1, 2000, Number.MAX_SAFE_INTEGER)
    expect(buttons.map(({ label }) => label).slice(0, 2)).toEqual(['上一页', '下一页'])
    for (const { data } of buttons) expect(new TextEncoder().encode(data).length).toBeLessThanOrEqual(64)
    expect(pressedOf(buttons[1]!.data)).toEqual({ kind: 'page', reply: Number.MAX_SAFE_INTEGER, index: 2 })
  })

  it('别人写的不认', () => {
    for (const data of ['', 'p', 'p:1', 'x:1:1', 'p:-1:1', 'p:1:9999', 'p:1:1;drop', '__proto__', 'p:1:1\n'])
      expect(pressedOf(data), data).toBeUndefined()
  })

  it('页数之外的页是最后一页', () => {
    expect(pageOf(pages, 99, 2000, 1).place).toEqual({ page: pages.length, pages: pages.length })
  })
})
