import { openTerminal, type TerminalStreams } from '../adapters/terminal.js'
import { createGateway } from '../chat/gateway.js'
import { UNWATCHED } from '../chat/watch.js'
import type { Desk, Turn } from '../desk.js'
import { memoryStore } from '../store/memory.js'

/** Talks on the terminal until it is left. Nothing of it is kept. `explain` adds lines below an answer. */
export async function talkOnTerminal(
  desk: Desk,
  streams: TerminalStreams,
  explain?: (turn: Turn) => string,
): Promise<void> {
  let last: Turn | undefined
  const watched: Desk = { ...desk, answer: (message, before) => (last = desk.answer(message, before)) }
  const terminal = await openTerminal(streams, greetingOf(desk), explain && (() => (last ? explain(last) : '')))
  // Not waited for: the greeting comes first, and what is piped in must find somebody who listens.
  const talk = import('../digest/alone.js').then(({ talkAlone }) => talkAlone(desk, Date.now))
  const gateway = createGateway({
    ...UNWATCHED,
    desk: watched,
    unasked: { answer: async (utterance, text) => (await talk).answer(utterance, text), again: () => undefined },
    store: memoryStore(),
    access: () => 'allowed',
    clock: () => performance.now(),
  })
  await gateway.join(terminal).listening
  await terminal.left
  await gateway.idle()
  await gateway.close(0)
}

/** The bot's own greeting, which holds a question to begin with. */
function greetingOf(desk: Desk): string[] {
  const titles = desk.reports.length > 1 ? desk.reports.map((report) => `· ${report.title}`) : []
  return [desk.answer('你好').reply.text, ...titles]
}
