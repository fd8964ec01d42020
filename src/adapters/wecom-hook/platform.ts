import type { Schema } from '../../knowledge/read.js'
import type { Platform } from '../platform.js'

const URLS = 'WECOM_WEBHOOK_URL'
/** What a group is called where there is only one, and it has no name. */
const ONLY = '群'
const ENTRY = /^(?:([^\s=:/,，]{1,20})[=＝])?(https?:\/\/\S+)$/

/** Addresses of group robots by the names of their groups; undefined where one cannot be read. */
function robotsIn(text: string): Map<string, string> | undefined {
  const entries = text.split(/[,，\s]+/).filter(Boolean)
  const robots = new Map<string, string>()
  for (const entry of entries) {
    const [, name = ONLY, url] = ENTRY.exec(entry) ?? []
    if (!url || !URL.canParse(url) || !new URL(url).searchParams.get('key') || robots.has(name)) return undefined
    robots.set(name, url)
  }
  return robots.size ? robots : undefined
}

const robots: Schema<string> = (z) =>
  z.string().refine((text) => robotsIn(text) !== undefined, '看不懂：要写“名字=网址”，网址里有 key，名字不能重复')

export const wecomHook: Platform = {
  platform: 'wecomhook',
  variables: [
    {
      name: URLS,
      schema: robots,
      secret: true,
      where: '在企业微信的群里添加“群机器人”，把它的 Webhook 地址写成“名字=地址”，几个群用逗号隔开',
    },
  ],
  async open(values) {
    const { createWecomHook } = await import('./index.js')
    return createWecomHook(robotsIn(String(values[URLS]))!)
  },
}
