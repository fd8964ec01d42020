/** Whatever came or goes as a JSON object. */
export type Json = Record<string, unknown>

/** The value as an object, or nothing where it is none. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** The value as a list, or nothing where it is none. */
export function asList(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** The value as text, where it is text. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The value as a whole number, where it is one (or text that says one, which the platform takes too). */
export function asInteger(value: unknown): number | undefined {
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim())) return Number(value)
  return Number.isSafeInteger(value) ? (value as number) : undefined
}
