import type { Lexicon } from '../knowledge/lexicon.js'

/** 去年总量和 is long enough to be asked, 去年和 is not. */
const SHORTEST = 5

/** Makes the function that cuts a message into the pieces that can be asked apart. Orders to the bot are dropped: what is typed is data. */
export function messageSplitter(lexicon: Lexicon) {
  const having = (cue: string) =>
    [...lexicon.entries]
      .filter(([, e]) => e.cue === cue)
      .map(([word]) => word)
      .sort((a, b) => b.length - a.length)
  const orders = having('order')
  const joins = new RegExp(having('join').join('|'), 'g')
  const denied = new RegExp(`^(?:${having('denied').join('|')})[^吗呢?？]*$`)
  const leadIn = new RegExp(`^.*(?:${having('leadIn').join('|')})[，：](?=.)`, 's')
  const periods = new RegExp(
    [...lexicon.entries]
      .filter(([, e]) => e.period === 'result' || e.period === 'plan')
      .map(([w]) => w)
      .concat('(?<!\\d)20\\d\\d年?', '(?<!\\d)\\d\\d年')
      .sort((a, b) => b.length - a.length)
      .join('|'),
    'g',
  )

  return (text: string): string[] => {
    const sentences = text.replace(leadIn, '').match(/[^。！？]+[。！？]*/g) ?? []
    const honest = sentences.filter((s) => !orders.some((order) => s.includes(order)))
    return (honest.length ? honest : sentences.map(dropOrders))
      .flatMap((sentence) => cutOutsideQuotes(sentence.replace(joins, '，')))
      .flatMap(cutAtSecondPeriod)
      .map((piece) => piece.trim())
      .filter((piece, _, all) => piece && !(denied.test(piece) && all.length > 1))
  }

  function dropOrders(sentence: string): string {
    return sentence
      .split(/[，：；]/)
      .filter((clause) => !orders.some((order) => clause.includes(order)))
      .join('，')
  }

  /** 去年什么状态今年什么要求: each time opens a piece of its own, unless nothing is asked between them. */
  function cutAtSecondPeriod(piece: string): string[] {
    const at = [...piece.matchAll(periods)]
      .filter((m, i) => (i > 0 && !/[较比于]$/.test(piece.slice(0, m.index))) || i === 0)
      .map((m) => m.index)
    const second = at[1]
    if (second === undefined || second - at[0]! < SHORTEST) return [piece]
    return [piece.slice(0, second), piece.slice(second)]
  }
}

function cutOutsideQuotes(message: string): string[] {
  // Two numbers with their own names on both sides of 、 are two claims.
  const text = message
    .replace(/(?<=(?:多少|几)[^、，]{0,4})、(?=[^、，]*(?:多少|几))/g, '，')
    .replace(/(?<=\d[^、，\d]{1,4})、(?=[^、，\d]{2,8}\d)/g, '，')
  const pieces = ['']
  let quoted = false
  for (const char of text) {
    if (char === '"') quoted = !quoted
    if (!quoted && /[，。！？；：\n]/.test(char)) pieces.push('')
    else pieces[pieces.length - 1] += char
  }
  return pieces
}
