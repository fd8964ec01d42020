import type { Handler } from '../src/handler.js'
import { check } from './check.js'
import { choose } from './choose.js'
import { metric, target } from './figure.js'
import { list, outline, summary } from './gather.js'
import { glossary } from './glossary.js'
import { goals } from './goals.js'
import { notFound } from './notfound.js'
import { nth } from './nth.js'
import { project } from './project.js'
import { refuse } from './refuse.js'
import { reverse } from './reverse.js'
import { smalltalk } from './smalltalk.js'
import { weakness } from './weakness.js'

/** Every kind of question, one line each. Of equally sure drafts the first wins. */
export const HANDLERS: Handler[] = [
  refuse,
  smalltalk,
  nth,
  weakness,
  goals,
  reverse,
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
