import type { Picture } from '../kit.js'
import { badRequest } from './errors.js'
import { pictureIn } from './images.js'
import type { Json } from './json.js'
import { type Call, textOf } from './request.js'

/** A photo as the platform keeps it: what was uploaded, and the sizes that it gives out, the smallest first. */
export interface Photo {
  picture: Picture
  sizes: Json[]
}

/** Photos by the ids of their files: each size has one, and each of them stands for the whole photo. */
export type Photos = Map<string, Photo>

/** The photo of the request: a file that comes with it, or one that was sent before. */
export function photoOf(call: Call, photos: Photos): Photo {
  const named = textOf(call, 'photo')
  const upload = call.files.get(named.startsWith('attach://') ? named.slice('attach://'.length) : 'photo')
  if (upload) return kept(checked(upload.bytes), photos)
  if (named === '') throw badRequest('there is no photo in the request')
  // What has a dot is an address to the platform; this server fetches nothing.
  if (named.includes('.')) throw badRequest('failed to get HTTP URL content')
  const known = photos.get(named)
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
  return known
}

function checked(bytes: Buffer): Picture {
  if (bytes.length === 0) throw badRequest('file must be non-empty')
  if (bytes.length > MOST_BYTES) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${MOST_BYTES} bytes`,
    )
  }
  const picture = pictureIn(bytes)
  if (!picture) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height } = picture
  const isShapeless = Math.max(width, height) > MOST_RATIO * Math.min(width, height)
  if (isShapeless || width + height > MOST_SIDES) throw badRequest('PHOTO_INVALID_DIMENSIONS')
  return picture
}

function kept(picture: Picture, photos: Photos): Photo {
  const number = photos.size + 1
  const { bytes, width, height } = picture
  const longest = Math.max(width, height)
  const sides = [...BOXES.filter((box) => box < longest), Math.min(longest, BIGGEST)]
  const sizes = sides.map((side) => {
    const shrunk = (length: number) => Math.max(1, Math.round((length * side) / longest))
    const id = `${number}-${side}`
    const size = { width: shrunk(width), height: shrunk(height), file_size: Math.ceil(bytes * (side / longest) ** 2) }
    return { file_id: `AgACAgQAAx-photo-${id}`, file_unique_id: `AQAD-${id}`, ...size }
  })
  const photo = { picture, sizes }
  for (const { file_id } of sizes) photos.set(file_id, photo)
  return photo
}

const MOST_BYTES = 10 * 1024 * 1024
const MOST_SIDES = 10_000
const MOST_RATIO = 20
/** A photo is given out in these sizes as far as it is bigger, and as it is, but no bigger than the last. */
const BOXES = [100, 320, 800, 1280]
const BIGGEST = 2560
