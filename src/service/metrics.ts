import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { LinkState } from '../chat/model.js'
import type { Meter } from '../chat/watch.js'

/** Seconds; an answer takes some thousandths. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export interface PlatformState {
  state: LinkState
  reason?: string
  /** When it came to be so, ISO 8601. */
  since: string
}

export interface Metrics extends Meter {
  /** How each platform's line is. */
  states: Record<string, PlatformState>
  /** All of it in Prometheus' text form, and its content type. */
  text: () => Promise<string>
  contentType: string
}

/** Counts what a service has done. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const questions = new Counter({
    name: 'youju_questions_total',
    help: 'Questions answered, by platform, intent and kind of reply.',
    labelNames: ['platform', 'intent', 'kind'],
    registers,
  })
  const seconds = new Histogram({
    name: 'youju_answer_seconds',
    help: 'From the receipt of a question until its answer is ready to be sent.',
    labelNames: ['platform'],
    buckets: BUCKETS,
    registers,
  })
  const sends = new Counter({
    name: 'youju_sends_total',
    help: 'Tries to send a message, by what became of them.',
    labelNames: ['platform', 'outcome'],
    registers,
  })
  const reconnects = new Counter({
    name: 'youju_reconnects_total',
    help: 'Times a line came back after it was lost.',
    labelNames: ['platform'],
    registers,
  })
  const up = new Gauge({
    name: 'youju_platform_up',
    help: '1 while the line to the platform is up.',
    labelNames: ['platform'],
    registers,
  })
  const feedback = new Counter({
    name: 'youju_feedback_total',
    help: 'Replies that people found good or bad.',
    labelNames: ['platform', 'good'],
    registers,
  })
  const states: Record<string, PlatformState> = {}
  const wasUp = new Set<string>()

  return {
    states,
    question(platform, intent, kind, took) {
      questions.inc({ platform, intent, kind })
      seconds.observe({ platform }, took)
    },
    send: (platform, outcome) => sends.inc({ platform, outcome }),
    link(platform, state, reason) {
      const isBack = state === 'up' && states[platform]?.state !== 'up' && wasUp.has(platform)
      if (isBack) reconnects.inc({ platform })
      if (state === 'up') wasUp.add(platform)
      up.set({ platform }, state === 'up' ? 1 : 0)
      states[platform] = { state, since: new Date().toISOString(), ...(reason ? { reason } : {}) }
    },
    feedback: (platform, good) => feedback.inc({ platform, good: String(good) }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
