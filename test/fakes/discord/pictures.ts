import type { Picture } from '../kit.js'
import { safeName } from './attachments.js'
import { asNumber, asObject, asText, type Json } from './json.js'

/** The embeds with the pictures that they take from the attachments; notes those that stay empty, which the platform lets pass. */
export function illustrated(embeds: Json[], attachments: Json[], note: (what: string) => void): Json[] {
  return embeds.map((embed) => ({ ...embed, ...Object.fromEntries(PLACES.flatMap((place) => placed(embed, place))) }))

  function placed(embed: Json, place: string): [string, Json | undefined][] {
    const url = asText(asObject(embed[place])?.url)
    if (url === undefined || !url.startsWith(SCHEME)) return []
    const name = safeName(url.slice(SCHEME.length))
    const file = attachments.find(({ filename }) => filename === name)
    if (file && SHOWN.test(name)) return [[place, imageOf(file)]]
    note(`the embed shows no picture: ${url} ${file ? 'is of a type that embeds do not take' : 'is not attached'}`)
    return [[place, undefined]]
  }
}

/** The attachments that stand for themselves: those in embeds are not listed. */
export function loose(attachments: Json[], embeds: Json[]): Json[] {
  const inside = embeds.flatMap((embed) => PLACES.map((place) => asObject(embed[place])?.url))
  return attachments.filter(({ url }) => !inside.includes(url))
}

/** The pictures among the attachments, which people see in embeds or below the text. */
export function picturesIn(attachments: Json[]): Picture[] {
  const pictures = attachments.filter(({ width }) => width !== undefined)
  return pictures.map(({ size, width, height }) => ({
    bytes: asNumber(size),
    width: asNumber(width),
    height: asNumber(height),
  }))
}

function imageOf({ url, proxy_url, width, height, content_type }: Json): Json {
  return { url, proxy_url, content_type, ...(width !== undefined && { width, height }) }
}

const SCHEME = 'attachment://'
const PLACES = ['image', 'thumbnail']
const SHOWN = /\.(?:jpe?g|png|webp|gif)$/i
