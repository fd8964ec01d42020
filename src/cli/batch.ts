import type { z } from 'zod'
import type { Desk, Turn } from '../desk.js'
import { messageOf, YoujuError } from '../errors.js'
import { type Zod, zod } from '../knowledge/read.js'
import { checkMessage } from '../message.js'

/** One conversation a line. Other keys are let through, so that rows of a corpus can be sent as they are. */
const lineSchema = (z: Zod) => z.object({ id: z.union([z.string(), z.number()]), turns: z.array(z.string()).min(1) })

const SHAPE = '每行应是 {"id":"1","turns":["问题","追问"]}'

/** A line's answer as it is written out, or why there is none. */
export type BatchResult = { line: string } | { problem: string; cause: unknown }

/** Answers conversations, one JSON object a line, each from a fresh start; the reply is the one to its last turn. A bad line does not stop the others. */
export function* answerBatch(input: string, desk: Desk): Generator<BatchResult> {
  const schema = lineSchema(zod())
  const lines = input.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    try {
      const { id, turns } = readLine(line, schema)
      const { reply } = lastTurn(turns, desk)
      yield { line: JSON.stringify({ id, reply }) }
    } catch (cause) {
      yield { problem: `第 ${i + 1} 行：${messageOf(cause)}`, cause }
    }
  }
}

function readLine(line: string, schema: ReturnType<typeof lineSchema>): z.infer<ReturnType<typeof lineSchema>> {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch (cause) {
    throw new YoujuError('INPUT_NOT_JSON', `不是完整的 JSON。${SHAPE}。`, { cause })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.join('.') || '整行'
  throw new YoujuError('INPUT_NOT_JSON', `${path} 不合格式。${SHAPE}。`)
}

function lastTurn([first, ...rest]: string[], desk: Desk): Turn {
  return rest.reduce((before, message) => desk.answer(checkMessage(message), before), desk.answer(checkMessage(first!)))
}
