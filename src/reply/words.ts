import { readRows } from '../knowledge/read.js'

const sentences = readRows('replies.zh.yaml', (z) => z.record(z.string(), z.string()))

/** One of the bot's own sentences, its {places} filled in. A sentence without a row or a place without a value is an error of the program. */
export function say(name: string, values: Record<string, string | number> = {}): string {
  const sentence = sentences[name]
  if (sentence === undefined) throw new Error(`knowledge/replies.zh.yaml has no row ${name}`)
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key]
    if (value === undefined) throw new Error(`knowledge/replies.zh.yaml › ${name} wants {${key}}`)
    return String(value)
  })
}
