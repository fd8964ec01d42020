import { styleText } from 'node:util'
import type { Desk, Turn } from '../desk.js'
import { messageOf } from '../errors.js'
import { checkMessage, printable } from '../message.js'
import type { Reply } from '../reply/model.js'

const LEAVE = new Set(['退出', 'exit', 'quit'])
const PROMPT = '问 › '

/** The terminal's two ends; `isTTY` where a person sits at it. */
export interface TerminalStreams {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
}

/** Talks until 退出, Ctrl-D or Ctrl-C. `after` may add lines below an answer. */
export async function chat(
  desk: Desk,
  { input, output }: TerminalStreams,
  after?: (turn: Turn) => string,
): Promise<void> {
  // Loaded here: one question asked on the command line need not wait for it.
  const { createInterface } = await import('node:readline')
  const attended = Boolean(input.isTTY && output.isTTY)
  const print = (text: string) => output.write(`${text}\n`)
  const lines = createInterface({ input, output, terminal: attended, prompt: attended ? PROMPT : '' })
  lines.on('SIGINT', () => lines.close())

  print(greeting(desk, output))
  lines.prompt()
  let before: Turn | undefined
  for await (const line of lines) {
    if (LEAVE.has(line.trim().toLowerCase())) break
    if (line.trim()) {
      try {
        before = desk.answer(checkMessage(line), before)
        print(render(before.reply, output))
        if (after) print(printable(after(before)))
      } catch (cause) {
        print(printable(messageOf(cause)))
      }
      print('')
    }
    lines.prompt()
  }
  lines.close()
  if (attended) print('')
}

/** The bot's own greeting, which holds a question to begin with, and how to leave. */
function greeting(desk: Desk, output: NodeJS.WriteStream): string {
  const titles = desk.reports.length > 1 ? desk.reports.map((report) => `· ${report.title}`) : []
  const hello = [desk.answer('你好').reply.text, ...titles].map(printable)
  return [...hello, styleText('dim', '输入 退出 或按 Ctrl-D 结束。', { stream: output }), ''].join('\n')
}

/** A reply as the terminal shows it: the headline bold, quotations and their places dim; plain where `output` takes no colours (no terminal, NO_COLOR). */
export function render({ text, headline, citations }: Reply, output: NodeJS.WriteStream): string {
  const style = (format: 'bold' | 'dim', line: string) => styleText(format, printable(line), { stream: output })
  const quotes = new Set(citations.map((c) => `“${c.quote}”`))
  const below = text.slice(headline.length).split('\n').slice(1)
  const isQuoted = (line: string) => quotes.has(line) || line.startsWith('——')
  return [
    style('bold', headline),
    ...below.map((line) => (isQuoted(line) ? style('dim', line) : printable(line))),
  ].join('\n')
}
