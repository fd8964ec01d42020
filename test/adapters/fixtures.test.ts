import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BaseMessage, EventMessage, WsFrame } from '@wecom/aibot-node-sdk'
import type { Update } from 'node-telegram-bot-api'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../../src/adapters/discord/render.js'
import { utteranceOf as fromTelegram } from '../../src/adapters/telegram/receive.js'
import { htmlOf, keyboardOf } from '../../src/adapters/telegram/render.js'
import { cardOf } from '../../src/adapters/wecom/card.js'
import { entranceOf, utteranceOf as fromWecom, pressOf } from '../../src/adapters/wecom/receive.js'
import { markdownOf } from '../../src/adapters/wecom/render.js'
import type { Outgoing, Utterance } from '../../src/chat/model.js'
import { noticeReply, pageOf } from '../../src/chat/pages.js'
import { ROOT } from '../../src/knowledge/read.js'
import { desk } from '../support/service.js'

// Payloads in the shapes that the platforms document, and what is made of them; replies, and the payloads that are made of them.
// The second kind is written anew by `npx vitest run test/adapters/fixtures.test.ts --update`.
const FIXTURES = join(ROOT, 'test', 'fixtures')

interface Pair<T> {
  name: string
  payload: T
  /** What is heard; null where the bot is not spoken to. */
  heard: Partial<Utterance> | null
}
const pairsOf = <T>(file: string) => JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) as Pair<T>[]

function expectHeard(utterance: Utterance | undefined, heard: Partial<Utterance> | null): void {
  const told = utterance ? { ...utterance } : null
  delete told?.origin
  expect(told).toEqual(heard)
}

describe('what comes in', () => {
  const self = { id: 7000, username: 'youju_bot' }
  it.each(pairsOf<Update>('telegram.json'))('telegram: $name', ({ payload, heard }) =>
    expectHeard(fromTelegram(payload, self), heard),
  )

  it.each(pairsOf<WsFrame<BaseMessage>>('wecom.json'))('wecom: $name', ({ payload, heard }) => {
    const event = (payload.body as unknown as EventMessage).event?.eventtype as string | undefined
    const read = event === 'enter_chat' ? entranceOf : event ? pressOf : fromWecom
    expectHeard((read as typeof fromWecom)(payload), heard)
  })
})

describe('what goes out', () => {
  const QUESTIONS: [name: string, question: string][] = [
    ['metric', '去年GDP是多少'],
    ['target', '今年GDP目标'],
    ['choose', '微科'],
    ['list', '产业有哪些'],
    ['check', '今年GDP目标增长9%，对吗'],
    ['not-found', '青山区GDP'],
  ]
  const to: Utterance = { platform: '', delivery: 'd', chat: 'c', group: true, person: 'p', message: 'm', text: '' }
  const outgoing = (pages = [noticeReply('<b>@all</b>')]): Outgoing => ({
    ...pageOf(pages, 0, 2000, 7),
    to,
    nonce: '7.0',
  })
  const all = [
    ...QUESTIONS.map(([name, question]) => [name, outgoing(desk().answer(question).pages)] as const),
    ['notice', outgoing()] as const,
  ]

  it.each(all)('%s', async (name, out) => {
    const made = {
      telegram: { text: htmlOf(out), ...keyboardOf(out) },
      wecom: { content: markdownOf(out), card: cardOf(out, 'task') ?? null },
      discord: messageOf(out),
    }
    await expect(`${JSON.stringify(made, undefined, 2)}\n`).toMatchFileSnapshot(
      join(FIXTURES, 'outgoing', `${name}.json`),
    )
  })
})
