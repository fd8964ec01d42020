import { type Form, lengthOf, type Path } from './form.js'
import { asObject, asObjects, asText, type Json } from './json.js'

/** Checks the embeds of a message: at most ten, each within its lengths, 6000 characters in all. */
export function checkEmbeds(form: Form, path: Path, value: unknown): void {
  const embeds = form.list(path, value, 0, 10)
  embeds.forEach((embed, i) => {
    const object = asObject(embed)
    if (object) checkEmbed(form, [...path, i], object)
    else form.fault([...path, i], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')
  })
  if (asObjects(embeds).reduce((sum, embed) => sum + sizeOf(embed), 0) > 6000) {
    form.fault(path, 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000')
  }
}

function checkEmbed(form: Form, path: Path, embed: Json): void {
  const { author, footer } = { author: asObject(embed.author), footer: asObject(embed.footer) }
  form.text([...path, 'title'], embed.title, { max: 256 })
  form.text([...path, 'description'], embed.description, { max: 4096 })
  if (author) form.text([...path, 'author', 'name'], author.name, { max: 256, required: true })
  if (footer) form.text([...path, 'footer', 'text'], footer.text, { max: 2048, required: true })
  const fields = form.list([...path, 'fields'], embed.fields, 0, 25)
  fields.forEach((item, i) => {
    const field = asObject(item)
    form.text([...path, 'fields', i, 'name'], field?.name, { max: 256, required: true })
    form.text([...path, 'fields', i, 'value'], field?.value, { max: 1024, required: true })
  })
  for (const [at, url] of urlsOf(embed)) {
    if (!/^(?:https?|attachment):\/\/\S+$/.test(String(url))) {
      form.fault([...path, ...at], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
    }
  }
  if (embed.timestamp != null && Number.isNaN(Date.parse(String(embed.timestamp)))) {
    form.fault([...path, 'timestamp'], 'DATE_TIME_TYPE_PARSE', `Could not parse ${embed.timestamp}.`)
  }
  const { color } = embed
  if (color != null && !(Number.isInteger(color) && Number(color) >= 0 && Number(color) <= 0xffffff)) {
    form.fault([...path, 'color'], 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 16777215.')
  }
  const shown = [embed.title, embed.description, author, footer, embed.image, embed.thumbnail]
  if (fields.length === 0 && shown.every((part) => part == null || part === '')) {
    form.fault([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required')
  }
}

function urlsOf(embed: Json): [Path, unknown][] {
  const nested = ['image', 'thumbnail'].map((key): [Path, unknown] => [[key, 'url'], asObject(embed[key])?.url])
  const all: [Path, unknown][] = [[['url'], embed.url], ...nested]
  return all.filter(([, url]) => url !== undefined && url !== null)
}

/** All that counts towards the 6000. */
function sizeOf(embed: Json): number {
  return [
    embed.title,
    embed.description,
    asObject(embed.author)?.name,
    asObject(embed.footer)?.text,
    ...asObjects(embed.fields).flatMap((field) => [field.name, field.value]),
  ].reduce<number>((sum, part) => sum + lengthOf(asText(part) ?? ''), 0)
}
