import type { DeliveryError } from '../../src/chat/delivery.js'
import type { Outgoing, Traits } from '../../src/chat/model.js'
import type { Pushed } from '../../src/chat/post.js'
import { UNWATCHED } from '../../src/chat/watch.js'
import { createDigests, type Runner } from '../../src/digest/digests.js'
import type { PushLink } from '../../src/digest/dispatch.js'
import type { Subscription, Target } from '../../src/digest/store.js'
import { openFileStore } from '../../src/store/file.js'
import type { ServiceStore } from '../../src/store/sql.js'
import { dataFolder, desk } from './service.js'

/** A message as a chat sees it. `at`: local time in China, YYYY-MM-DD HH:MM. */
export interface Shown {
  chat: string
  at: string
  above: string
  text: string
  nonce: string
  buttons: string[]
}

/** An instant, by the clocks of China. */
export const china = (time: string): number => Date.parse(`${time.replace(' ', 'T')}+08:00`)
const shownAt = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

export const ROOM: Target = { platform: 'p', chat: 'room', thread: '', group: true }
const TRAITS: Traits = {
  platform: 'p',
  page: 3000,
  limits: { chat: [], group: [], overall: [] },
  push: { remembersMs: 0 },
}

/** Digests on a clock that stands still until it is set; nothing sleeps. */
export interface Schedule {
  store: ServiceStore
  shown: Shown[]
  /** The next sends meet these, one each: an error, or 'lost' for one that is shown and whose receipt is lost. */
  faults: (DeliveryError | 'dies')[]
  now: () => number
  /** The process is running from now until then, looking every so often, ten minutes at first; gives what was shown meanwhile. */
  run: (until: string, everyMs?: number) => Promise<Shown[]>
  /** The clock goes on (or back) while nothing looks at it. */
  set: (time: string) => void
  /** The process ends and another one begins on the same data. */
  restart: () => void
  subscribe: (more?: Partial<Subscription>) => Promise<void>
  /** What the talk answers to somebody in the room. */
  say: (
    text: string,
    more?: { chat?: string; group?: boolean; person?: string; platform?: string },
  ) => Promise<string | undefined>
  close: () => Promise<void>
}

export async function openSchedule(
  start: string,
  {
    traits = {},
    office = [],
    manages = true,
    open,
  }: { traits?: Partial<Traits>; office?: Target[]; manages?: boolean; open?: () => Promise<ServiceStore> } = {},
): Promise<Schedule> {
  const data = dataFolder()
  const store = await (open ? open() : openFileStore(data.folder))
  const shown: Shown[] = []
  const faults: Schedule['faults'] = []
  let [nowMs, owners] = [china(start), 0]
  const clock = () => nowMs
  const link: PushLink = { traits: { ...TRAITS, ...traits }, push, manages: async () => manages }

  async function push(outgoing: Outgoing, begin: () => Promise<boolean>): Promise<Pushed> {
    if (!(await begin())) return { outcome: 'taken' }
    const fault = faults.shift()
    if (fault === 'dies') return new Promise(() => undefined)
    if (fault && fault.fate !== 'unknown') return { outcome: 'failed', error: fault }
    const { to, above = '', reply, buttons, nonce } = outgoing
    // A platform that knows its nonces shows the same message once.
    if (!link.traits.push?.remembersMs || !shown.some((each) => each.nonce === nonce))
      shown.push({
        chat: to.chat,
        at: shownAt(nowMs),
        above,
        text: reply.text,
        nonce,
        buttons: buttons.map(({ label }) => label),
      })
    return fault ? { outcome: 'failed', error: fault } : { outcome: 'sent', message: `m${shown.length}` }
  }

  const begin = () => {
    const digests = createDigests({
      ...{ desk: desk(), store, subscriptions: store.subscriptions, ledger: store.ledger, clock, log: UNWATCHED.log },
      ...{
        owner: `owner-${++owners}`,
        office,
        isTrusted: (_, person) => person === 'clerk',
        pictureOf: async () => undefined,
      },
    })
    return { digests, runner: digests.runner(link) }
  }
  let current: ReturnType<typeof begin> = begin()

  /** One look, and all that comes of it but what never comes back. */
  async function step(runner: Runner): Promise<void> {
    await runner.step()
    await Promise.race([runner.idle(), new Promise((done) => setTimeout(done, 50))])
  }

  return {
    store,
    shown,
    faults,
    now: clock,
    async run(until, everyMs = 600_000) {
      const before = shown.length
      for (const end = china(until); ; nowMs = Math.min((Math.floor(nowMs / everyMs) + 1) * everyMs, end)) {
        await step(current.runner)
        if (nowMs >= end) return shown.slice(before)
      }
    },
    set: (time) => {
      nowMs = china(time)
    },
    restart: () => {
      current = begin()
    },
    async subscribe(more = {}) {
      const base = {
        ...ROOM,
        digest: 'headline',
        time: '',
        active: true,
        pausedUntil: 0,
        plannedTo: nowMs,
        report: '',
        position: 0,
      }
      await store.subscriptions.put({ ...base, ...more })
    },
    async say(text, { chat = 'room', group = true, person = 'ann', platform = 'p' } = {}) {
      const answered = await current.digests.talk.answer(
        { platform, chat, group, person, text, delivery: '1', message: '1' },
        text,
      )
      return (
        answered && [answered.above, answered.pages[0]!.text, ...answered.pages[0]!.options].filter(Boolean).join('\n')
      )
    },
    async close() {
      await store.close()
      data.remove()
    },
  }
}
