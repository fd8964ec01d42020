import { join } from 'node:path'
import { PLATFORMS } from '../adapters/index.js'
import { address, portNumber, type Values, type Variable } from '../adapters/platform.js'
import type { AllowList } from '../chat/access.js'
import type { Adapter } from '../chat/model.js'
import type { Target } from '../digest/store.js'
import { YoujuError } from '../errors.js'
import { ROOT, zod } from '../knowledge/read.js'

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Variables that belong to no platform. */
const OWN: Variable[] = [
  {
    name: 'YOUJU_ALLOW',
    schema: (z) => z.string(),
    where: '写成“平台:编号”，多个用逗号隔开，平台名和例子见 .env.example；不设就谁都能用',
  },
  {
    name: 'YOUJU_OFFICE',
    schema: (z) => z.string(),
    where:
      '写成“平台:编号”，多个用逗号隔开，填照看机器人的群和人；没发到的推送会告诉这些群，这些人在哪个群里都能管推送',
  },
  { name: 'YOUJU_DATA', schema: (z) => z.string(), where: '填一个能写入的文件夹；不设就用项目里的 data' },
  {
    name: 'DATABASE_URL',
    schema: address('postgres:', 'postgresql:'),
    secret: true,
    where: '写成 postgres://用户:密码@主机:5432/库名；不设就把状态存成 YOUJU_DATA 里的一个文件',
  },
  { name: 'YOUJU_HTTP_PORT', schema: portNumber, where: '填 1 到 65535 之间没有被占用的端口，如 8080；不设就不开' },
  {
    name: 'LOG_LEVEL',
    schema: (z) => z.enum(LEVELS, '不是认得的级别'),
    where: `填 ${LEVELS.join('、')} 之一；不设就是 info`,
  },
  {
    name: 'YOUJU_LOG_NAMES',
    schema: (z) => z.enum(['0', '1'], '只能是 0 或 1'),
    where: '填 1 就在日志里记下提问的人；不设就不记',
  },
  {
    name: 'YOUJU_LIMITS',
    schema: (z) => z.enum(['on', 'off'], '只能是 on 或 off'),
    where: '填 off 就不限发送速度，只用于没有频率限制的本地服务器；不设就按各平台的规定',
  },
]
const ALL = [...PLATFORMS.flatMap(({ variables }) => variables), ...OWN]

/** What the environment asks for. */
export interface Config {
  /** The platforms that are set up, each with how to open it. */
  platforms: { platform: string; open: () => Promise<Adapter> }[]
  allow: AllowList
  /** Chats and people that look after the bot. */
  office: AllowList
  dataFolder: string
  databaseUrl: string | undefined
  httpPort: number | undefined
  logLevel: string
  /** Whether the log tells who asked. */
  logNames: boolean
  /** Keep to the platforms' limits. */
  paced: boolean
  /** What must never be printed. */
  secrets: string[]
}

/** Whether a chat platform is set up, or half so: else the terminal is meant. */
export function hasPlatform(env: NodeJS.ProcessEnv): boolean {
  return PLATFORMS.some(({ variables }) => variables.some(({ name }) => env[name]?.trim()))
}

/** Reads the variables of `.env.example`. Throws `CONFIG`, which names the variable, what is wrong with it and where to get it. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const z = zod()
  const given = ALL.filter(({ name }) => env[name]?.trim())
  const values = Object.fromEntries(
    given.map((variable) => {
      const parsed = variable.schema(z).safeParse(env[variable.name]!.trim())
      if (!parsed.success) throw faultOf(variable, parsed.error.issues[0]!.message)
      return [variable.name, parsed.data]
    }),
  )
  for (const { name, needs = [] } of given) {
    const missing = ALL.find((variable) => needs.includes(variable.name) && values[variable.name] === undefined)
    if (missing) throw faultOf(missing, `没有设（设了 ${name} 就要设它）`)
  }
  return {
    platforms: PLATFORMS.filter(({ variables: [first] }) => values[first.name] !== undefined).map(
      ({ platform, open }) => ({ platform, open: () => open(values) }),
    ),
    allow: readAllowList('YOUJU_ALLOW', values),
    office: readAllowList('YOUJU_OFFICE', values),
    dataFolder: String(values.YOUJU_DATA ?? join(ROOT, 'data')),
    databaseUrl: values.DATABASE_URL as string | undefined,
    httpPort: values.YOUJU_HTTP_PORT as number | undefined,
    logLevel: String(values.LOG_LEVEL ?? 'info'),
    logNames: values.YOUJU_LOG_NAMES === '1',
    paced: values.YOUJU_LIMITS !== 'off',
    secrets: given.filter(({ secret }) => secret).flatMap(({ name }) => secretsIn(String(values[name]))),
  }
}

/** Chats of the office. Which of them are people does not matter: what is sent there is the same. */
export function officeOf(list: AllowList): Target[] {
  return [...list].flatMap(([platform, ids]) => [...ids].map((chat) => ({ platform, chat, thread: '', group: true })))
}

/** The value, and what of addresses in it is as secret: passwords, keys. */
function secretsIn(value: string): string[] {
  const urls = (value.match(/\w+:\/\/[^\s,，]+/g) ?? [])
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text))
  return [value, ...urls.flatMap((url) => [url.password, ...url.searchParams.values()])].filter(Boolean)
}

function readAllowList(name: string, values: Values): AllowList {
  const allowed: AllowList = new Map()
  for (const entry of String(values[name] ?? '')
    .split(/[\s,，;；]+/)
    .filter(Boolean)) {
    const [, platform, id] = /^([a-z]+)[:：](\S+)$/.exec(entry) ?? []
    if (!platform || !id || !PLATFORMS.some((each) => each.platform === platform))
      throw faultOf(OWN.find((variable) => variable.name === name)!, `里的“${entry}”看不懂`)
    allowed.set(platform, (allowed.get(platform) ?? new Set()).add(id))
  }
  return allowed
}

function faultOf({ name, where }: Variable, what: string): YoujuError {
  return new YoujuError('CONFIG', `环境变量 ${name} ${what}。${where}。`)
}
