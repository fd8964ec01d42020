import type { z } from 'zod'
import type { Zod } from '../knowledge/read.js'

export const citationSchema = (z: Zod) =>
  z.strictObject({
    report: z.string(),
    section: z.array(z.string()),
    locator: z.string(),
    quote: z.string().min(1),
    start: z.number().int().nonnegative(),
    end: z.number().int().positive(),
  })

export const figureSchema = (z: Zod) =>
  z.strictObject({
    text: z.string(),
    value: z.number().optional(),
    unit: z.string(),
    metric: z.string(),
    subject: z.string(),
    period: z.string(),
    kind: z.string(),
    qualifier: z.string(),
    citation: z.number().int().nonnegative(),
    derived: z.boolean().optional(),
    formula: z.string().optional(),
  })

export const replySchema = (z: Zod) =>
  z.strictObject({
    kind: z.enum(['answer', 'choose', 'not_found', 'chat']),
    intent: z.string(),
    headline: z.string().min(1),
    text: z.string().min(1),
    figures: z.array(figureSchema(z)),
    citations: z.array(citationSchema(z)),
    options: z.array(z.string()),
    suggestions: z.array(z.string()),
  })

/** What leaves the core: one plain object, the same for every channel. */
export type Reply = z.infer<ReturnType<typeof replySchema>>
export type Citation = z.infer<ReturnType<typeof citationSchema>>
export type ReplyFigure = z.infer<ReturnType<typeof figureSchema>>
