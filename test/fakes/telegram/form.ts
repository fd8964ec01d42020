import type { IncomingMessage } from 'node:http'
import { asObject } from './json.js'

/** A file that came with a request. */
export interface Upload {
  filename: string
  type: string
  bytes: Buffer
}

/** What came with a request. */
export interface Form {
  fields: Map<string, string>
  files: Map<string, Upload>
}

/** Reads what came with a request: in the address, as a form, in parts with files, or as JSON. */
export async function readForm(request: IncomingMessage, query: URLSearchParams): Promise<Form> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  const form: Form = { fields: new Map(query), files: new Map() }
  if (body.length === 0) return form
  if (type.startsWith('application/json')) {
    for (const [name, value] of Object.entries(asObject(JSON.parse(body.toString())) ?? {})) {
      form.fields.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    }
    return form
  }
  const data = await new Response(body, { headers: { 'content-type': type } }).formData()
  for (const [name, value] of data.entries()) {
    if (typeof value === 'string') form.fields.set(name, value)
    else form.files.set(name, await uploadOf(value))
  }
  return form
}

async function uploadOf(file: Blob & { name: string }): Promise<Upload> {
  return { filename: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) }
}
