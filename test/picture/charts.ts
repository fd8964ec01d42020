import type { Chart } from '../../src/picture/chart.js'

/** Rates above and below zero of two years. */
export const RATES: Chart = {
  title: '甲区：增速对照（前8项）',
  unit: '%',
  series: ['2031年实绩和预计', '2032年目标'],
  groups: [
    group('地区生产总值', 7, '7%（预计）', 8, '8%左右'),
    group('规模以上工业增加值', 11, '11%', 14, '14%左右（力争）'),
    group('固定资产投资', -3.2, '下降3.2%', 18, '18%以上'),
    group('居民消费价格', 0, '0%', -1.5, '下降1.5%以内'),
  ],
  source: '来源：（二）主要预期目标；一、执行情况',
}

/** Names longer than a line, one very large bar and some small ones. */
export const INVESTMENTS: Chart = {
  title: '投资对照',
  unit: '元',
  series: ['2031年所列项目'],
  groups: [
    sole('甲乙科技年产100吉瓦铝边框、年产150万套散热器和5万吨超导电缆智能生产线一体化基地（一期、二期）', 5.06e9),
    sole('丙园“千企万户”数字化改造项目', 8.1e7),
    sole('己路', 4.6e10),
  ],
  note: '各数照印原文，条形按同一单位画长短。',
  source: '来源：抓好工业优化升级',
}

function group(name: string, result: number, resultLabel: string, goal: number, goalLabel: string) {
  return {
    name,
    bars: [
      { series: 0, value: result, label: resultLabel },
      { series: 1, value: goal, label: goalLabel },
    ],
  }
}

function sole(name: string, value: number) {
  return { name, bars: [{ series: 0, value, label: `约${value / 1e8}亿元` }] }
}
