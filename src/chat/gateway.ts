import { setMaxListeners } from 'node:events'
import { messageOf } from '../errors.js'
import type { Reply } from '../reply/model.js'
import { type AnswererParts, createAnswerer, placeOf, threadKey } from './answerer.js'
import { inert, sizeOf } from './blocks.js'
import { completer } from './complete.js'
import { createLanes } from './lanes.js'
import { lenient } from './lenient.js'
import type { Adapter, LinkState, Picture, Utterance } from './model.js'
import { alone, pageOf } from './pages.js'
import { createPost } from './post.js'
import type { Meter } from './watch.js'

const DAY_MS = 24 * 60 * 60_000
/** How long deliveries are remembered, and replies can be gone on from. */
const KEPT_MS = 30 * DAY_MS

/** Who was not answered for longer does not wait any more. */
const WAITED_MS = 10 * 60_000

export interface GatewayParts extends AnswererParts {
  meter: Meter
  /** The chart of a reply, where it has one. */
  pictureOf?: (reply: Reply) => Promise<Picture | undefined>
  /** Milliseconds that only go on, by which limits are kept; the clock, where it does. */
  ticks?: () => number
  /** Keep to the platforms' limits; off only where the other end has none. */
  paced?: boolean
}

/** A delivery that is this process's to answer. */
interface Taken {
  delivery: string
  body: string
  receivedMs: number
  /** An earlier process had it before. */
  again: boolean
}

/** A platform that was taken in. */
export interface Joined {
  /** Resolves when it listens; rejects where it never will. */
  listening: Promise<void>
  /** One try at what nobody asked for. */
  push: ReturnType<typeof createPost>['push']
  /** Lets the platform go: nothing more is taken in there, and nothing sent. */
  leave: () => Promise<void>
}

/** Between the platforms and the reports: each utterance is answered once, in order for each person. */
export interface Gateway {
  /** Takes a platform in, and connects it. */
  join: (adapter: Adapter) => Joined
  /** Takes nothing more in, lets what is under way finish for so long at most, hangs up. */
  close: (graceMs: number) => Promise<void>
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>
}

export function createGateway({ meter, paced = true, pictureOf, ...parts }: GatewayParts): Gateway {
  const { desk, clock, log } = parts
  const store = lenient(parts.store, log)
  const sending = new AbortController()
  // Every reply that waits to be tried again listens.
  setMaxListeners(0, sending.signal)
  const lanes = createLanes((cause) => log.error({ error: messageOf(cause) }, 'an utterance was lost'))
  const answerer = createAnswerer({ ...parts, store })
  const complete = completer(desk)
  const joined = new Set<{ stopTaking: () => void; leave: () => Promise<void> }>()

  function join(adapter: Adapter): Joined {
    const taking = new AbortController()
    setMaxListeners(0, taking.signal)
    const { platform, page: longest, withPicture } = adapter.traits
    /** How many of each chat have been taken and not been answered. */
    const pending = new Map<string, number>()
    const pendingIn = (chat: string) => pending.get(chat) ?? 0
    const postParts = {
      store,
      clock,
      ticks: parts.ticks ?? clock,
      log,
      meter,
      paced,
      pendingIn,
      signal: sending.signal,
    }
    const { post, push, close: stopPost } = createPost(adapter, postParts)
    const own = {
      stopTaking: () => taking.abort(),
      async leave() {
        taking.abort()
        joined.delete(own)
        stopPost()
        await adapter.close()
      },
    }
    joined.add(own)

    /** Claims it at once: the platform may take it for delivered before its turn comes. */
    function take(utterance: Utterance, again = false): void {
      const receivedMs = clock()
      const delivery = `${platform}:${utterance.delivery}`
      // What only this process can use is not kept, nor what people are called.
      const body = JSON.stringify({ ...utterance, origin: undefined, name: undefined })
      const claimed = store.inbox.claim(delivery, receivedMs, body)
      pending.set(utterance.chat, (pending.get(utterance.chat) ?? 0) + 1)
      lanes.run(threadKey(utterance), async () => {
        if (await claimed) await handle(utterance, { delivery, body, receivedMs, again }).finally(() => done(utterance))
        else {
          done(utterance)
          log.debug({ delivery }, 'seen before')
        }
      })
    }

    function done({ chat }: Utterance): void {
      const left = (pending.get(chat) ?? 1) - 1
      if (left > 0) pending.set(chat, left)
      else pending.delete(chat)
    }

    async function handle(utterance: Utterance, { delivery, body, receivedMs, again }: Taken): Promise<void> {
      const answered = await (again ? answerer.answerAgain(utterance) : answerer.answer(utterance))
      if (!answered) return void (await store.inbox.begin(delivery))
      const { pages, index, turns, kept, above, replaces, told = '' } = answered
      const [{ options, suggestions }] = pages as [Reply]
      const choices = options.length ? options : suggestions
      const { person, message: asked } = utterance
      const sent = { platform, place: placeOf(utterance), person, asked, turns, choices, told }
      const isOpen = turns.length > 0 || choices.length > 0
      const id = kept ?? (isOpen ? await store.replies.keep(sent, clock()) : undefined)
      const page = pageOf(pages, index, longest, id)
      tell(utterance, page.reply, turns.at(-1), clock() - receivedMs)
      const outgoing = {
        ...page,
        to: utterance,
        nonce: `${(id ?? 0).toString(36)}.${index}.${utterance.message.slice(-12)}`,
        ...(above ? { above: inert(above) } : {}),
        ...(replaces ? { replaces } : {}),
      }
      const picture = withPicture !== undefined && index === 0 && !replaces ? await pictureOf?.(page.reply) : undefined
      const fits = picture && sizeOf(page.blocks) <= withPicture!
      const outcome = await post(fits ? { ...outgoing, picture } : outgoing, {
        id,
        beforeFirst: () => store.inbox.begin(delivery),
      })
      // By itself, where it does not go with the text.
      if (picture && !fits && outcome === 'sent') await post(alone(outgoing, picture))
      if (outcome === 'givenUp') await store.inbox.release(delivery, body)
    }

    /** What an earlier process had taken in, and told the platform so, before it could answer. */
    async function resume(): Promise<void> {
      for (const body of await store.inbox.abandoned(`${platform}:`, clock() - WAITED_MS)) {
        take(JSON.parse(body) as Utterance, true)
      }
    }

    const connect = () =>
      adapter.connect({
        receive: (utterance) => {
          if (!taking.signal.aborted) take(utterance)
        },
        preview: (text, asker) => answerer.preview(asker, text, longest),
        complete: (list, typed, asker) => (parts.access(asker, 'preview') === 'allowed' ? complete(list, typed) : []),
        link: (state, reason) => tellLink(platform, state, reason),
        fault: (cause) => log.error({ platform, error: messageOf(cause) }, 'something that came in could not be read'),
        feedback: (good, reply) => {
          meter.feedback(platform, good)
          log.info({ platform, good }, 'feedback')
          void store.voices.feedback(platform, good, clock(), reply)
        },
        signal: taking.signal,
      })
    return { listening: connect().then(resume), push, leave: own.leave }
  }

  function tell(utterance: Utterance, { intent, kind }: { intent: string; kind: string }, question = '', ms = 0): void {
    const { platform, person, name, chat } = utterance
    meter.question(platform, intent, kind, ms / 1000)
    log.info({ platform, intent, kind, question, ms: Math.round(ms) }, 'answered', { person, name, chat })
  }

  function tellLink(platform: string, state: LinkState, reason?: string): void {
    meter.link(platform, state, reason)
    const isWell = state === 'up' || state === 'connecting' || state === 'standby'
    log[isWell ? 'info' : 'warn']({ platform, state, ...(reason ? { reason } : {}) }, 'link')
  }

  async function close(graceMs: number): Promise<void> {
    for (const { stopTaking } of joined) stopTaking()
    const grace = setTimeout(() => sending.abort(), graceMs)
    await Promise.race([lanes.idle(), new Promise((done) => sending.signal.addEventListener('abort', done))])
    clearTimeout(grace)
    sending.abort()
    clearInterval(pruning)
    await Promise.allSettled([...joined].map(({ leave }) => leave()))
    await store.close()
  }

  const prune = () => void store.prune(clock() - KEPT_MS)
  prune()
  const pruning = setInterval(prune, DAY_MS)
  pruning.unref()
  return { join, close, idle: lanes.idle }
}
