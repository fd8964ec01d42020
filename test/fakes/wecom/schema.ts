import { type Refusal, refusal } from './errors.js'

/** What was found wrong with a value. */
export interface Findings {
  /** What the platform refuses it for, most important first. */
  refused: Refusal[]
  /** What the platform lets through though people do not see all of it. */
  noted: string[]
}

export type Check = (value: unknown, at: string, found: Findings) => void

export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Missing, or as good as. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

export function wrong(found: Findings, at: string, what: string): void {
  found.refused.push(refusal(40058, `${at} ${what}`))
}

/** An object with these fields and no others. */
export function record(fields: Record<string, Check>, required: string[] = [], also?: Check): Check {
  return (value, at, found) => {
    if (!isFields(value)) return wrong(found, at, 'must be an object')
    for (const name of required) if (isBlank(value[name])) wrong(found, `${at}.${name}`, 'is required')
    for (const [name, inner] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (check === undefined) wrong(found, `${at}.${name}`, 'is not a field here')
      else check(inner, `${at}.${name}`, found)
    }
    also?.(value, at, found)
  }
}

/** A list of so many; entries must differ in the field named. */
export function listOf(item: Check, most: number, least = 0, differBy?: string): Check {
  return (value, at, found) => {
    if (!Array.isArray(value)) return wrong(found, at, 'must be a list')
    if (value.length < least || value.length > most) wrong(found, at, `must have ${least} to ${most} entries`)
    for (const [n, entry] of value.entries()) item(entry, `${at}[${n}]`, found)
    if (differBy === undefined) return
    const keys = value.map((entry: unknown) => (isFields(entry) ? entry[differBy] : entry))
    if (new Set(keys).size < keys.length) wrong(found, at, `repeats a ${differBy}`)
  }
}

/** Text of at most so many characters as advised: longer text is taken, and cut on the screen. */
export function words(advised = Number.POSITIVE_INFINITY): Check {
  return (value, at, found) => {
    if (typeof value !== 'string') return wrong(found, at, 'must be a string')
    const length = [...value].length
    if (length > advised) found.noted.push(`${at} has ${length} characters, ${advised} are seen`)
  }
}

/** Text of at most so many bytes in UTF-8. */
export function bytes(most: number): Check {
  return (value, at, found) => {
    if (typeof value !== 'string') return wrong(found, at, 'must be a string')
    if (Buffer.byteLength(value) > most) wrong(found, at, `exceed max length ${most}`)
  }
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  return (value, at, found) => {
    if (!Number.isSafeInteger(value) || Number(value) < least || Number(value) > most)
      wrong(found, at, `must be a whole number from ${least} to ${most}`)
  }
}

export function oneOf(...values: unknown[]): Check {
  return (value, at, found) => {
    if (!values.includes(value)) wrong(found, at, `must be one of ${values.join(', ')}`)
  }
}

export const flag: Check = oneOf(true, false)

export const link: Check = (value, at, found) => {
  if (typeof value !== 'string' || !/^https?:\/\/\S+$/.test(value)) wrong(found, at, 'must be an http address')
}

/** The type of a thing makes another field of it necessary. */
export function needs(byType: Record<number, string>): Check {
  return (value, at, found) => {
    if (!isFields(value)) return
    const name = byType[Number(value.type)]
    if (name !== undefined && isBlank(value[name])) wrong(found, `${at}.${name}`, 'is required')
  }
}
