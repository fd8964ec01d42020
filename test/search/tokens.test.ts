import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/search/tokens.js'

/** Tokens that a text must be found by, and some that would find it by mistake. */
const rows: [why: string, text: string, tokens: string[], never: string[]][] = [
  ['小数不拆开', '增长5.5%', ['增长', '5.5'], ['5', '55']],
  ['整数是一个词', '2024年', ['2024'], ['20', '24']],
  ['字母和数字分开', 'b2b业务', ['b', '2', '业务'], ['bb']],
  ['PM2.5 的数还是一个数', 'pm2.5浓度', ['pm', '2.5', '浓度'], ['2', '5']],
  ['数字代号按数拆', '1+14+n', ['1', '14', 'n'], ['114', '4']],
  ['字母代号不拆', 'n+x模式', ['n+x', '模式'], ['nx']],
  ['汉字两两成词', '社会消费品', ['社会', '会消', '消费', '费品'], ['社消', '会费']],
  ['单独一个汉字也算', '5亩', ['5', '亩'], ['5亩']],
  ['标点断开', '果蔬、蔬菜，粮食', ['果蔬', '蔬菜', '粮食'], ['蔬蔬', '菜粮']],
  ['不跨过字母和数字', '建5g基站', ['5', 'g', '基站'], ['建基']],
  ['扩展区的汉字也是汉字', '㐂丰村', ['㐂丰', '丰村'], ['㐂村']],
]

describe('一段话拆成的词', () => {
  it.each(rows)('%s：%s', (_, text, tokens, never) => {
    const cut = tokenize(text)
    expect(cut).toEqual(expect.arrayContaining(tokens))
    expect(cut.filter((token) => never.includes(token))).toEqual([])
  })

  it('只有标点，没有词', () => expect(tokenize('，。！“”%')).toEqual([]))

  it('问题和报告拆法一样，才对得上', () => {
    for (const code of ['5.5', 'b2b', '1+14+n', 'pm2.5', '社零'])
      expect(tokenize(`打造${code}`)).toEqual(expect.arrayContaining(tokenize(code)))
  })
})
