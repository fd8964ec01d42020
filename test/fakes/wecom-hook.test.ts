import { afterEach, describe, expect, it } from 'vitest'
import { inline, sampleJpeg, samplePng } from './wecom/samples.js'
import { startFakeWecomHook, type WecomHookFake } from './wecom-hook.js'

const started: WecomHookFake[] = []

afterEach(async () => {
  for (const fake of started.splice(0)) await fake.stop()
})

async function start(now?: () => number): Promise<WecomHookFake> {
  const fake = await startFakeWecomHook(now && { now })
  started.push(fake)
  return fake
}

type Answer = { errcode: number; errmsg: string }

async function post(url: string, message: unknown): Promise<Answer> {
  const body = typeof message === 'string' ? message : JSON.stringify(message)
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (response.status !== 200) throw new Error(String(response.status))
  return (await response.json()) as Answer
}

async function code(url: string, message: unknown): Promise<number> {
  return (await post(url, message)).errcode
}

const text = (content: string) => ({ msgtype: 'text', text: { content } })
const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } })
const markdownV2 = (content: string) => ({ msgtype: 'markdown_v2', markdown_v2: { content } })
const image = (raw: Buffer) => ({ msgtype: 'image', image: inline(raw) })

describe('addresses', () => {
  it('are named in the variable, several with commas between them', async () => {
    const fake = await start()
    const url = fake.urlOf('办公室')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/cgi-bin\/webhook\/send\?key=[\w-]+$/)
    expect(fake.env).toEqual({ WECOM_WEBHOOK_URL: `办公室=${url},大会=${fake.urlOf('大会')}` })
    expect(() => fake.urlOf('食堂')).toThrow('there is no group')
  })

  it('are good with a key that there is', async () => {
    const fake = await start()
    const url = fake.urlOf('办公室')
    const answer = await post(`${url}x`, text('早报'))
    expect(answer).toEqual({ errcode: 93000, errmsg: expect.stringContaining('invalid webhook url, hint: [') })
    expect(await code(url.replace(/\?.*/, ''), text('早报'))).toBe(93000)
    await expect(post(url.replace('send', 'sent'), text('早报'))).rejects.toThrow('404')
    expect((await fetch(url)).status).toBe(404)
    expect(fake.seen).toEqual([])
    expect(fake.violations).toHaveLength(4)
  })

  it('are good no more where the robot was put out of its group', async () => {
    const fake = await start()
    fake.remove('办公室')
    expect(await code(fake.urlOf('办公室'), text('早报'))).toBe(93000)
    expect(await code(fake.urlOf('大会'), text('早报'))).toBe(0)
    fake.inject({ kind: 'revoked' })
    expect(await code(fake.urlOf('大会'), text('早报'))).toBe(93000)
    expect(fake.seen).toHaveLength(1)
    expect(fake.violations).toEqual([])
  })
})

describe('messages', () => {
  it('are shown as people read them', async () => {
    const fake = await start()
    const url = fake.urlOf('大会')
    expect(await post(url, { ...text('**早报** *'), msgtype: 'text' })).toEqual({ errcode: 0, errmsg: 'ok' })
    await post(url, markdown('## 早报\n> <font color="info">8%</font> [全文](https://example.com/) <@ann>'))
    await post(url, markdownV2('| 年 | 值 |\n| - | - |\n| 2025 | 8% |'))
    await post(fake.urlOf('办公室'), image(samplePng(1200, 800)))
    await post(url, { msgtype: 'text', text: { content: '早报', mentioned_list: ['ann', '@all'] } })
    expect(fake.seen.map(({ chat, text, pictures }) => [chat, text, pictures])).toEqual([
      ['大会', '**早报** *', undefined],
      ['大会', '早报\n8% 全文 @ann', undefined],
      ['大会', '年 值\n2025 8%', undefined],
      ['办公室', '', [{ bytes: 64, width: 1200, height: 800 }]],
      ['大会', '早报', undefined],
    ])
    expect(fake.seen[0]).toMatchObject({ replyTo: undefined, buttons: [], edits: 0, raw: text('**早报** *') })
    expect(fake.violations).toEqual([])
  })

  it.each([
    ['text', 2048, text],
    ['markdown', 4096, markdown],
    ['markdown_v2', 4096, markdownV2],
  ])('hold so much, and are refused whole: %s, %i bytes', async (type, most, wrap) => {
    const fake = await start()
    const url = fake.urlOf('大会')
    const fits = '长'.repeat(Math.floor(most / 3)) + 'x'.repeat(most % 3)
    expect(await code(url, wrap(fits))).toBe(0)
    expect(fake.violations).toEqual([])
    const answer = await post(url, wrap(`${fits}x`))
    expect(answer.errcode).toBe(40058)
    expect(answer.errmsg).toMatch(`${type}.content exceed max length ${most}. invalid Request Parameter`)
    expect(await code(url, wrap(''))).toBe(44004)
    expect(fake.seen.map((seen) => seen.text)).toEqual([fits])
    expect(fake.violations).toHaveLength(2)
  })

  it.each<[string, number, unknown]>([
    ['no JSON', 40008, '{"msgtype":"text"'],
    ['no object', 40008, 'null'],
    ['an unknown type', 40008, { msgtype: 'note', note: {} }],
    ['a type of no own', 40008, { msgtype: 'toString' }],
    ['no type', 40008, { text: { content: 'x' } }],
    ['the part of another type', 40058, { msgtype: 'markdown_v2', markdown: { content: 'x' } }],
    ['no content', 44004, { msgtype: 'text', text: {} }],
    ['content that is no text', 40058, { msgtype: 'text', text: { content: 8 } }],
    ['a field that there is not', 40058, { msgtype: 'markdown', markdown: { content: 'x', mentioned_list: ['ann'] } }],
  ])('are refused: %s', async (_, errcode, message) => {
    const fake = await start()
    expect(await code(fake.urlOf('大会'), message)).toBe(errcode)
    expect(fake.seen).toEqual([])
    expect(fake.violations).toHaveLength(1)
  })

  it.each([
    ['a table', markdown('早报\n| 年 | 值 |')],
    ['a block of code', markdown('```\n早报\n```')],
    ['a picture', markdown('![图](https://example.com/a.png)')],
    ['a mention', markdownV2('早报 <@ann>')],
    ['a colour', markdownV2('<font color="info">8%</font>')],
  ])('are taken, though people do not see it as meant: %s', async (what, message) => {
    const fake = await start()
    expect(await code(fake.urlOf('大会'), message)).toBe(0)
    expect(fake.seen).toHaveLength(1)
    expect(fake.violations).toEqual([`${message.msgtype}: ${what} is shown as it is written`])
  })
})

describe('pictures', () => {
  it('are PNG or JPEG of 2 MB', async () => {
    const fake = await start()
    const url = fake.urlOf('大会')
    const most = 2 * 1024 * 1024
    expect(await code(url, image(samplePng(3, 2, most)))).toBe(0)
    expect(await code(url, image(sampleJpeg(640, 480)))).toBe(0)
    expect(fake.violations).toEqual([])
    expect(await code(url, image(samplePng(3, 2, most + 1)))).toBe(40009)
    expect(await code(url, image(Buffer.from('GIF89a…')))).toBe(40123)
    expect(fake.seen.flatMap(({ pictures }) => pictures)).toEqual([
      { bytes: most, width: 3, height: 2 },
      { bytes: 22, width: 640, height: 480 },
    ])
    expect(fake.violations).toHaveLength(2)
  })

  it('come whole, with the md5 of their bytes', async () => {
    const fake = await start()
    const url = fake.urlOf('大会')
    const good = inline(samplePng(3, 2))
    const other = inline(samplePng(3, 3))
    // An encoder that was not closed loses the last bytes, and what is left is good base64 all the same.
    const short = samplePng(3, 2).subarray(0, 63).toString('base64')
    for (const wrong of [{ md5: other.md5 }, { md5: good.md5.toUpperCase() }, { base64: short }])
      expect(await code(url, { msgtype: 'image', image: { ...good, ...wrong } })).toBe(301019)
    for (const wrong of [{ md5: undefined }, { base64: undefined }])
      expect(await code(url, { msgtype: 'image', image: { ...good, ...wrong } })).toBe(40058)
    const address = `data:image/png;base64,${good.base64}`
    expect(await code(url, { msgtype: 'image', image: { ...good, base64: address } })).toBe(40123)
    expect(fake.seen).toEqual([])
    expect(await code(url, { msgtype: 'image', image: good })).toBe(0)
  })
})

it('takes 20 messages in any minute, a key', async () => {
  let skipped = 0
  const fake = await start(() => skipped)
  const url = fake.urlOf('大会')
  expect(await code(url, text(''))).toBe(44004)
  for (let n = 0; n < 20; n += 1) {
    skipped += 1000
    expect(await code(url, n % 2 ? text(`${n}`) : image(samplePng(3, 2)))).toBe(0)
  }
  const answer = await post(url, text('20'))
  expect(answer).toEqual({ errcode: 45009, errmsg: expect.stringContaining('api freq out of limit') })
  expect(await code(fake.urlOf('办公室'), text('x'))).toBe(0)
  // The first of them is a minute old, the others are not.
  skipped = 61_000
  expect(await code(url, text('21'))).toBe(0)
  expect(await code(url, text('22'))).toBe(45009)
  expect(fake.seen).toHaveLength(22)
  expect(fake.violations).toHaveLength(3)
  fake.unlimited()
  for (let n = 0; n < 30; n += 1) expect(await code(url, text('x'))).toBe(0)
})

describe('faults', () => {
  it('lostAck: shown, then cut', async () => {
    const fake = await start()
    fake.inject({ kind: 'lostAck' })
    await expect(post(fake.urlOf('大会'), text('早报'))).rejects.toThrow('fetch failed')
    expect(fake.seen).toHaveLength(1)
    expect(await code(fake.urlOf('大会'), text('早报'))).toBe(0)
  })

  it.each([true, false])('badGateway, accepted %s', async (accepted) => {
    const fake = await start()
    fake.inject({ kind: 'badGateway', accepted })
    await expect(post(fake.urlOf('大会'), text('早报'))).rejects.toThrow('502')
    expect(fake.seen).toHaveLength(accepted ? 1 : 0)
  })

  it('rateLimited, refused and dropped, in the order of injection: nothing is shown', async () => {
    const fake = await start()
    fake.inject({ kind: 'rateLimited', retryAfterMs: 1000 })
    fake.inject({ kind: 'refused', code: '93004' })
    fake.inject({ kind: 'dropped' })
    expect(await code(fake.urlOf('大会'), text('早报'))).toBe(45009)
    expect(await code(fake.urlOf('办公室'), text('早报'))).toBe(93004)
    await expect(post(fake.urlOf('大会'), text('早报'))).rejects.toThrow('fetch failed')
    expect(fake.seen).toEqual([])
    expect(await code(fake.urlOf('大会'), text('早报'))).toBe(0)
    expect(fake.violations).toEqual([])
  })

  it('slow: shown at once, answered late, others not held up', async () => {
    const fake = await start()
    fake.inject({ kind: 'slow', delayMs: 150 })
    const from = performance.now()
    const slow = code(fake.urlOf('大会'), text('早报'))
    while (fake.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    expect(await code(fake.urlOf('大会'), text('晚报'))).toBe(0)
    expect(performance.now() - from).toBeLessThan(140)
    expect(await slow).toBe(0)
    expect(performance.now() - from).toBeGreaterThan(140)
  })

  it('that cannot be are not injected', async () => {
    const fake = await start()
    expect(() => fake.inject({ kind: 'replaced' })).toThrow()
    expect(() => fake.inject({ kind: 'disconnected' })).toThrow()
    expect(() => fake.inject({ kind: 'refused', code: 'gone' })).toThrow()
  })
})
