import { ApiError } from './errors.js'
import { asObject, type Json } from './json.js'

/** Where in a body something is wrong: names and places. */
export type Path = (string | number)[]

/** A form as the platform checks it: all that is wrong is gathered, and told at once. */
export interface Form {
  fault: (path: Path, code: string, message: string) => void
  /** A text of so many characters, white space at its ends left out. */
  text: (path: Path, value: unknown, length: Length) => void
  /** A list of at most so many. */
  list: (path: Path, value: unknown, min: number, max: number) => unknown[]
  /** Throws the platform's answer, where something is wrong. */
  done: () => void
}

export interface Length {
  min?: number
  max: number
  required?: boolean
}

export function createForm(): Form {
  const errors: Json = {}
  const fault: Form['fault'] = (path, code, message) => {
    let at = errors
    for (const step of path) {
      at[step] ??= {}
      at = at[step] as Json
    }
    at._errors = [...((at._errors as Json[] | undefined) ?? []), { code, message }]
  }
  const text: Form['text'] = (path, value, { min = 0, max, required = false }) => {
    if (value === undefined || value === null || (required && typeof value === 'string' && value.trim() === '')) {
      if (required) fault(path, 'BASE_TYPE_REQUIRED', 'This field is required')
    } else if (typeof value !== 'string') {
      fault(path, 'STRING_TYPE_CONVERT', 'Could not interpret as string.')
    } else if (lengthOf(value) > max || lengthOf(value) < min) {
      fault(path, ...lengthError(min, max))
    }
  }
  const list: Form['list'] = (path, value, min, max) => {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      fault(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')
      return []
    }
    if (value.length < min || value.length > max) fault(path, ...lengthError(min, max))
    return value
  }
  const done = () => {
    if (Object.keys(errors).length > 0) throw new ApiError(400, 50035, 'Invalid Form Body', errors)
  }
  return { fault, text, list, done }
}

/** The errors of a form in one line, for the list of violations. */
export function flat(errors: Json, path = ''): string {
  return Object.entries(errors)
    .flatMap(([step, value]) => {
      if (step === '_errors') return (value as Json[]).map((e) => `${path}[${e.code}]: ${e.message}`)
      const inner = asObject(value)
      return inner ? flat(inner, path === '' ? step : `${path}.${step}`) : []
    })
    .join('; ')
}

/** Characters as the platform counts them: code points, without the white space at the ends. */
export const lengthOf = (text: string): number => [...text.trim()].length

function lengthError(min: number, max: number): [code: string, message: string] {
  return min > 0
    ? ['BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`]
    : ['BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`]
}
