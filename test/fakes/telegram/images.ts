import type { Picture } from '../kit.js'

/** The picture in these bytes; nothing where they are neither PNG nor JPEG. Only the header is read. */
export function pictureIn(bytes: Buffer): Picture | undefined {
  const size = sizeOfPng(bytes) ?? sizeOfJpeg(bytes)
  return size && { bytes: bytes.length, ...size }
}

type Size = Omit<Picture, 'bytes'>

function sizeOfPng(bytes: Buffer): Size | undefined {
  const isPng = bytes.length >= 24 && bytes.subarray(0, 8).equals(PNG) && bytes.toString('latin1', 12, 16) === 'IHDR'
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined
}

/** A JPEG says how big it is in the header of its frame, behind any number of other segments. */
function sizeOfJpeg(bytes: Buffer): Size | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number
    const isFrame = marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Tables and extensions whose markers stand among those of frames. */
const NO_FRAMES = [0xc4, 0xc8, 0xcc]
