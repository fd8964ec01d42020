import { badRequest } from './errors.js'
import type { Upload } from './form.js'
import { asInteger, asObject, type Json } from './json.js'

/** A call of a method, as it came. */
export interface Call {
  /** The method as the docs spell it. */
  method: string
  fields: Map<string, string>
  files: Map<string, Upload>
  /** Takes down what breaks a rule though the platform lets it through. */
  note: (what: string) => void
}

/** Takes down the fields that the method does not have: the platform passes over them in silence. */
export function noteUnknownFields(call: Call, known: readonly string[]): void {
  for (const name of [...call.fields.keys(), ...call.files.keys()]) {
    // The parts that a field refers to have names of their own.
    const attached = [...call.fields.values()].some((value) => value.includes(`attach://${name}`))
    if (!known.includes(name) && !attached) call.note(`field ${name} is unknown`)
  }
}

/** What the server got, for whoever looks at it. */
export function rawOf(call: Call): Json {
  const files = [...call.files].map(([name, { filename, bytes }]) => [name, { filename, size: bytes.length }])
  return { method: call.method, ...Object.fromEntries(call.fields), ...Object.fromEntries(files) }
}

/** The field's text, empty where it is missing. */
export const textOf = (call: Call, name: string): string => call.fields.get(name) ?? ''

/** The field's number; nothing where it is missing or no number, as the platform reads it. */
export function integerOf(call: Call, name: string): number | undefined {
  const value = call.fields.get(name)
  if (value === undefined) return undefined
  const number = asInteger(value)
  if (number === undefined) call.note(`${name} is no whole number: ${value}`)
  return number
}

/** A whole number within bounds; outside them the platform takes the nearest, and this is noted. */
export function boundedOf(call: Call, name: string, otherwise: number, least: number, most: number): number {
  const value = integerOf(call, name) ?? otherwise
  const bounded = Math.min(most, Math.max(least, value))
  if (bounded !== value) call.note(`${name} must be ${least} to ${most}, not ${value}`)
  return bounded
}

/** Yes or no, as the platform reads it. */
export function flagOf(call: Call, name: string): boolean {
  const value = textOf(call, name)
  if (!['', 'true', 'false'].includes(value)) call.note(`${name} must be true or false, not ${value}`)
  return ['true', 'yes', '1'].includes(value.toLowerCase().trim())
}

/** What the field says in JSON; nothing where it is missing. */
export function jsonOf(call: Call, name: string, refusal: string): unknown {
  const value = textOf(call, name)
  if (value === '') return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw badRequest(refusal)
  }
}

/** A text in an object; refuses the object where the text is missing or no text. */
export function requiredText(object: Json, name: string, refuse: (why: string) => Error): string {
  const value = object[name]
  if (value === undefined || value === null) throw refuse(`Can't find field "${name}"`)
  if (typeof value !== 'string') throw refuse(`Field "${name}" must be of type String`)
  return value
}

/** Takes down the fields of an object that are unknown or of the wrong type. */
export function noteFields(call: Call, what: string, value: unknown, types: Record<string, FieldType>): void {
  for (const [name, field] of Object.entries(asObject(value) ?? {})) {
    const type = types[name]
    if (type === undefined) call.note(`${what}.${name} is unknown`)
    else if (!isOf(type, field)) call.note(`${what}.${name} must be of type ${type}`)
  }
}

/** What a field of an object can be; an id is a number or text. */
export type FieldType = 'string' | 'boolean' | 'integer' | 'object' | 'array' | 'id'

function isOf(type: FieldType, value: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return asObject(value) !== undefined
  if (type === 'id') return Number.isSafeInteger(value) || typeof value === 'string'
  return typeof value === type
}
