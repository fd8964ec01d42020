import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { failure, type Robot, startRobot } from './robot.js'
import { md5, sampleJpeg, samplePng } from './samples.js'

const started: Robot[] = []

afterEach(async () => {
  for (const robot of started.splice(0)) await robot.stop()
})

async function start(): Promise<Robot> {
  const robot = await startRobot()
  started.push(robot)
  return robot
}

const IMAGE = { type: 'image' as const, filename: 'chart.png' }
const CHUNK = 512 * 1024

/** One step of an upload, as the client words it. */
function step({ client }: Robot, name: 'init' | 'chunk' | 'finish', body: object): ReturnType<typeof client.reply> {
  return client.reply({ headers: { req_id: randomUUID() } }, body, `aibot_upload_media_${name}`)
}

function announced(raw: Buffer): object {
  return { ...IMAGE, total_size: raw.length, total_chunks: Math.ceil(raw.length / CHUNK), md5: md5(raw) }
}

async function opened(robot: Robot, raw: Buffer, other: object = {}): Promise<string> {
  return (await step(robot, 'init', { ...announced(raw), ...other })).body.upload_id
}

describe('an upload', () => {
  it('brings a picture in chunks that come side by side, and gives a media id', async () => {
    const { fake, client, hear } = await start()
    const large = await client.uploadMedia(samplePng(1200, 800, 3 * CHUNK + 1), IMAGE)
    expect(large).toMatchObject({ type: 'image', media_id: expect.any(String), created_at: expect.any(Number) })
    const small = await client.uploadMedia(sampleJpeg(640, 480), { ...IMAGE, filename: 'chart.jpg' })
    expect(small.media_id).not.toBe(large.media_id)
    expect(fake.seen).toEqual([])
    await hear('x')
    await client.sendMediaMessage('ann', 'image', large.media_id)
    await client.sendMediaMessage('ann', 'image', small.media_id)
    expect(fake.seen.map(({ pictures }) => pictures)).toEqual([
      [{ bytes: 3 * CHUNK + 1, width: 1200, height: 800 }],
      [{ bytes: 22, width: 640, height: 480 }],
    ])
    expect(fake.violations).toEqual([])
  })

  it('is put together by the index of its chunks, and takes one again', async () => {
    const robot = await start()
    const raw = samplePng(3, 2, CHUNK + 10)
    const upload_id = await opened(robot, raw)
    const send = (chunk_index: number) => {
      const part = raw.subarray(chunk_index * CHUNK, (chunk_index + 1) * CHUNK)
      return step(robot, 'chunk', { upload_id, chunk_index, base64_data: part.toString('base64') })
    }
    await send(1)
    expect(await failure(step(robot, 'finish', { upload_id }))).toBe(40058)
    await send(1)
    await send(0)
    expect((await step(robot, 'finish', { upload_id })).body.media_id).toEqual(expect.any(String))
    expect(robot.fake.violations).toEqual([
      'aibot_upload_media_finish: 40058 10 of 524298 bytes have come. invalid Request Parameter',
    ])
    expect(await failure(step(robot, 'finish', { upload_id }))).toBe(40058)
  })

  it('is refused as it is announced', async () => {
    const robot = await start()
    const most = 10 * 1024 * 1024
    const init = announced(samplePng(3, 2))
    expect(await failure(step(robot, 'init', { ...init, total_size: most, total_chunks: 20 }))).toBeUndefined()
    expect(robot.fake.violations).toEqual([])
    expect(await failure(step(robot, 'init', { ...init, total_size: most + 1, total_chunks: 21 }))).toBe(40009)
    expect(await failure(step(robot, 'init', { ...init, total_size: most, total_chunks: 19 }))).toBe(40058)
    expect(await failure(step(robot, 'init', { ...init, total_size: 5 }))).toBe(40058)
    expect(await failure(step(robot, 'init', { ...init, total_chunks: 101 }))).toBe(40058)
    expect(await failure(step(robot, 'init', { ...init, type: 'file' }))).toBe(40058)
    expect(await failure(step(robot, 'init', { ...init, filename: undefined }))).toBe(40058)
    expect(robot.fake.violations).toHaveLength(6)
  })

  it('is refused where a chunk does not belong to it, or is none', async () => {
    const robot = await start()
    const raw = samplePng(3, 2)
    const good = { upload_id: await opened(robot, raw), chunk_index: 0, base64_data: raw.toString('base64') }
    const large = Buffer.alloc(CHUNK + 1).toString('base64')
    for (const wrong of [{ upload_id: 'x' }, { chunk_index: 1 }, { base64_data: '…' }, { base64_data: large }])
      expect(await failure(step(robot, 'chunk', { ...good, ...wrong }))).toBe(40058)
    expect(await failure(step(robot, 'chunk', good))).toBeUndefined()
  })

  it('is refused at its end where the file is another, or no picture', async () => {
    const robot = await start()
    const finish = async (raw: Buffer, sent: Buffer, other?: object) => {
      const upload_id = await opened(robot, raw, other)
      await step(robot, 'chunk', { upload_id, chunk_index: 0, base64_data: sent.toString('base64') })
      return failure(step(robot, 'finish', { upload_id }))
    }
    const picture = samplePng(3, 2)
    expect(await finish(picture, samplePng(3, 2, 65))).toBe(40058)
    expect(await finish(picture, samplePng(3, 3))).toBe(301019)
    expect(await finish(picture, picture, { total_size: 65, md5: undefined })).toBe(40058)
    expect(await finish(picture, picture, { md5: undefined })).toBeUndefined()
    expect(await finish(Buffer.from('GIF89a…'), Buffer.from('GIF89a…'))).toBe(40123)
    expect(await finish(picture, picture)).toBeUndefined()
  })
})

describe('faults of uploads', () => {
  it('meet uploads alone, and those of messages leave them alone', async () => {
    const { fake, client, hear } = await start()
    await hear('x')
    fake.inject({ kind: 'refused', code: '846607' })
    const { media_id } = await client.uploadMedia(samplePng(3, 2), IMAGE)
    expect(await failure(client.sendMediaMessage('ann', 'image', media_id))).toBe(846607)
    fake.injectUpload({ kind: 'refused', code: '40009' })
    await client.sendMediaMessage('ann', 'image', media_id)
    expect(await failure(client.uploadMedia(samplePng(3, 2), IMAGE))).toBe(40009)
    fake.injectUpload({ kind: 'dropped' })
    expect(await failure(client.uploadMedia(samplePng(3, 2), IMAGE))).toMatch(/cancelled$/)
    expect(fake.seen).toHaveLength(1)
    expect(fake.violations).toEqual([])
  })
})
