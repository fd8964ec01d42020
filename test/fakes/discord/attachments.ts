import type { Upload } from './body.js'
import { apiError } from './errors.js'
import type { Form, Path } from './form.js'
import { asObject, asObjects, asText, type Json } from './json.js'
import type { World } from './world.js'

/** What a request says of files: those that came with it, and those that the message has. */
export interface Files {
  body: Json
  uploads: Upload[]
  /** The attachments that the message has so far. */
  earlier: Json[]
}

/** Checks the list of attachments: each is a file of the request by its number, or one that is there by its id. */
export function checkAttachments(form: Form, path: Path, { body, uploads, earlier }: Files): void {
  const listed = form.list(path, body.attachments, 0, Number.POSITIVE_INFINITY)
  listed.forEach((item, i) => {
    const { id, description, title } = asObject(item) ?? {}
    const known = uploads.some((upload) => isOf(upload, id)) || earlier.some((one) => one.id === String(id))
    if (!known) form.fault([...path, i], 'ATTACHMENT_NOT_FOUND', 'Attachment data not found')
    form.text([...path, i, 'description'], description, { max: 1024 })
    form.text([...path, i, 'title'], title, { max: 1024 })
  })
}

/** The attachments of the message from now on: what is not listed goes, where there is a list. */
export function attachmentsOf(world: World, { body, uploads, earlier }: Files, violations: string[]): Json[] {
  const listed = Array.isArray(body.attachments) ? asObjects(body.attachments) : undefined
  const told = (upload: Upload) => listed?.find(({ id }) => isOf(upload, id))
  const sent = uploads.filter((upload) => !listed || told(upload))
  for (const upload of uploads) {
    if (!FIELD.test(upload.field)) violations.push(`the file ${upload.field} must be named files[n]`)
    else if (!sent.includes(upload))
      violations.push(`${upload.field} is not in the list of attachments: nobody sees it`)
  }
  const kept = earlier.filter(({ id }) => !listed || listed.some((one) => String(one.id) === id))
  const all = [...kept, ...sent.map((upload) => attachmentOf(world, upload, told(upload) ?? {}))]
  if (all.length > MOST_FILES) throw apiError(30015)
  return all
}

function attachmentOf(
  world: World,
  { name, type, size, picture }: Upload,
  { description, title, filename }: Json,
): Json {
  const id = world.nextId()
  const given = asText(filename) ?? name
  const safe = safeName(given)
  const url = `https://cdn.example/attachments/${id}/${safe}`
  return {
    ...{ id, filename: safe, size, content_type: type, url, proxy_url: url },
    ...(safe !== given && { title: given.replace(/\.\w+$/, '') }),
    ...(title != null && { title }),
    ...(description != null && { description }),
    ...(picture && { width: picture.width, height: picture.height }),
  }
}

/** The name that the platform gives a file: plain letters, digits, underscores, dashes and dots. */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\s+/g, '_')
    .replace(/[^\w.-]/g, '')
  return plain.replace(/^[._]+|[._]+$/g, '') || 'unknown'
}

/** `files[3]` is listed as 3, in whatever type. */
const isOf = ({ field }: Upload, id: unknown) => FIELD.exec(field)?.[1] === String(id)

const FIELD = /^files\[(\d+)\]$/
const MOST_FILES = 10
