import type { Desk } from '../desk.js'
import { nextDue } from '../digest/calendar.js'
import { momentOf } from '../digest/moment.js'
import { newAt } from '../digest/office.js'
import { DIGESTS, type Digest, digestOf, scheduleOf } from '../digest/rows.js'
import { type Entry, STATES, type Subscription, type Target } from '../digest/store.js'
import { createTeller } from '../digest/tell.js'
import { YoujuError } from '../errors.js'
import { say } from '../reply/words.js'
import type { ServiceStore } from '../store/sql.js'

/** What `npm run digest --` is asked. */
export type DigestOrder =
  | { order: 'status' }
  | { order: 'dryRun'; name: string }
  | { order: 'resend'; id: string }
  | { order: 'subscribe' | 'unsubscribe'; chat: string; name: string }

export const DIGEST_HELP = `看推送发得怎样，补发，替不能说话的群订阅。

用法
  npm run digest -- status                       列出订阅和最近的推送：什么时候该发、发了没有、为什么
  npm run digest -- send --dry-run 名称           只打印会发给谁、发什么，不真发
  npm run digest -- resend 编号                   再发一次这一条（编号在 status 里）；由正在运行的服务来发
  npm run digest -- subscribe 平台:群 名称         替一个群订阅，比如企业微信的群机器人：subscribe wecomhook:办公室 term
  npm run digest -- unsubscribe 平台:群 名称       替它退订

名称：${DIGESTS.map(({ name, title }) => `${name}（${title}）`).join('、')}`

/** Reads what stands behind `digest`. Undefined where the usage is asked for. Throws `USAGE`. */
export function digestOrderOf([order, first, second, ...more]: string[], dryRun: boolean): DigestOrder | undefined {
  if (order === undefined) return undefined
  const usage = (problem: string) => new YoujuError('USAGE', `${problem}。用法见 npm run digest。`)
  if (more.length) throw usage(`“${more.join(' ')}”多余`)
  if (dryRun && order !== 'send') throw usage('--dry-run 要和 send 一起用')
  if (order === 'status') return { order }
  if (order === 'send') {
    if (!first) throw usage('send 后面要写推送的名称')
    if (!dryRun) throw usage('到点的推送由服务来发，这里只能加 --dry-run 看看；要补发请用 resend')
    return { order: 'dryRun', name: first }
  }
  if (order === 'resend') {
    if (!first) throw usage('resend 后面要写编号')
    return { order, id: first }
  }
  if (order === 'subscribe' || order === 'unsubscribe') {
    if (!first || !second) throw usage(`${order} 后面要写“平台:群”和推送的名称`)
    return { order, chat: first, name: second }
  }
  throw usage(`没有“${order}”这个用法`)
}

const MOST_SHOWN = 100

/** Carries an order out on what the service keeps; gives the lines to print. Throws `USAGE` where it names nothing that is there. */
export async function obey(
  order: DigestOrder,
  store: ServiceStore,
  openDesk: () => Promise<Desk>,
  nowMs: number,
): Promise<string[]> {
  if (order.order === 'status') return status(store)
  if (order.order === 'dryRun') return dryRun(named(order.name), store, await openDesk(), nowMs)
  if (order.order === 'resend') return resend(order.id, store, nowMs)
  return subscription(order, store, nowMs)
}

async function status({ subscriptions, ledger }: ServiceStore): Promise<string[]> {
  const all = await subscriptions.all()
  const rows = await ledger.rows.last({}, MOST_SHOWN)
  const counts = STATES.map((state) => [state, rows.filter((row) => row.state === state).length] as const)
  return [
    `订阅 ${all.filter(({ active }) => active).length} 个：`,
    ...all
      .filter(({ active }) => active)
      .slice(0, MOST_SHOWN)
      .map(subscriptionLine),
    '',
    `最近 ${rows.length} 条推送：${
      counts
        .filter(([, n]) => n)
        .map(([state, n]) => `${say(`state.${state}`)} ${n}`)
        .join('，') || '没有'
    }`,
    ...rows.map(entryLine),
  ]
}

function subscriptionLine({ platform, chat, thread, digest: name, time, pausedUntil, position }: Subscription): string {
  const digest = digestOf(name)
  const isCron = typeof digest?.days === 'object' && 'cron' in digest.days
  const own = isCron ? say('days.cron') : time || digest?.time || ''
  const paused = pausedUntil ? `  暂停到 ${momentOf(pausedUntil, digest?.zone ?? 'UTC')}` : ''
  return `  ${platform}:${chat}${thread ? `/${thread}` : ''}  ${digest?.title ?? name}  ${own}  已发 ${position} 项${paused}`
}

function entryLine({
  id,
  platform,
  chat,
  digest: name,
  due,
  state,
  attempts,
  message,
  reason,
  settled,
}: Entry): string {
  const digest = digestOf(name)
  const zone = digest?.zone ?? 'UTC'
  return [
    `  ${id}`,
    momentOf(due, zone),
    digest?.title ?? name,
    `${platform}:${chat}`,
    say(`state.${state}`) + (settled ? `（${momentOf(settled, zone)}）` : ''),
    `试了 ${attempts} 次`,
    ...(message ? [`消息 ${message}`] : []),
    ...(reason ? [reason] : []),
  ].join('  ')
}

async function dryRun(
  digest: Digest,
  { subscriptions, voices }: ServiceStore,
  desk: Desk,
  nowMs: number,
): Promise<string[]> {
  const wanted = (await subscriptions.all()).filter(({ active, digest: name }) => active && name === digest.name)
  const teller = createTeller(desk, voices.gaps)
  const lines = wanted.map((one) => {
    const next = nextDue(scheduleOf(digest, one.time), Math.max(nowMs, one.pausedUntil - 1))
    return `  ${one.platform}:${one.chat}  ${next === undefined ? '没有下一次' : momentOf(next, digest.zone)}  第 ${one.position + 1} 次`
  })
  // Those who are equally far get the same.
  const rotations = new Map(wanted.map((one) => [`${one.report} ${one.position}`, one]))
  const tellings = await Promise.all(
    (rotations.size ? [...rotations.values()] : [undefined]).slice(0, 3).map((one) => teller.next(digest, one, nowMs)),
  )
  const texts = tellings.flatMap((telling) =>
    telling
      ? [
          '',
          telling.above,
          ...telling.pages.flatMap(({ text }) => text.split('\n')),
          ...telling.pages[0]!.suggestions.map((question) => `[${question}]`),
        ]
      : ['', say('nothingToTell')],
  )
  return [`会发给 ${wanted.length} 处（这次不真发）：`, ...lines, ...texts]
}

async function resend(id: string, { ledger }: ServiceStore, nowMs: number): Promise<string[]> {
  const [entry] = /^\d{1,15}$/.test(id) ? await ledger.rows.last({ id: Number(id) }, 1) : []
  if (!entry) throw new YoujuError('USAGE', `没有编号是 ${id} 的推送。编号在 npm run digest -- status 里。`)
  if (!(await ledger.again(entry.id, nowMs)))
    throw new YoujuError('USAGE', `编号 ${id} 的推送${say(`state.${entry.state}`)}，不用补发。`)
  return [`编号 ${id} 会再发一次：${entryLine(entry).trim()}`, '由正在运行的服务发出；服务没有运行，就等它启动。']
}

async function subscription(
  { order, chat: address, name }: Extract<DigestOrder, { chat: string }>,
  { subscriptions, replies }: ServiceStore,
  nowMs: number,
): Promise<string[]> {
  const [, platform, chat] = /^([a-z]+)[:：](.+)$/.exec(address) ?? []
  if (!platform || !chat) throw new YoujuError('USAGE', `“${address}”要写成“平台:群的编号”，比如 wecomhook:办公室。`)
  const digest = named(name)
  const target: Target = { platform, chat, thread: '', group: true }
  const before = (await subscriptions.of(target)).find((each) => each.digest === digest.name)
  if (order === 'unsubscribe') {
    if (!before?.active) throw new YoujuError('USAGE', `${address} 没有订阅“${digest.title}”。`)
    await subscriptions.put({ ...before, active: false })
    return [`${address} 已退订“${digest.title}”。`]
  }
  const isKnown = before !== undefined || (await replies.last({ platform, place: chat })) !== undefined
  if (!isKnown && !(await subscriptions.of(target)).length)
    throw new YoujuError(
      'USAGE',
      `${address} 里还没有人和机器人说过话，平台多半不让往那里发。请先在那里 @它 说一句；群机器人的地址写进 .env 后，先启动一次服务。`,
    )
  await subscriptions.put({
    ...(before ?? { ...target, digest: digest.name, ...newAt(nowMs) }),
    active: true,
    pausedUntil: 0,
    plannedTo: nowMs,
  })
  return [`${address} 已订阅“${digest.title}”，由正在运行的服务到点发出。`]
}

function named(name: string): Digest {
  const digest = DIGESTS.find((each) => each.name === name || each.title === name)
  if (!digest)
    throw new YoujuError(
      'USAGE',
      `没有叫“${name}”的推送。有这些：${DIGESTS.map((each) => `${each.name}（${each.title}）`).join('、')}。`,
    )
  return digest
}
