import { readRows, type Zod } from '../knowledge/read.js'

const schema = (z: Zod) =>
  z.strictObject({
    pointing: z.array(z.string().min(1)),
    asking: z.array(z.string().min(1)),
    checking: z.array(z.string().min(1)),
    commands: z.array(
      z.strictObject({
        /** As typed behind the slash: what every platform takes. */
        name: z.string().regex(/^[a-z]{1,32}$/),
        /** What stands behind it, for platforms that name their parameters; without it, nothing does. */
        word: z.string().optional(),
        about: z.string().max(100),
        ask: z.array(z.string().includes('{}')).min(1),
        bare: z.string().optional(),
        hint: z.string().optional(),
        complete: z.enum(['indicators', 'projects', 'terms']).optional(),
      }),
    ),
  })

const cues = (z: Zod) => z.looseObject({ check: z.array(z.string()) })

/** The rows of knowledge/chat.yaml. */
export const CHAT = readRows('chat.yaml', schema)
/** Words that ask whether something is right. */
export const CHECK_WORDS = [...readRows('cues.yaml', cues).check, ...CHAT.checking]

export type Command = (typeof CHAT.commands)[number]

/** What is asked by who says nothing: the greeting; by who uses an unknown command: how to go about it. */
export const GREETING = bareOf('start')
export const HELP = bareOf('help')

function bareOf(name: string): string {
  const bare = commandOf(name)?.bare
  if (!bare) throw new Error(`knowledge/chat.yaml › commands wants ${name} with bare`)
  return bare
}

/** The command of this name, if there is one. */
export function commandOf(name: string): Command | undefined {
  return CHAT.commands.find((command) => command.name === name)
}
