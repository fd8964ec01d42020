import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import type { RawFigure } from './figures.js'
import type { Piece } from './passages.js'

/** Names what each figure of a statement measures, in the report's own words. */
export function metricNamer(language: ReportLanguage) {
  const { head, tail, grow, fall } = language.figures
  const tails = new RegExp(`(?:${anyOf([...tail, ...grow, ...fall, ...language.qualifiers.before])})$`)
  const heads = new RegExp(`^(?:${anyOf([...head, ...language.qualifiers.lead])}|\\d{4}年)`)
  const behind = new RegExp(`^[^，；。、：\\d]{2,24}?(?=${anyOf(language.figures.predicates)}|[，；。、：])`)
  const rate = /(?:增速|增幅|增长率|涨幅|降幅|跌幅)$/

  /** `before` is the name of the figure before this one, which a bare 同比增长 goes on about. */
  return (sentence: string, statement: Piece, figures: RawFigure[], index: number, before: string): string => {
    const figure = figures[index]!
    const paired = pairedName(sentence, statement, figures, index)
    if (paired) return figure.kind === 'growth' || figure.kind === 'points' ? withRate(trim(paired)) : trim(paired)
    if (figure.kind === 'name' || figure.kind === 'date') return ''
    const previous = figures[index - 1]
    // 亿元以上项目34个: a threshold is part of the name.
    const inStatement =
      previous && previous.from >= statement.from && previous.kind !== 'threshold' ? previous : undefined
    const from = Math.max(statement.from, lastBoundary(sentence, statement.from, figure.from), inStatement?.to ?? 0)
    const left = sentence.slice(from, figure.from)
    const name = trim(left)
    const isChange = figure.kind === 'growth' || figure.kind === 'points'
    if (isChange && !name) return before ? withRate(before) : ''
    if (isChange) return withRate(name)
    if (name && /^[、和及]/.test(left) && inStatement && name.length < 2) return before
    if (name && figure.kind !== 'count') return name
    // 青禾、远山等10个项目: what is counted stands behind, and what stands before is a list of them.
    if (name) return (/等$|、/.test(name) ? '' : name) + following(sentence, figure, statement.to) || name
    if (inStatement && /^[、和及]?$/.test(left)) return before
    return following(sentence, figure, statement.to) || before
  }

  /** A、B分别突破 x、y: the k-th figure behind 分别 measures the k-th thing before it. */
  function pairedName(sentence: string, statement: Piece, figures: RawFigure[], index: number): string | undefined {
    const at = sentence.lastIndexOf('分别', figures[index]!.from)
    if (at < statement.from) return undefined
    const behind = figures.filter((f) => f.from > at && f.to <= statement.to && f.kind !== 'name' && f.kind !== 'date')
    const clause = sentence.slice(lastBoundary(sentence, statement.from, at), at)
    const names = clause.split(/[、和与及]/).filter((name) => name.length > 1)
    const place = behind.indexOf(figures[index]!)
    return names.length > 1 && names.length === behind.length ? names[place] : undefined
  }

  /** 85处排水管网塌陷隐患全部治理完成: the name stands behind the figure, up to the next mark or verb. */
  function following(sentence: string, figure: RawFigure, end: number): string {
    const right = sentence.slice(figure.to, end).replace(/[“”"]/g, '')
    return behind.exec(right)?.[0] ?? /^[^，；。、：\d]{2,16}/.exec(right)?.[0] ?? ''
  }

  function trim(text: string): string {
    let name = text.replace(/^[、和及与，：；]+/, '').replace(/[“”"]/g, '')
    for (let cut = name; ; name = cut) {
      cut = name
        .replace(tails, '')
        .replace(heads, '')
        .replace(/^[，、]|[的了将把约]$/g, '')
      if (cut === name) return name
    }
  }

  function withRate(name: string): string {
    return rate.test(name) ? name : `${name}增速`
  }
}

function lastBoundary(sentence: string, from: number, to: number): number {
  return Math.max(from, ...['，', '；', '：', '。'].map((mark) => sentence.lastIndexOf(mark, to - 1) + 1))
}
