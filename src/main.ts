import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerBatch } from './cli/batch.js'
import { explain } from './cli/explain.js'
import { HELP, type Options, parseOptions } from './cli/options.js'
import { messageOf, YoujuError } from './errors.js'
import { ROOT } from './knowledge/read.js'
import { checkMessage, printable } from './message.js'

const EXIT_FAULT = 1
const EXIT_INPUT = 2

const print = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${printable(line)}\n`)

// A reader that has seen enough (… | head) is no error.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => process.exit(cause.code === 'EPIPE' ? 0 : EXIT_FAULT))
try {
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'))
  process.exitCode = await run(parseOptions(process.argv.slice(2)))
} catch (cause) {
  complain(messageOf(cause))
  process.exitCode = exitCodeOf(cause)
}

async function run(options: Options): Promise<number> {
  if (options.command === 'help') print(HELP)
  else if (options.command === 'version') print(version())
  else if (options.command === 'ask') await ask(options)
  else if (options.command === 'batch') return batch(options)
  else if (options.command === 'digest') await digest(options)
  else await talk(options)
  return 0
}

async function ask(options: Options): Promise<void> {
  const message = checkMessage(options.question)
  const answer = (await openReports(options)).answer(message)
  const { render } = await import('./adapters/terminal.js')
  print(options.json ? JSON.stringify(answer.reply) : render(answer.reply, process.stdout))
  if (options.explain) print(printable(explain(answer)))
}

async function batch(options: Options): Promise<number> {
  const { text } = await import('node:stream/consumers')
  const desk = await openReports(options)
  let exitCode = 0
  for (const result of answerBatch(await text(process.stdin), desk)) {
    if ('line' in result) print(result.line)
    else {
      complain(result.problem)
      exitCode ||= exitCodeOf(result.cause)
    }
  }
  return exitCode
}

/** What was sent on schedule, and what is to be sent, while the service runs or not. */
async function digest(options: Options): Promise<void> {
  const { DIGEST_HELP, digestOrderOf, obey } = await import('./cli/digest.js')
  const order = digestOrderOf(options.words, options.dryRun)
  if (!order) return void print(DIGEST_HELP)
  const { readConfig } = await import('./service/config.js')
  const { lookIntoStore } = await import('./store/index.js')
  const store = await lookIntoStore(readConfig(process.env))
  try {
    for (const line of await obey(order, store, () => openReports(options), Date.now())) print(printable(line))
  } finally {
    await store.close()
  }
}

/** On the chat platforms that are set up, on the terminal where none is. */
async function talk(options: Options): Promise<void> {
  const { hasPlatform, readConfig } = await import('./service/config.js')
  if (hasPlatform(process.env)) {
    const [{ serve }, { createLog }] = await Promise.all([import('./service/serve.js'), import('./service/log.js')])
    const config = readConfig(process.env)
    const log = createLog({ level: config.logLevel, names: config.logNames, secrets: config.secrets })
    const desk = await openReports(options, (faults) => log.error({ faults }, 'a reply was held back'))
    await serve(desk, config, log)
    // What a client still waits for holds nobody up.
    process.exit()
  }
  const { talkOnTerminal } = await import('./service/talk.js')
  const streams = { input: process.stdin, output: process.stdout }
  await talkOnTerminal(await openReports(options), streams, options.explain ? explain : undefined)
}

function heldBack(faults: string[]): void {
  complain(`有一条回复没有通过核对，没有发出：${faults.join('；')}`)
}

/** Loaded only when there is something to ask: a row of knowledge/ that does not fit is then reported like any other error. */
async function openReports({ reports }: Options, onFault = heldBack) {
  const { openDesk } = await import('./desk.js')
  const { DEFAULT_REPORT } = await import('./library.js')
  const named = reports.length ? reports : [process.env.YOUJU_REPORT || DEFAULT_REPORT]
  return openDesk(named, onFault)
}

function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
}

function exitCodeOf(cause: unknown): number {
  return cause instanceof YoujuError ? EXIT_INPUT : EXIT_FAULT
}
