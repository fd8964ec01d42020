import { createHash } from 'node:crypto'

/** Bytes that begin like a PNG of this size in pixels, filled up to so many bytes. */
export function samplePng(width: number, height: number, bytes = 64): Buffer {
  const raw = Buffer.alloc(bytes)
  raw.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  raw.writeUInt32BE(width, 16)
  raw.writeUInt32BE(height, 20)
  return raw
}

/** Bytes that begin like a JPEG of this size in pixels. */
export function sampleJpeg(width: number, height: number): Buffer {
  // The segment before the one with the size has to be stepped over.
  const raw = Buffer.from('ffd8ffe00004abcdffc0000b08000000000100110000', 'hex')
  raw.writeUInt16BE(height, 13)
  raw.writeUInt16BE(width, 15)
  return raw
}

/** A picture as it stands in a message. */
export function inline(raw: Buffer): { base64: string; md5: string } {
  return { base64: raw.toString('base64'), md5: md5(raw) }
}

export function md5(raw: Buffer): string {
  return createHash('md5').update(raw).digest('hex')
}
