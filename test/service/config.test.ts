import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PLATFORMS } from '../../src/adapters/index.js'
import { YoujuError } from '../../src/errors.js'
import { ROOT } from '../../src/knowledge/read.js'
import { hasPlatform, readConfig } from '../../src/service/config.js'

const TOKEN = '123456:AAsecretsecretsecret'

function faultOf(env: Record<string, string>): YoujuError {
  try {
    readConfig(env)
  } catch (cause) {
    if (cause instanceof YoujuError) return cause
  }
  throw new Error('no fault was found')
}

describe('设置', () => {
  it('什么都没设，就是终端', () => {
    expect(hasPlatform({})).toBe(false)
    expect(hasPlatform({ TELEGRAM_BOT_TOKEN: '  ' })).toBe(false)
    expect(readConfig({}).platforms).toEqual([])
  })

  it('设了哪个平台就接哪个', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: TOKEN,
      WECOM_BOT_ID: 'aib1',
      WECOM_BOT_SECRET: 's1',
      DISCORD_TOKEN: 'd1',
      UNRELATED: 'x',
    }
    const config = readConfig(env)
    expect(config.platforms.map(({ platform }) => platform)).toEqual(['telegram', 'wecom', 'discord'])
    expect(config.secrets).toEqual([TOKEN, 's1', 'd1'])
    expect(config.logNames).toBe(false)
  })

  const wrong: [what: string, env: Record<string, string>, variable: string, way: RegExp][] = [
    ['只有编号没有密钥', { WECOM_BOT_ID: 'aib1' }, 'WECOM_BOT_SECRET', /没有设.*WECOM_BOT_ID.*同一页/],
    ['只有密钥没有编号', { WECOM_BOT_SECRET: 's1' }, 'WECOM_BOT_ID', /没有设.*智能机器人/],
    ['只有地址没有令牌', { TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }, 'TELEGRAM_BOT_TOKEN', /BotFather/],
    [
      '回调只设了网址',
      { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://a.cn/t' },
      'TELEGRAM_WEBHOOK_SECRET',
      /随机字符/,
    ],
    [
      '网址不是网址',
      { WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 'b', WECOM_WS_URL: 'https://a.cn' },
      'WECOM_WS_URL',
      /wss:\/\//,
    ],
    ['令牌里有空格', { DISCORD_TOKEN: 'a b' }, 'DISCORD_TOKEN', /空白.*developers/],
    ['端口太大', { YOUJU_HTTP_PORT: '70000' }, 'YOUJU_HTTP_PORT', /65535/],
    ['日志级别写错', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /info/],
    ['名单写错', { YOUJU_ALLOW: 'qq:1' }, 'YOUJU_ALLOW', /“qq:1”看不懂.*平台:编号/],
  ]
  it.each(wrong)('%s，说得出是哪一项、去哪里取', (_, env, variable, way) => {
    const fault = faultOf(env)
    expect(fault.code).toBe('CONFIG')
    expect(fault.message).toContain(variable)
    expect(fault.message).toMatch(way)
    for (const value of Object.values(env)) if (value.length > 6) expect(fault.message).not.toContain(value)
  })

  it('名单按平台分开，没写的平台不限', () => {
    const { allow } = readConfig({ YOUJU_ALLOW: 'telegram:-1001，telegram:42 wecom:wr-a_b' })
    expect([...allow.get('telegram')!]).toEqual(['-1001', '42'])
    expect([...allow.get('wecom')!]).toEqual(['wr-a_b'])
    expect(allow.has('discord')).toBe(false)
  })

  it('每一项都在 .env.example 里有说明和例子', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8')
    const names = PLATFORMS.flatMap(({ variables }) => variables.map(({ name }) => name))
    const own = [
      'DATABASE_URL',
      'YOUJU_OFFICE',
      'YOUJU_ALLOW',
      'YOUJU_DATA',
      'YOUJU_HTTP_PORT',
      'LOG_LEVEL',
      'YOUJU_LOG_NAMES',
      'YOUJU_LIMITS',
    ]
    expect(names.length).toBe(11)
    for (const name of [...names, ...own]) expect(example).toMatch(new RegExp(`^# .+\\n# ${name}=\\S+$`, 'm'))
  })
})
