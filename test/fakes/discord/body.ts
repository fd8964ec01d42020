import type { IncomingMessage } from 'node:http'
import { apiError } from './errors.js'

/** A file that came with a request. */
export interface Upload {
  name: string
  type: string
  size: number
}

/** What a request carries: its JSON, and files where it came as a form. */
export interface Body {
  json: unknown
  files: Upload[]
}

/** Reads the body of a request to its end. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  if (bytes.length > MOST_BYTES) throw apiError(40005)
  const type = request.headers['content-type'] ?? ''
  if (bytes.length === 0) return { json: undefined, files: [] }
  if (!type.startsWith('multipart/form-data')) return { json: parsed(bytes.toString()), files: [] }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const files = [...form.values()].flatMap((value) => (typeof value === 'string' ? [] : fileOf(value)))
  const payload = form.get('payload_json')
  return { json: typeof payload === 'string' ? parsed(payload) : undefined, files }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw apiError(50109)
  }
}

const fileOf = ({ name, type, size }: { name: string; type: string; size: number }): Upload => ({ name, type, size })

const MOST_BYTES = 25 * 1024 * 1024
