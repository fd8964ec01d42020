import { expect, test } from 'vitest'
import { createLimits } from './limits.js'

const GROUP = -100
const PERSON = 7

/** Limits with a clock that only the test moves. */
function atNoon() {
  let now = 1_000_000
  const limits = createLimits(() => now)
  const send = (chat: number) => {
    const seconds = limits.wait(chat, chat < 0)
    if (seconds === undefined) limits.count(chat)
    return seconds
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { ...limits, send, pass }
}

test('a message a second goes through for ever, a little jitter included', () => {
  const { send, pass } = atNoon()
  for (let count = 0; count < 200; count++) {
    expect(send(PERSON)).toBeUndefined()
    pass(count % 2 === 0 ? 980 : 1_020)
  }
})

test('a burst of five, then a wait that is as long as it says', () => {
  const { send, pass } = atNoon()
  for (let count = 0; count < 5; count++) expect(send(PERSON)).toBeUndefined()
  expect(send(PERSON)).toBe(5)
  pass(4_000)
  expect(send(PERSON)).toBe(1)
  pass(1_000)
  expect(send(PERSON)).toBeUndefined()
})

test('twenty a minute to a group', () => {
  const { send, pass } = atNoon()
  for (let count = 0; count < 20; count++) {
    expect(send(GROUP)).toBeUndefined()
    pass(1_000)
  }
  expect(send(GROUP)).toBe(40)
  expect(send(PERSON)).toBeUndefined()
  pass(40_000)
  expect(send(GROUP)).toBeUndefined()
})

test('a block stays when the limits are taken off', () => {
  const { send, pass, block, off } = atNoon()
  off()
  block(PERSON, 2_000)
  expect(send(PERSON)).toBe(2)
  pass(2_000)
  for (let count = 0; count < 100; count++) expect(send(PERSON)).toBeUndefined()
})
