import { join } from 'node:path'
import type { DiscordOptions } from '../adapters/discord/index.js'
import type { TelegramOptions } from '../adapters/telegram/index.js'
import type { WecomOptions } from '../adapters/wecom/index.js'
import type { AllowList } from '../chat/access.js'
import { YoujuError } from '../errors.js'
import { ROOT, type Zod, zod } from '../knowledge/read.js'

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Where each variable is got: the way out of every error about it. */
const SOURCES: Record<string, string> = {
  TELEGRAM_BOT_TOKEN: '在 Telegram 里找 @BotFather，发 /newbot 或 /mybots 取得',
  TELEGRAM_API_ROOT: '一般不用设；自建 Bot API 服务器时写它的网址，如 http://127.0.0.1:8081',
  TELEGRAM_WEBHOOK_URL: '填您的服务器对外的 https 网址，如 https://bot.example.cn/telegram；不设就用轮询',
  TELEGRAM_WEBHOOK_SECRET: '自己定一串随机字符，只用字母、数字、下划线和短横，如 openssl rand -hex 32 的结果',
  TELEGRAM_WEBHOOK_PORT: '填本机接收回调的端口，如 8443',
  WECOM_BOT_ID: '在企业微信管理后台“智能机器人”里选“API 模式、长连接”取得',
  WECOM_BOT_SECRET: '和 WECOM_BOT_ID 在同一页',
  WECOM_WS_URL: '一般不用设；私有部署的企业微信在管理端查看长连接地址，以 ws:// 或 wss:// 开头',
  DISCORD_TOKEN: '在 https://discord.com/developers/applications 的 Bot 页取得',
  DISCORD_API_ROOT: '一般不用设；接本地服务器时写它的网址',
  YOUJU_HTTP_PORT: '填 1 到 65535 之间没有被占用的端口，如 8080；不设就不开',
  YOUJU_ALLOW: '写成“平台:编号”，多个用逗号隔开，如 telegram:-1001234,wecom:zhangsan；不设就谁都能用',
  YOUJU_DATA: '填一个能写入的文件夹；不设就用项目里的 data',
  LOG_LEVEL: `填 ${LEVELS.join('、')} 之一；不设就是 info`,
  YOUJU_LIMITS: '填 off 就不限发送速度，只用于没有频率限制的本地服务器；不设就按各平台的规定',
  YOUJU_LOG_NAMES: '填 1 就在日志里记下提问的人；不设就不记',
}

const TOGETHER: [needed: string, by: string][] = [
  ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
  ['WECOM_BOT_SECRET', 'WECOM_BOT_ID'],
  ['WECOM_BOT_ID', 'WECOM_WS_URL'],
  ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_API_ROOT'],
  ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_URL'],
  ['TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_WEBHOOK_URL'],
  ['TELEGRAM_WEBHOOK_PORT', 'TELEGRAM_WEBHOOK_URL'],
  ['TELEGRAM_WEBHOOK_URL', 'TELEGRAM_WEBHOOK_SECRET'],
  ['TELEGRAM_WEBHOOK_URL', 'TELEGRAM_WEBHOOK_PORT'],
  ['DISCORD_TOKEN', 'DISCORD_API_ROOT'],
]

const environment = (z: Zod) => {
  const secret = z.string().regex(/^\S+$/, '里面有空白')
  const url = (...schemes: string[]) =>
    z
      .string()
      .refine(
        (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
        `不是 ${schemes.join('//、')}// 开头的网址`,
      )
  const port = z
    .string()
    .regex(/^\d+$/, '不是端口号')
    .transform(Number)
    .refine((number) => number >= 1 && number <= 65_535, '不在 1 到 65535 之间')
  return z.object({
    TELEGRAM_BOT_TOKEN: secret.optional(),
    TELEGRAM_API_ROOT: url('http:', 'https:').optional(),
    TELEGRAM_WEBHOOK_URL: url('http:', 'https:').optional(),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[\w-]{1,256}$/, '有字母、数字、下划线、短横以外的字符，或超过 256 个')
      .optional(),
    TELEGRAM_WEBHOOK_PORT: port.optional(),
    WECOM_BOT_ID: secret.optional(),
    WECOM_BOT_SECRET: secret.optional(),
    WECOM_WS_URL: url('ws:', 'wss:').optional(),
    DISCORD_TOKEN: secret.optional(),
    DISCORD_API_ROOT: url('http:', 'https:').optional(),
    YOUJU_HTTP_PORT: port.optional(),
    YOUJU_ALLOW: z.string().optional(),
    YOUJU_DATA: z.string().optional(),
    YOUJU_LIMITS: z.enum(['on', 'off'], '只能是 on 或 off').optional(),
    YOUJU_LOG_NAMES: z.string().optional(),
    LOG_LEVEL: z.enum(LEVELS, '不是认得的级别').optional(),
  })
}

/** Whether a chat platform is set up, or half so: else the terminal is meant. */
export function hasPlatform(env: NodeJS.ProcessEnv): boolean {
  return Object.keys(SOURCES).some((name) => /^(?:TELEGRAM|WECOM|DISCORD)_/.test(name) && env[name]?.trim())
}

/** What the environment asks for. Platforms that are not set up are absent. */
export interface Config {
  telegram?: TelegramOptions
  wecom?: WecomOptions
  discord?: DiscordOptions
  allow: AllowList
  dataFolder: string
  httpPort: number | undefined
  logLevel: (typeof LEVELS)[number]
  logNames: boolean
  /** Keep to the platforms' limits. */
  paced: boolean
  /** What must never be printed. */
  secrets: string[]
}

/** Reads the variables of `.env.example`. Throws `CONFIG`, which names the variable, what is wrong with it and where to get it. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => SOURCES[name] && value?.trim()))
  const parsed = environment(zod()).safeParse(given)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw faultOf(String(path[0]), message)
  }
  for (const [needed, by] of TOGETHER)
    if (given[by] && !given[needed]) throw faultOf(needed, `没有设（设了 ${by} 就要设它）`)
  const v = parsed.data
  const root = <T extends string>(name: T, value: string | undefined) =>
    value ? ({ [name]: value } as Record<T, string>) : {}
  const webhook = v.TELEGRAM_WEBHOOK_URL
    ? { webhook: { url: v.TELEGRAM_WEBHOOK_URL, secret: v.TELEGRAM_WEBHOOK_SECRET!, port: v.TELEGRAM_WEBHOOK_PORT! } }
    : {}
  return {
    ...(v.TELEGRAM_BOT_TOKEN
      ? { telegram: { token: v.TELEGRAM_BOT_TOKEN, ...root('apiRoot', v.TELEGRAM_API_ROOT), ...webhook } }
      : {}),
    ...(v.WECOM_BOT_ID
      ? { wecom: { botId: v.WECOM_BOT_ID, secret: v.WECOM_BOT_SECRET!, ...root('wsUrl', v.WECOM_WS_URL) } }
      : {}),
    ...(v.DISCORD_TOKEN ? { discord: { token: v.DISCORD_TOKEN, ...root('apiRoot', v.DISCORD_API_ROOT) } } : {}),
    allow: readAllowList(v.YOUJU_ALLOW ?? ''),
    dataFolder: v.YOUJU_DATA ?? join(ROOT, 'data'),
    httpPort: v.YOUJU_HTTP_PORT,
    logLevel: v.LOG_LEVEL ?? 'info',
    logNames: v.YOUJU_LOG_NAMES === '1',
    paced: v.YOUJU_LIMITS !== 'off',
    secrets: [v.TELEGRAM_BOT_TOKEN, v.TELEGRAM_WEBHOOK_SECRET, v.WECOM_BOT_SECRET, v.DISCORD_TOKEN].filter(
      (s) => s !== undefined,
    ),
  }
}

const ALLOWED = /^(telegram|wecom|discord):([^\s:]+)$/

function readAllowList(text: string): AllowList {
  const allowed: AllowList = new Map()
  for (const entry of text.split(/[\s,，;；]+/).filter(Boolean)) {
    const [, platform, id] = ALLOWED.exec(entry) ?? []
    if (!platform) throw faultOf('YOUJU_ALLOW', `里的“${entry}”看不懂`)
    allowed.set(platform, (allowed.get(platform) ?? new Set()).add(id!))
  }
  return allowed
}

function faultOf(name: string, what: string): YoujuError {
  return new YoujuError('CONFIG', `环境变量 ${name} ${what}。${SOURCES[name]}。`)
}
