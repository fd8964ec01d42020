import { once } from 'node:events'
import { styleText } from 'node:util'
import { linesOf } from '../chat/blocks.js'
import type { Adapter, Hooks, Outgoing } from '../chat/model.js'
import { printable } from '../message.js'
import type { Reply } from '../reply/model.js'
import { say } from '../reply/words.js'

const LEAVE = new Set(['退出', 'exit', 'quit'])
const PROMPT = '问 › '
/** The terminal's one chat and one person. */
const HERE = { platform: 'terminal', chat: 'terminal', person: 'terminal', group: false }

/** The terminal's two ends; `isTTY` where a person sits at it. */
export interface TerminalStreams {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
}

export interface Terminal extends Adapter {
  /** Settles when the talk is over: 退出, Ctrl-D or Ctrl-C. */
  left: Promise<unknown>
}

/** A talk on the terminal that begins with `greeting`. `after` may add lines below an answer. */
export async function openTerminal(
  { input, output }: TerminalStreams,
  greeting: string[],
  after?: () => string,
): Promise<Terminal> {
  // Loaded here: one question asked on the command line need not wait for it.
  const { createInterface } = await import('node:readline')
  const attended = Boolean(input.isTTY && output.isTTY)
  const lines = createInterface({ input, output, terminal: attended, prompt: attended ? PROMPT : '' })
  const print = (text: string) => output.write(`${text}\n`)
  let [asked, isOver] = [0, false]

  function hear(line: string, { receive }: Hooks): void {
    const text = line.trim()
    if (isOver) return
    if (LEAVE.has(text.toLowerCase())) lines.close()
    else if (!text) lines.prompt()
    else {
      const message = String(++asked)
      receive({ ...HERE, delivery: message, message, text: line })
    }
  }

  return {
    traits: {
      platform: HERE.platform,
      page: Number.POSITIVE_INFINITY,
      limits: { chat: [], group: [], overall: [] },
    },
    left: once(lines, 'close'),
    async connect(hooks) {
      lines.on('SIGINT', () => lines.close())
      lines.on('close', () => {
        isOver = true
      })
      lines.on('line', (line) => hear(line, hooks))
      hooks.signal.addEventListener('abort', () => lines.close())
      print(
        [...greeting.map(printable), styleText('dim', '输入 退出 或按 Ctrl-D 结束。', { stream: output }), ''].join(
          '\n',
        ),
      )
      lines.prompt()
      hooks.link('up')
    },
    async send({ reply, place, above, to }: Outgoing) {
      if (above) print(styleText('dim', printable(above), { stream: output }))
      print(render(reply, output))
      if (place) print(styleText('dim', say('turnPage', place), { stream: output }))
      if (after) print(printable(after()))
      print('')
      if (!isOver) lines.prompt()
      return to.message
    },
    manages: async () => true,
    async close() {
      lines.close()
      if (attended) print('')
    },
  }
}

/** A reply as the terminal shows it: the headline bold, quotations and their places dim; plain where `output` takes no colours (no terminal, NO_COLOR). */
export function render(reply: Reply, output: NodeJS.WriteStream): string {
  const styles = { headline: 'bold', line: undefined, quote: 'dim', place: 'dim' } as const
  return linesOf(reply)
    .map(({ kind, text }) => {
      const style = styles[kind]
      return style ? styleText(style, printable(text), { stream: output }) : printable(text)
    })
    .join('\n')
}
