import type { ReportLanguage } from '../knowledge/language.js'
import type { Entity, Statement } from './model.js'

export function findEntities(_statements: Statement[], _language: ReportLanguage): Entity[] {
  return []
}
