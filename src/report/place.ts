import type { ReportFacts } from './read.js'

export interface ReportPlace {
  place: string
  placeAliases: string[]
  level: string
}

const PLACE =
  /([\p{Script=Han}]{2,9}?(?:自治区|自治州|自治县|自治旗|特别行政区|地区|新区|开发区|省|市|州|盟|区|县|旗))/gu

/** Finds whose report it is: the innermost place of the title or of the line that tells where it was given. */
export function findPlace(title: string, front: string[], source: string, facts: ReportFacts): ReportPlace {
  const assembly = /在([\p{Script=Han}]{2,20}?)第[一二三四五六七八九十]+届/u.exec(
    front.join('\n') || source.replace(/\s/g, '').slice(0, 600),
  )?.[1]
  const names = placeNames(assembly ?? '').length ? placeNames(assembly!) : placeNames(title.replace(/^关于/, ''))
  const place = facts.place ?? names.at(-1) ?? ''
  const level = /(自治区|区|县|旗|市|省|州|盟)$/.exec(place)?.[1] ?? ''
  const short = place.replace(
    /(?:[\p{Script=Han}]族)*(?:自治区|自治州|自治县|自治旗|特别行政区|省|市|州|盟|区|县|旗)$/u,
    '',
  )
  const aliases = [place, names.join(''), short.length >= 2 ? short : '', ...(facts.placeAliases ?? [])]
  return { place, level, placeAliases: [...new Set(aliases.filter(Boolean))] }
}

function placeNames(text: string): string[] {
  return [...text.replace(/人民代表大会.*$/, '').matchAll(PLACE)].map((m) => m[1]!)
}
