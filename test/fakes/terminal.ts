import { PassThrough } from 'node:stream'
import type { FakePlatform, Seen } from './kit.js'

/** A terminal with nobody at it: lines go in, and what is printed comes out. */
export interface TerminalFake extends FakePlatform {
  streams: { input: NodeJS.ReadStream; output: NodeJS.WriteStream }
}

/** Answers come in the order of the questions, with a blank line behind each. */
export function createTerminalFake(): TerminalFake {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const seen: Seen[] = []
  let [asked, printed, isGreeted] = [0, '', false]

  output.on('data', (data: Buffer) => {
    printed += data.toString()
    for (let end = printed.indexOf('\n\n'); end >= 0; end = printed.indexOf('\n\n')) {
      const text = printed.slice(0, end)
      printed = printed.slice(end + 2)
      if (isGreeted) see(text)
      isGreeted = true
    }
  })

  function see(text: string): void {
    const id = String(seen.length + 1)
    seen.push({ id, chat: 'terminal', replyTo: id, text, buttons: [], edits: 0, raw: text, atMs: performance.now() })
  }
  const never = (what: string) => async () => {
    throw new Error(`a terminal has no ${what}`)
  }
  return {
    streams: { input: input as unknown as NodeJS.ReadStream, output: output as unknown as NodeJS.WriteStream },
    env: {},
    say: async ({ text }) => {
      input.write(`${text}\n`)
      return String(++asked)
    },
    press: never('buttons'),
    repeat: never('deliveries'),
    seen,
    inject: () => {
      throw new Error('a terminal has no faults')
    },
    connections: () => 1,
    violations: [],
    unlimited: () => undefined,
    stop: async () => void input.end(),
  }
}
