import { asObject, asObjects, asText, type Json } from './json.js'

/** What a person reads of a message: its text and its embeds, markup taken off. */
export function readable(content: string, embeds: Json[]): string {
  return [plain(content), ...embeds.map(ofEmbed)].filter((part) => part !== '').join('\n')
}

/** Labels of what can be pressed, in order: buttons, and the options of a select menu. */
export function labelsOf(components: Json[]): string[] {
  return pressables(components).map(({ label }) => label)
}

/** What can be pressed on a message, as people see it. */
export interface Pressable {
  label: string
  customId: string | undefined
  componentType: number
  /** The value that pressing it chooses, on a select menu. */
  value?: string
}

export function pressables(components: Json[]): Pressable[] {
  return components.flatMap((row) =>
    asObjects(row.components).flatMap((part): Pressable[] => {
      if (part.disabled === true) return []
      const customId = asText(part.custom_id)
      if (part.type === 2) return [{ label: asText(part.label) ?? emojiOf(part), customId, componentType: 2 }]
      return asObjects(part.options).map((o) => ({
        label: asText(o.label) ?? '',
        customId,
        componentType: 3,
        value: asText(o.value) ?? '',
      }))
    }),
  )
}

/** The text without the platform's markdown, as it is shown. */
export function plain(markdown: string): string {
  const kept: string[] = []
  // What is escaped or stands in code is out of reach of the rest.
  const keep = (text: string) => `\u{E000}${kept.push(text) - 1}\u{E001}`
  return markdown
    .replace(/```(?:[\w+-]*\n)?([\s\S]*?)```|(`{1,2})([^`]+)\2/g, (_, block, __, span) => keep(block ?? span))
    .replace(/\\([^0-9A-Za-z\s\u{E000}])/gu, (_, char: string) => keep(char))
    .replace(/^(?:>>> |> )/gm, '')
    .replace(/^(?:-# |#{1,3} )/gm, '')
    .replace(/\[([^\]\n]+)\]\(<?https?:\/\/[^)\s]+\)/g, '$1')
    .replace(/\*\*([\s\S]+?)\*\*/g, '$1')
    .replace(/__([\s\S]+?)__/g, '$1')
    .replace(/~~([\s\S]+?)~~/g, '$1')
    .replace(/\|\|([\s\S]+?)\|\|/g, '$1')
    .replace(/\*(?![\s*])([^*]*[^\s*])\*/g, '$1')
    .replace(/(?<!\w)_([^_]+)_(?!\w)/g, '$1')
    .replace(/\u{E000}(\d+)\u{E001}/gu, (_, i) => kept[Number(i)]!)
    .trim()
}

/** Author and footer are shown as they are: no markup works there. */
function ofEmbed(embed: Json): string {
  const part = (value: unknown) => plain(asText(value) ?? '')
  return [
    asText(asObject(embed.author)?.name) ?? '',
    part(embed.title),
    part(embed.description),
    ...asObjects(embed.fields).flatMap((field) => [part(field.name), part(field.value)]),
    asText(asObject(embed.footer)?.text) ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

const emojiOf = (part: Json) => asText(asObject(part.emoji)?.name) ?? ''
