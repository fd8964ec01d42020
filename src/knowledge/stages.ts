import { readRows } from './read.js'

/** The stages of a project, each with the words that tell it (knowledge/stages.yaml). */
export const STAGES = readRows('stages.yaml', (z) =>
  z.array(z.strictObject({ stage: z.string(), words: z.array(z.string()) })),
)
