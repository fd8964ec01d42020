import { describe, expect, it } from 'vitest'
import { faultsOf } from '../src/reply/gate.js'
import type { Reply } from '../src/reply/model.js'
import { bot, donghe } from './support/donghe.js'

const QUESTION = '去年一般公共预算收入是多少'
const sent = bot.answer(QUESTION).reply

/** The reply with some of its parts changed by hand; the text follows the headline unless it is given. */
function changed(part: Partial<Reply>): Reply {
  const headline = part.headline ?? sent.headline
  return { ...sent, text: headline + sent.text.slice(sent.headline.length), ...part }
}
const faults = (part: Partial<Reply>, question = QUESTION) => faultsOf(changed(part), donghe, question)
const [citation] = sent.citations as [Reply['citations'][number]]

it('发出去的回复没有毛病', () => {
  expect(sent.headline).toContain('12.39亿元')
  expect(faults({})).toEqual([])
})

describe('数', () => {
  const wrong: [name: string, headline: string, numeral: string][] = [
    ['抄错一位', '2024年：一般公共预算收入完成12.93亿元（预计）', '12.93'],
    ['少了小数', '2024年：一般公共预算收入完成12亿元（预计）', '12'],
    ['换算过', '2024年：一般公共预算收入完成123900万元（预计）', '123900'],
    ['全角的错数', '2024年：一般公共预算收入完成１３．３９亿元（预计）', '13.39'],
    ['凭空多出一个', '2024年：一般公共预算收入完成12.39亿元（预计），全市第3', '3'],
  ]
  it.each(wrong)('%s，不放行', (_, headline, numeral) => {
    expect(faults({ headline })).toEqual([expect.stringContaining(`numeral ${numeral} `)])
  })

  it('标题下面的话里有错数，不放行', () => {
    expect(faults({ text: `${sent.text}\n另有77.7亿元` })).toEqual([expect.stringContaining('numeral 77.7 ')])
  })

  it('问题里说过的数可以重复', () => {
    const headline = '报告没有写到“99.9亿元”。（预计）'
    expect(faults({ headline })).not.toEqual([])
    expect(faults({ headline }, '去年收入是99.9亿元吗')).toEqual([])
  })

  it('算出来的数要标明是算的', () => {
    const text = `${sent.text}\n共77句`
    const total = { ...sent.figures[0]!, text: '77句', value: 77, qualifier: '', derived: true }
    const counted = (formula: string) => faults({ text, figures: [...sent.figures, { ...total, formula }] })
    expect(faults({ text })).not.toEqual([])
    expect(counted(`“${sent.citations[0]!.quote.slice(0, 12)}”`)).toEqual([])
    expect(counted('“没有引过的一句”')).not.toEqual([])
    expect(counted('12.39 − 11.05')).not.toEqual([])
    expect(counted('')).not.toEqual([])
  })

  it('列表的编号不算数', () => {
    expect(faults({ text: `${sent.headline}\n7. 一般公共预算收入\n8. 税收\n${sent.text}` })).toEqual([])
  })
})

describe('限定词', () => {
  it('丢了“预计”，不放行', () => {
    const text = sent.text.replaceAll('预计', '')
    const found = faults({ headline: sent.headline.replaceAll('预计', ''), text })
    expect(found).toContainEqual(expect.stringMatching(/hedge 预计 of 12\.39亿元 is missing/))
  })

  it('丢了“左右”，不放行', () => {
    const question = '今年GDP目标增长多少'
    const { reply } = bot.answer(question)
    const bare = { ...reply, headline: reply.headline.replace('左右', ''), text: reply.text.replaceAll('左右', '') }
    expect(reply.headline).toContain('8%左右')
    expect(faultsOf(bare, donghe, question)).toContainEqual(expect.stringMatching(/hedge 左右 of 8% is missing/))
  })
})

describe('引文', () => {
  const broken: [name: string, quote: string][] = [
    ['改了一个字', citation.quote.replace('一般公共', '一般公众')],
    ['改了一个数', citation.quote.replace('12.39', '12.93')],
    ['添了几个字', `${citation.quote.slice(0, 8)}确实${citation.quote.slice(8)}`],
    ['别处的话', '工业经济释放新动能。'],
  ]
  it.each(broken)('%s，读不回来，不放行', (_, quote) => {
    expect(faults({ citations: [{ ...citation, quote }] })).toContainEqual(
      `quotation does not read back at ${citation.start}`,
    )
  })
  it('比它的位置短一截，读不回来，不放行', () => {
    expect(faults({ citations: [{ ...citation, quote: citation.quote.slice(0, -6) }] })).not.toEqual([])
  })
  it('补正过的一段也要读得回来', () => {
    const question = '东兴综合产业园闲置厂房盘活了多少'
    const { reply } = bot.answer(question)
    const [cited] = reply.citations as [Reply['citations'][number]]
    expect(donghe.mended.some((offset) => offset >= cited.start && offset < cited.end)).toBe(true)
    const forged = { ...reply, citations: [{ ...cited, quote: cited.quote.replace('盘活', '出让') }] }
    expect(faultsOf(forged, donghe, question)).not.toEqual([])
  })

  it('位置挪了，读不回来，不放行', () => {
    const moved = { ...citation, start: citation.start + 3, end: citation.end + 3 }
    expect(faults({ citations: [moved] })).toContainEqual(`quotation does not read back at ${moved.start}`)
  })

  it('没有引文，数就没有根据', () => {
    expect(faults({ citations: [] }, '去年收入')).toContainEqual(expect.stringContaining('numeral 12.39 '))
  })
})

describe('标题', () => {
  it('有两行，不放行', () => {
    const headline = sent.headline.replace('，', '，\n')
    expect(faults({ headline })).toContainEqual('the headline has more than one line')
  })

  it('不在正文开头，不放行', () => {
    expect(faults({ text: `您好。${sent.text}` })).toContainEqual('text does not begin with the headline')
  })
})
