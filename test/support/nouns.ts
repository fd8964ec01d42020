import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { ROOT } from '../../src/knowledge/read.js'
import { donghe } from './donghe.js'

/** Names that only the report kept here could have brought in: its places, companies, projects, brands. */
export const PROPER_NOUNS = [
  ...['东河', '包头', '沙尔沁', '阿都赖', '留宝窑', '留柱窑', '什大股', '海岱村', '南海子', '南海湖', '南海景区'],
  ...['磴口', '头道拐', '大青山', '莎木佳', '大巴拉盖', '黑麻板', '杨圪', '达茂', '毛凤章', '工业路', '走西口'],
  ...['包铝', '永臻', '盛泰', '微科', '华云', '华资', '长发汽车', '波普', '四通', '通标', '瑞锦', '华北铝业'],
  ...['丰宾', '海星电子', '江海', '中广核', '中洲', '浙江工企', '中福戎熙', '河北建投', '汇众', '森都', '同方冠联'],
  ...['鑫生源', '华毓', '清洁塑业', '平远物资', '华翔', '金鹿', '融牧', '天禾', '华鹿', '润泽园', '正北食品', '云谷'],
  ...['恒峰', '万里机械', '华禹', '亿江', '丰川', '五二研究所', '时尚摩尔', '北辰', '鹿城', '六合枕', '徐氏杏干'],
  ...['于浩', '于涛', '严长宏', '郭芬', '杨飞云', '丁一林', '鲍昆', '王若飞', '包一中', '包二中', '包三中', '景开'],
  ...['剪华', '久石榴', '友良', '复盛公', '晋商', '红星早市', '东兴', '包你满意', '决战', '风从草原来'],
]

/** The report's figures that are too odd to stand anywhere by chance: with a decimal, or of four digits and more and not round. */
export function ownFigures(): string[] {
  const numerals = donghe.figures
    .filter((f) => f.kind !== 'date')
    .flatMap((f) => f.text.match(/\d+(?:\.\d+)?/g) ?? [])
    .filter((n) => (n.includes('.') ? n.length > 3 : n.length > 3 && !/^(?:19|20)\d\d$|00$/.test(n)))
  return [...new Set(numerals)]
}

/** `file:line: word` for each line of a file that holds one of the words; a number not as part of a longer one. */
export function linesWith(path: string, words: string[], text = readFileSync(path, 'utf8')): string[] {
  return text
    .split('\n')
    .flatMap((line, i) =>
      words
        .filter((word) =>
          /^\d/.test(word)
            ? new RegExp(`(?<![\\d.])${word.replace('.', '\\.')}(?![\\d.]*\\d)`).test(line)
            : line.includes(word),
        )
        .map((word) => `${relative(ROOT, path)}:${i + 1}: ${word}`),
    )
}
