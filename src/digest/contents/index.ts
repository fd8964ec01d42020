import type { Gap } from '../../chat/store.js'
import type { Draft } from '../../reply/draft.js'
import type { Report } from '../../report/model.js'
import { goals } from './goals.js'
import { progress } from './progress.js'
import { project } from './project.js'
import { section } from './section.js'
import { term } from './term.js'
import { unanswered } from './unanswered.js'

/** One item of a rotation, put together when it is told. */
export type Item = () => Draft

/** What a digest tells: every item once before one is told again, always in the same order. */
export interface Content {
  name: string
  /** `gaps`: what was asked and not answered since the last time. */
  items: (report: Report, gaps: Gap[]) => Item[]
}

/** Every kind of content, one line each. */
const ALL: Content[] = [goals, progress, project, section, term, unanswered]
export const CONTENTS = new Map(ALL.map((content) => [content.name, content]))
