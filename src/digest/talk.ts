import type { Answered, Unasked } from '../chat/answerer.js'
import type { Utterance } from '../chat/model.js'
import { noticeReply } from '../chat/pages.js'
import { say } from '../reply/words.js'
import { dayOf, nextDue, plusDays, startOfDay } from './calendar.js'
import type { DigestParts } from './digests.js'
import type { PushLink } from './dispatch.js'
import { momentOf } from './moment.js'
import { newAt } from './office.js'
import { DEFAULT_DIGEST, DIGESTS, type Digest, digestOf, scheduleOf, TALK } from './rows.js'
import type { LedgerRows, Subscription, Target } from './store.js'
import type { Teller } from './tell.js'
import { type Verb, type Wish, wishIn } from './wish.js'

/** Buttons below a list of what can be had. */
const MOST_OFFERED = 5

export type TalkParts = Pick<DigestParts, 'subscriptions' | 'clock' | 'office' | 'isTrusted'> & {
  /** The last rows of the ledger. */
  lastOf: LedgerRows['last']
  teller: Teller
  linkOf: (platform: string) => PushLink | undefined
  onChange: () => void
}

/** Talk about digests: what is wanted, by whom, and whether it can be. */
export type Talk = Unasked

export function createTalk({
  subscriptions,
  lastOf,
  clock,
  office,
  isTrusted,
  teller,
  linkOf,
  onChange,
}: TalkParts): Talk {
  async function answer(utterance: Utterance, text: string): Promise<Answered | undefined> {
    const wish = wishIn(text, dayOf(clock(), DEFAULT_DIGEST.zone))
    if (!wish) return undefined
    const target = targetOf(utterance)
    const known = await subscriptions.of(target)
    const active = known.filter((each) => each.active && digestOf(each.digest))
    if (wish.verb === 'which') return which(target)
    if (wish.verb === 'mine') return mine(active)
    const chosen = chosenOf(wish, active)
    // 恢复 alone is a word of reports too.
    if (wish.verb === 'resume' && !chosen.some(({ pausedUntil }) => pausedUntil > clock())) return undefined
    if (wish.verb === 'preview') return preview(wish, target, active, known)
    const refused = await refusal(utterance)
    if (refused) return told(refused)
    if (wish.verb === 'subscribe') return subscribe(wish, target, known)
    if (!active.length) return told(say('noSubscription'), [offer('subscribe', DEFAULT_DIGEST.title)])
    if (!chosen.length)
      return told(say('notSubscribed', { title: wish.digests.map(({ title }) => title).join('、') }), offers(active))
    if (wish.verb === 'change' && !wish.time) return told(say('changeWhen'))
    if (wish.verb === 'pause' && !wish.day) return told(say('pauseUntil'))
    if (chosen.length > 1 && !wish.all && !wish.digests.length) return choice(wish, active)
    return change(wish, chosen)
  }

  /** Why nothing can be sent here, or not by who asked. */
  async function refusal(utterance: Utterance): Promise<string | undefined> {
    const link = linkOf(utterance.platform)
    if (!link?.traits.push) return say('cannotPush')
    const { platform, person, group } = utterance
    if (!group || isTrusted(platform, person)) return undefined
    // Who cannot be asked about is not let in.
    const manages = await link.manages(utterance).catch(() => false)
    return manages === false ? say('notManager') : undefined
  }

  function isFor({ office: isForOffice }: Digest, { platform, chat }: Target): boolean {
    return !isForOffice || office.some((own) => own.platform === platform && own.chat === chat)
  }

  function offeredTo(target: Target): Digest[] {
    return DIGESTS.filter((digest) => isFor(digest, target) && teller.count(digest) > 0)
  }

  /** What can be had here. */
  function which(target: Target): Answered {
    const offered = offeredTo(target)
    const lines = offered.map(({ title, about }) => say('offerLine', { title, about }))
    return told(
      [say('which'), ...lines].join('\n'),
      offered.slice(0, MOST_OFFERED).map(({ title }) => offer('subscribe', title)),
    )
  }

  async function subscribe({ digests, all, time }: Wish, target: Target, known: Subscription[]): Promise<Answered> {
    const offered = offeredTo(target)
    const wanted = digests.length ? digests : all ? offered : [DEFAULT_DIGEST]
    const closed = wanted.find((digest) => !offered.includes(digest))
    if (closed) return told(say(closed.office ? 'officeOnly' : 'nothingToTellOf', { title: closed.title }))
    const now = clock()
    for (const { name } of wanted) {
      const before = known.find(({ digest }) => digest === name)
      // What went by while it was paused is not made up for.
      const kept = before?.active
        ? { ...before, plannedTo: Math.max(before.plannedTo, now) }
        : { ...before, ...newAt(now), report: before?.report ?? '', position: before?.position ?? 0 }
      const plannedTo = time ? await plannedFrom(target, name, now) : kept.plannedTo
      await subscriptions.put({ ...target, digest: name, ...kept, plannedTo, pausedUntil: 0, time: time ?? kept.time })
    }
    onChange()
    const after = (await subscriptions.of(target)).filter(({ digest }) => wanted.some(({ name }) => name === digest))
    const rest = offered.filter(
      ({ name }) =>
        !wanted.some((digest) => digest.name === name) && !known.some((each) => each.active && each.digest === name),
    )
    return told([say('subscribed'), ...after.map(lineOf)].join('\n'), [
      say('askPreview'),
      ...rest.slice(0, 3).map(({ title }) => offer('subscribe', title)),
    ])
  }

  async function change(wish: Wish, chosen: Subscription[]): Promise<Answered> {
    const now = clock()
    if (wish.verb === 'change' && chosen.some(({ digest }) => isCron(digestOf(digest)!)))
      return told(say('cannotChange'))
    for (const before of chosen) {
      const { zone } = digestOf(before.digest)!
      await subscriptions.put({ ...before, ...(await changed(wish, before, zone, now)) })
    }
    onChange()
    if (wish.verb === 'unsubscribe') {
      const titles = chosen.map(({ digest }) => digestOf(digest)!.title)
      return told(
        say('unsubscribed', { title: titles.join('、') }),
        titles.slice(0, 1).map((title) => offer('subscribe', title)),
      )
    }
    const after = (await subscriptions.of(chosen[0]!)).filter(({ digest }) =>
      chosen.some((each) => each.digest === digest),
    )
    return told([say(`done.${wish.verb}`), ...after.map(lineOf)].join('\n'), offers(after))
  }

  async function changed(
    { verb, time, day }: Wish,
    before: Subscription,
    zone: string,
    now: number,
  ): Promise<Partial<Subscription>> {
    if (verb === 'unsubscribe') return { active: false }
    if (verb === 'change') return { time: time!, plannedTo: await plannedFrom(before, before.digest, now) }
    // What went by meanwhile is not made up for.
    if (verb === 'resume') return { pausedUntil: 0, plannedTo: Math.max(before.plannedTo, now) }
    return { pausedUntil: startOfDay(day!, zone) }
  }

  /** A new time is for today, unless today's has been sent. */
  async function plannedFrom({ platform, chat, thread }: Target, digest: string, now: number): Promise<number> {
    const zone = digestOf(digest)!.zone
    const [last] = await lastOf({ platform, chat, thread, digest }, 1)
    const isDone =
      last !== undefined &&
      last.state !== 'missed' &&
      last.state !== 'failed' &&
      dayOf(last.due, zone) === dayOf(now, zone)
    return isDone ? startOfDay(plusDays(dayOf(now, zone), 1), zone) - 1 : now
  }

  function mine(active: Subscription[]): Answered {
    if (!active.length)
      return told(say('noSubscription'), [offer('subscribe', DEFAULT_DIGEST.title), say('askPreview')])
    return told([say('mine'), ...active.map(lineOf)].join('\n'), offers(active))
  }

  /** What would be sent here next. */
  async function preview(
    { digests }: Wish,
    target: Target,
    active: Subscription[],
    known: Subscription[],
  ): Promise<Answered> {
    if (!digests.length && active.length > 1)
      return choose(
        say('previewWhich'),
        active.map(({ digest }) => offer('preview', digestOf(digest)!.title)),
      )
    const digest = digests[0] ?? digestOf(active[0]?.digest ?? '') ?? DEFAULT_DIGEST
    if (!isFor(digest, target)) return told(say('officeOnly', { title: digest.title }))
    const rotation = known.find((each) => each.digest === digest.name)
    const telling = await teller.next(digest, rotation, clock())
    if (!telling) return told(say('nothingToTellOf', { title: digest.title }))
    const { pages, above, told: name } = telling
    return { pages, index: 0, turns: [], told: name, above: say('previewAbove', { above }) }
  }

  function choice({ verb, time, day }: Wish, active: Subscription[]): Answered {
    const titles = [...active.map(({ digest }) => digestOf(digest)!.title), TALK.all[0]!]
    return choose(
      say('whichDigest'),
      titles.map((title) => offer(verb, title, time ?? day)),
    )
  }

  function lineOf(subscription: Subscription): string {
    const { digest: name, time, pausedUntil } = subscription
    const digest = digestOf(name)!
    const schedule = scheduleOf(digest, time)
    const next = nextDue(schedule, Math.max(clock(), pausedUntil - 1, subscription.plannedTo))
    const { title } = digest
    const when = next === undefined ? say('notSoon') : momentOf(next, digest.zone)
    const days = [daysOf(digest), ...(isCron(digest) ? [] : [schedule.time])].join(' ')
    return say(pausedUntil > clock() ? 'subscriptionPaused' : 'subscriptionLine', { title, when, days })
  }

  return { answer, again: teller.again }
}

function targetOf({ platform, chat, thread = '', group }: Utterance): Target {
  return { platform, chat, thread, group }
}

/** Those that are meant: the named ones that are subscribed, else all. */
function chosenOf({ digests }: Wish, active: Subscription[]): Subscription[] {
  return digests.length ? active.filter((each) => digests.some(({ name }) => name === each.digest)) : active
}

function isCron({ days }: Digest): boolean {
  return typeof days === 'object' && 'cron' in days
}

function daysOf({ days }: Digest): string {
  if (Array.isArray(days)) return days.map((day) => say(`weekday.${day}`)).join('、')
  return say(typeof days === 'string' ? `days.${days}` : 'days.cron')
}

/** A message that asks for it: what a button says when it is pressed. */
function offer(verb: Verb, title: string, when = ''): string {
  return verb === 'change' || verb === 'pause' ? `${title}${TALK[verb][0]}${when}` : `${TALK[verb][0]}${title}`
}

function offers(active: Subscription[]): string[] {
  const [first] = active
  if (!first) return [offer('subscribe', DEFAULT_DIGEST.title)]
  const { title } = digestOf(first.digest)!
  const pause = first.pausedUntil ? offer('resume', title) : offer('pause', title, say('weekday.1'))
  return [say('askPreview'), offer('unsubscribe', title), pause, offer('change', title, say('otherTime'))]
}

/** A word about it, with what can be said next. */
function told(text: string, suggestions: string[] = []): Answered {
  return { pages: [{ ...noticeReply(text), suggestions }], index: 0, turns: [] }
}

/** Several can be meant: they are numbered, since not every platform shows a whole sentence on a button. */
function choose(text: string, options: string[]): Answered {
  const lines = [text, ...options.map((option, i) => say('optionLine', { n: i + 1, option }))]
  return { pages: [{ ...noticeReply(lines.join('\n')), options }], index: 0, turns: [] }
}
