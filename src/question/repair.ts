import type { Lexicon } from '../knowledge/lexicon.js'
import type { ReportIndex } from '../search/index.js'
import type { Token } from './segment.js'

export function repairer(_index: ReportIndex, _lexicon: Lexicon) {
  return (tokens: Token[]): Token[] => tokens
}
