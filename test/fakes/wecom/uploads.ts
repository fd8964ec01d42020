import { createHash, randomUUID } from 'node:crypto'
import type { Picture } from '../kit.js'
import type { Command } from './commands.js'
import { type Outcome, type Refusal, refusal } from './errors.js'
import { fromBase64, readPicture } from './pictures.js'
import { bytes, type Check, type Fields, type Findings, oneOf, record, whole, words } from './schema.js'

/** What the bot has brought to the platform, to be sent by its media id. */
export interface Uploads {
  /** The three steps of an upload; they show nobody anything. */
  commands: Record<string, Command>
  /** The picture of this media id, as long as the platform keeps it. */
  find: (mediaId: unknown) => Picture | undefined
}

interface Upload {
  size: number
  md5: unknown
  chunks: (Buffer | undefined)[]
}

export function createUploads(now: () => number): Uploads {
  const open = new Map<unknown, Upload>()
  const kept = new Map<unknown, { picture: Picture; at: number }>()

  return {
    find: (mediaId) => {
      const found = kept.get(mediaId)
      return found && now() - found.at <= KEPT_MS ? found.picture : undefined
    },
    commands: { aibot_upload_media_init: init, aibot_upload_media_chunk: chunk, aibot_upload_media_finish: finish },
  }

  function init({ body }: { body: Fields }): Outcome {
    const refused = checked(body, INIT)
    if (refused !== undefined) return refused
    const size = Number(body.total_size)
    const chunks = Number(body.total_chunks)
    if (size > LARGEST) return refusal(40009, `${size} bytes`)
    if (chunks * CHUNK < size) return refusal(40058, `body.total_chunks is too few for ${size} bytes`)
    const id = randomUUID()
    open.set(id, { size, md5: body.md5, chunks: new Array(chunks).fill(undefined) })
    return { body: { upload_id: id } }
  }

  function chunk({ body }: { body: Fields }): Outcome {
    const refused = checked(body, CHUNKS)
    if (refused !== undefined) return refused
    const upload = open.get(body.upload_id)
    if (upload === undefined) return refusal(40058, 'body.upload_id is of no upload')
    const index = Number(body.chunk_index)
    if (index >= upload.chunks.length) return refusal(40058, `body.chunk_index is not below ${upload.chunks.length}`)
    const raw = fromBase64(body.base64_data)
    if (raw === undefined || raw.length > CHUNK) return refusal(40058, 'body.base64_data is no base64 of 512K')
    // The client sends several at once, and one again where it missed the answer: the index alone says where it belongs.
    upload.chunks[index] = raw
    return undefined
  }

  function finish({ body }: { body: Fields }): Outcome {
    const refused = checked(body, FINISH)
    if (refused !== undefined) return refused
    const upload = open.get(body.upload_id)
    if (upload === undefined) return refusal(40058, 'body.upload_id is of no upload')
    const raw = Buffer.concat(upload.chunks.filter((one) => one !== undefined))
    if (upload.chunks.includes(undefined) || raw.length !== upload.size)
      return refusal(40058, `${raw.length} of ${upload.size} bytes have come`)
    if (upload.md5 !== undefined && createHash('md5').update(raw).digest('hex') !== upload.md5) return refusal(301019)
    const picture = readPicture(raw)
    if (picture === undefined) return refusal(40123)
    open.delete(body.upload_id)
    const mediaId = randomUUID()
    kept.set(mediaId, { picture, at: now() })
    return { body: { type: 'image', media_id: mediaId, created_at: Math.floor(Date.now() / 1000) } }
  }
}

function checked(body: Fields, check: Check): Refusal | undefined {
  const found: Findings = { refused: [], noted: [] }
  check(body, 'body', found)
  return found.refused[0]
}

const KEPT_MS = 3 * 24 * 3_600_000
const CHUNK = 512 * 1024
const LARGEST = 10 * 1024 * 1024

const INIT = record(
  {
    type: oneOf('image'),
    filename: bytes(256),
    total_size: whole(6),
    total_chunks: whole(1, 100),
    md5: bytes(32),
  },
  ['type', 'filename', 'total_size', 'total_chunks'],
)
const CHUNKS = record({ upload_id: words(), chunk_index: whole(0, 99), base64_data: words() }, [
  'upload_id',
  'chunk_index',
  'base64_data',
])
const FINISH = record({ upload_id: words() }, ['upload_id'])
