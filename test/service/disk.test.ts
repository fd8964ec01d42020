import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTelegramFake } from '../fakes/telegram.js'
import { openScene } from '../support/scene.js'
import { until } from '../support/service.js'

/** A disk of one megabyte, where this machine lets us have one. */
const folder = mkdtempSync(join(tmpdir(), 'youju-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0

describe.skipIf(!mounted)(`磁盘满了${mounted ? '' : '（这台机器上不能挂载小磁盘，跳过）'}`, () => {
  const data = join(folder, 'data')
  const filler = join(folder, 'filler')
  beforeAll(() => mkdirSync(data))
  afterAll(() => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })

  it('说清楚是磁盘满了，问题照答；腾出地方以后又记得住', async () => {
    const scene = await openScene(await createTelegramFake(), { YOUJU_DATA: data })
    const { fake, ask, answerTo } = scene
    await answerTo(await ask('ann', '去年GDP是多少'))
    fill()
    // What the file has still room for is used up first.
    const told = () => scene.service.text().includes('磁盘写不进去了')
    for (let i = 0; i < 60 && !told(); i++)
      expect((await answerTo(await ask(`p${i}`, '去年粮食产量多少'))).text).toContain('9700万斤')
    expect(told()).toBe(true)
    expect((await answerTo(await ask('ann', '去年粮食产量多少'))).text).toContain('9700万斤')
    rmSync(filler)
    await until('buttons again', () => fake.seen.length > 0)
    const after = await answerTo(await ask('bob', '去年GDP是多少'))
    expect(after.buttons.length).toBeGreaterThan(0)
    await scene.restart()
    expect((await answerTo(await ask('ann', '去年GDP是多少'))).text).toContain('482.6亿元')
    await scene.close(/Too Many/)
  })

  function fill(): void {
    for (const size of [65536, 4096, 512])
      for (let more = true; more; ) {
        const before = existsSync(filler) ? statSync(filler).size : 0
        try {
          writeFileSync(filler, Buffer.alloc(size), { flag: 'a' })
        } catch {
          // Full, at this size.
        }
        more = statSync(filler).size >= before + size
      }
  }
})
