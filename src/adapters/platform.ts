import type { Adapter } from '../chat/model.js'
import type { Schema } from '../knowledge/read.js'

/** A variable of the environment. */
export interface Variable {
  name: string
  schema: Schema<string | number>
  /** Where its value is got, or what to write: the way out of every error about it. */
  where: string
  /** Variables without which this one means nothing. */
  needs?: string[]
  /** Its value is never printed. */
  secret?: boolean
}

/** The values of a platform's variables, checked. */
export type Values = Record<string, string | number | undefined>

/** A chat platform as it is set up. It is in use where its first variable is set; its client is loaded by `open`. */
export interface Platform {
  platform: string
  variables: [Variable, ...Variable[]]
  open: (values: Values) => Promise<Adapter>
}

export const secretText: Schema<string> = (z) =>
  z.string().regex(/^[\x21-\x7E]+$/, '里面有空白，或字母、数字、英文符号以外的字')

export const portNumber: Schema<number> = (z) =>
  z
    .string()
    .regex(/^\d+$/, '不是端口号')
    .transform(Number)
    .refine((number) => number >= 1 && number <= 65_535, '不在 1 到 65535 之间')

/** An address of one of these schemes (http:, wss:). */
export const address =
  (...schemes: string[]): Schema<string> =>
  (z) =>
    z
      .string()
      .refine(
        (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
        `不是 ${schemes.map((scheme) => `${scheme}//`).join(' 或 ')} 开头的网址`,
      )
