import type { IncomingMessage } from 'node:http'
import type { Picture } from '../kit.js'
import { pictureIn } from '../telegram/images.js'
import { apiError } from './errors.js'

/** A file that came with a request. */
export interface Upload {
  /** The field that it came in: `files[0]`. */
  field: string
  name: string
  type: string
  size: number
  /** Where it is one that people can see. */
  picture: Picture | undefined
}

/** What a request carries: its JSON, and files where it came as a form. */
export interface Body {
  json: unknown
  files: Upload[]
}

/** Reads the body of a request to its end; none of its files may have more bytes than the limit. */
export async function readBody(request: IncomingMessage, fileLimit: number): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  if (bytes.length > MOST_BYTES) throw apiError(40005)
  const type = request.headers['content-type'] ?? ''
  if (bytes.length === 0) return { json: undefined, files: [] }
  if (!type.startsWith('multipart/form-data')) return { json: parsed(bytes.toString()), files: [] }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const fields = [...form.entries()].filter(([, value]) => typeof value !== 'string')
  const files = await Promise.all(fields.map(([field, value]) => fileOf(field, value as File)))
  if (files.some(({ size }) => size > fileLimit)) throw apiError(40005)
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

async function fileOf(field: string, file: File): Promise<Upload> {
  const { name, type, size } = file
  return { field, name, type, size, picture: pictureIn(Buffer.from(await file.arrayBuffer())) }
}

const MOST_BYTES = 25 * 1024 * 1024
