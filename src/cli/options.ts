import { parseArgs } from 'node:util'
import { YoujuError } from '../errors.js'

/** What the command line asks for. */
export interface Options {
  command: 'chat' | 'ask' | 'batch' | 'digest' | 'help' | 'version'
  /** What stands behind the command, word by word. */
  words: string[]
  dryRun: boolean
  question: string
  /** Reports by id or path; empty where none is named. */
  reports: string[]
  json: boolean
  explain: boolean
}

const SPEC = {
  report: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  explain: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

export const HELP = `有据：依据政府计划报告回答问题，数字照抄原文，附原句和出处。

用法
  npm start                                 在终端里对话；设好了群聊平台就在群里答（见 .env.example）
  npm run --silent ask -- "去年GDP是多少"     问一句
  npm run --silent ask -- --json "问题"       回复写成一行 JSON
  npm run --silent ask -- --jsonl < 文件      成批提问：每行 {"id":"1","turns":["问题","追问"]}
  npm run digest -- status                  看定时推送发得怎样，补发（用法：npm run digest）

选项
  --report 文件或编号   依据这份报告回答，可以写多次；编号是 knowledge/reports/ 下的文件夹名
  --explain             答完再说明这样答的理由：问题读成了什么、比较了哪些原句
  -h, --help            显示这段说明
  -v, --version         显示版本

退出码：0 正常，1 程序出错，2 输入或用法不对。`

/** Reads the command line. Throws `USAGE`, naming the argument and the repair. */
export function parseOptions(argv: string[]): Options {
  // Not strict: the parser's own errors are in English.
  const { values, positionals, tokens } = parseArgs({
    args: argv,
    options: SPEC,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens)
    if (token.kind === 'option') checkOption(token.name, token.rawName, token.value, token.inlineValue)
  const flags = { json: values.json === true, explain: values.explain === true, dryRun: values['dry-run'] === true }
  const reports = (values.report ?? []).map(String)
  const [command, ...words] = positionals
  const question = words.join(' ')
  const rest = { question, words, reports, ...flags }
  if (values.help && command !== 'digest') return { command: 'help', ...rest }
  if (values.version) return { command: 'version', ...rest }
  if (command === 'digest') return { command, ...rest, words: values.help ? [] : words }
  if (flags.dryRun) throw usage('--dry-run 要和 digest send 一起用')
  if (command !== undefined && command !== 'ask') throw usage(`没有“${command}”这个命令。要提问请写：ask "${command}"`)
  if (command === undefined && (flags.json || values.jsonl))
    throw usage('--json 和 --jsonl 要和 ask 一起用，比如：ask --json "去年GDP是多少"')
  if (flags.json && values.jsonl) throw usage('--json 和 --jsonl 只能用一个：问一句用 --json，成批提问用 --jsonl')
  if (flags.explain && (flags.json || values.jsonl))
    throw usage('--explain 是给人看的说明，不能和 --json、--jsonl 同用。请去掉其中一个')
  if (values.jsonl && words.length) throw usage('--jsonl 从标准输入读问题，命令行上不要再写问题')
  return { command: command === undefined ? 'chat' : values.jsonl ? 'batch' : 'ask', ...rest }
}

function checkOption(name: string, rawName: string, value: string | undefined, inline: boolean | undefined): void {
  const known = Object.entries(SPEC).find(([option]) => option === name)?.[1]
  if (!known) throw usage(`没有 ${rawName} 这个选项。如果它是问题的一部分，请在问题前加 --`)
  if (known.type === 'boolean' && value !== undefined) throw usage(`${rawName} 后面不带值，请去掉“=${value}”`)
  if (known.type === 'string' && (!value || (!inline && value.startsWith('-'))))
    throw usage(`${rawName} 后面要写报告的文件路径或编号`)
}

function usage(problem: string): YoujuError {
  return new YoujuError('USAGE', `${problem}。用法见 --help。`)
}
