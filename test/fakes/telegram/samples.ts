/** So many bytes that begin as a PNG of this size does. */
export function png(width: number, height: number, bytes = 33): Buffer {
  const picture = Buffer.alloc(bytes)
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).copy(picture)
  picture.writeUInt32BE(width, 16)
  picture.writeUInt32BE(height, 20)
  return picture
}

/** The beginning of a JPEG of this size, with a segment and a table before the header of its frame. */
export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const segment = [0xff, 0xe0, 0, 6, 1, 2, 3, 4]
  const table = [0xff, 0xc4, 0, 3, 0]
  return Buffer.concat([Buffer.from([0xff, 0xd8, ...segment, ...table]), frame])
}
