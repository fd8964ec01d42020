import type { Handler } from '../src/handler.js'
import { about } from './about.js'
import { check } from './check.js'
import { choose } from './choose.js'
import { compare } from './compare.js'
import { glossary } from './glossary.js'
import { list } from './list.js'
import { metric } from './metric.js'
import { notFound } from './notfound.js'
import { nth } from './nth.js'
import { outline } from './outline.js'
import { project } from './project.js'
import { refuse } from './refuse.js'
import { reverse } from './reverse.js'
import { smalltalk } from './smalltalk.js'
import { summary } from './summary.js'
import { target } from './target.js'
import { versus } from './versus.js'
import { weakness } from './weakness.js'

/** Every kind of question, one line each. Of equally sure drafts the first wins. */
export const HANDLERS: Handler[] = [
  refuse,
  smalltalk,
  about,
  nth,
  weakness,
  compare,
  reverse,
  versus,
  check,
  choose,
  glossary,
  outline,
  list,
  summary,
  project,
  metric,
  target,
  notFound,
]
