import type { Picture } from '../kit.js'

/** Reads the head of a PNG or JPEG, the kinds that the platform takes; undefined where it is neither. */
export function readPicture(raw: Buffer): Picture | undefined {
  const size = pngSize(raw) ?? jpegSize(raw)
  return size && { bytes: raw.length, ...size }
}

/** The bytes that were written in base64; undefined where it is none, or only looks like it (a data address, missing padding). */
export function fromBase64(text: unknown): Buffer | undefined {
  if (typeof text !== 'string') return undefined
  const raw = Buffer.from(text, 'base64')
  // Node leaves out what it cannot read: only what can be written back the same was base64.
  return raw.toString('base64') === text ? raw : undefined
}

type Size = Pick<Picture, 'width' | 'height'>

function pngSize(raw: Buffer): Size | undefined {
  if (raw.length < 24 || !raw.subarray(0, 8).equals(PNG) || raw.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return { width: raw.readUInt32BE(16), height: raw.readUInt32BE(20) }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Walks from segment to segment until one tells the size. */
function jpegSize(raw: Buffer): Size | undefined {
  if (raw.length < 2 || raw.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 <= raw.length && raw[at] === 0xff; at += 2 + raw.readUInt16BE(at + 2)) {
    const marker = raw[at + 1] ?? 0
    const tellsSize = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (tellsSize) return { width: raw.readUInt16BE(at + 7), height: raw.readUInt16BE(at + 5) }
  }
  return undefined
}
