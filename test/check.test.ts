import { describe, expect, it } from 'vitest'
import { bot } from './support/donghe.js'

const verdict = (message: string) => bot.answer(message).reply.headline

describe('核对：只有数对得上还不算对', () => {
  const wrong: [message: string, why: string][] = [
    ['GDP500亿元对吗', '数紧跟在字母后面'],
    ['GDP不是482.6亿元对吗', '否定了报告说的'],
    ['听说去年GDP还没到400亿，是这样吗', '比的是总额，不是旁边的增速'],
    ['包头金街没有获得称号对吗', '否定了报告说的'],
    ['剪纸展示馆已经完工对吗', '报告说的是即将'],
    ['微科分布式光伏已经投运对吗', '报告说的是计划'],
    ['蔬菜产量是3亿株吗', '“分别”里的另一个数'],
    ['规上工业增加值下降11%对吗', '方向反了，名字里又有“增加”'],
    ['规上工业增加值负增长11%是吗', '方向反了'],
    ['物流货运规模4000万吨以下对吗', '界限反了'],
    ['举办文旅活动400场以下对吗', '界限反了'],
    ['固定资产投资今年增长不超过18%对吗', '界限反了'],
    ['蔬菜产量正好48万吨对吗', '报告说的是突破'],
    ['外资4468万美元对吗', '币种不同'],
    ['矛盾纠纷警情下降15.5%对吗', '相邻的另一类警情的数'],
    ['湿地鸟类新增242种对吗', '报告说的是增加至'],
    ['去年GDP是482.6亿元，增长8%，对吗', '两个数里错了一个，错的先说'],
    ['挽回劳动者损失8123.82万元，涉及451人，对吗', '后一个数说的还是前一件事'],
    ['进出口总量11.47亿元，同比下降29%，对吗', '后一个数的方向反了'],
    ['投产率比竣工率还高，是吗', '两个数比反了'],
    ['枫桥经验是江苏那边创造的，对吗', '名词解释里是另一个省'],
  ]
  it.each(wrong)('%s → 不对（%s）', (message) => {
    expect(verdict(message)).toMatch(/^不对/)
  })

  const unsure: [message: string, why: string][] = [
    ['中考全市第2名对吗', '名次没有读成数'],
    ['永臻科技项目已经投产对吗', '说的是另一件事'],
    ['正北食品获批自治区级绿色供应链企业对吗', '奖项是别家的'],
    ['包头铝业公司获评国家级绿色工业园区对吗', '“分别”里谁对谁要自己看'],
    ['永臻科技年产150万套新能源汽车用散热器，对吗', '顿号隔开的另一家的产量'],
    ['天禾生态农业3000头奶牛牧场完工了，对吗', '顿号隔开的另一家的项目'],
    ['平远公司年废橡胶加工能力200万吨，对吗', '同一句里另一家的原料'],
    ['社零增长了203.1亿元，对吗', '总额说成了增量'],
    ['市场主体总数4000户，对吗', '增量说成了总数'],
    ['固投去年增长18%以上，是吧', '那是今年的目标'],
  ]
  it.each(unsure)('%s → 不说“对”（%s）', (message) => {
    expect(verdict(message)).not.toMatch(/^对/)
  })

  const right = [
    '社零是203.1亿对吗',
    '固投的目标定了18%以上对吗',
    'GDP超过400亿对吗',
    'GDP不到500亿对吗',
    '去年没有返贫致贫，对吗',
    '固定资产投资今年增长18%以上对吗',
    '药品抽检60批次对吗',
    '市场主体连着四年都增四千户以上，是真的吗',
    '去年累计108天没有刑事警情，是这样吧',
    '去年旅游接待591.1万人次，花了29.5亿，对吧',
    '城镇就业达到9300人，对吗',
  ]
  it.each(right)('%s → 对', (message) => {
    expect(verdict(message)).toMatch(/^对/)
  })
})

describe('核对：贴一整段', () => {
  const paragraph =
    '核对一下这段：2024年全区地区生产总值完成482.6亿元，同比增长7%；社会消费品零售总额完成213.1亿元；固定资产投资同比增长31.2%；一般公共预算收入完成12.39亿元。进出口贸易总量11.47亿元，同比增加39%。城镇新增就业9300人。'

  it('错的一条一行，写出报告的数；其余说一句', () => {
    const { text } = bot.answer(paragraph).reply
    const wrong = text.split('\n').filter((line) => line.startsWith('不对'))
    expect(wrong).toHaveLength(2)
    expect(wrong.join()).toContain('203.1亿元')
    expect(wrong.join()).toContain('29%')
    expect(text).toContain('其余的说法与报告一致')
  })

  it('全对的一段不挑错', () => {
    const { text } = bot.answer(
      '这段话对吗：2024年全区地区生产总值完成482.6亿元；固定资产投资同比增长31.2%；城镇新增就业9300人。',
    ).reply
    expect(text).toContain('都与报告一致')
    expect(text).not.toContain('不对')
  })
})

describe('清单的总数', () => {
  it('共几句是数出来的，标明是算的，引到的每一句都列在算式里', () => {
    const { figures, citations, text } = bot.answer('去年有哪些项目投产').reply
    const total = figures.find((f) => f.derived)!
    expect(text).toContain(`共${total.text}`)
    expect(total.value).toBe(citations.length)
    expect(total.formula!.split(' + ')).toHaveLength(citations.length)
  })
})
