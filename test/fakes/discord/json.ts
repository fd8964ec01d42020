/** Whatever came or goes as a JSON object. */
export type Json = Record<string, unknown>

/** The value as an object, or nothing where it is none. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** The objects of a list; nothing where it is no list. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.flatMap((item): Json[] => (asObject(item) ? [item as Json] : [])) : []
}

/** The value as text, where it is text. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The value as a number, or 0. */
export const asNumber = (value: unknown): number => (typeof value === 'number' ? value : 0)
