import { describe, expect, it } from 'vitest'
import { startFakeWecomHook } from '../fakes/wecom-hook.js'
import { dataFolder, startService, until } from '../support/service.js'
import { BEFORE, EIGHT, GOALS } from './digests.js'

describe('推送：企业微信群机器人', () => {
  it('写了地址就有，几个群各发各的，带图；长的分几条发全', async () => {
    const fake = await startFakeWecomHook()
    const data = dataFolder()
    let ahead = BEFORE - performance.now()
    const service = await startService(
      { ...fake.env, YOUJU_DATA: data.folder },
      { clock: () => performance.now() + ahead },
    )
    await until('a connection', () => Object.values(service.metrics.states)[0]?.state === 'up')
    const subscribed = () => service.store.subscriptions.active('wecomhook')
    for (let i = 0; i < 50 && (await subscribed()).length < 2; i++) await new Promise((done) => setTimeout(done, 100))
    const [first] = await subscribed()
    await service.store.subscriptions.put({ ...first!, digest: 'section', position: 2, report: 'donghe-2025' })
    ahead = EIGHT - performance.now()
    const digests = (pattern: RegExp) => fake.seen.filter(({ text }) => pattern.test(text))
    await until('the digests', () => digests(GOALS).length === 2, 40_000)
    await until('the pictures', () => fake.seen.flatMap((seen) => seen.pictures ?? []).length === 2, 40_000)
    await new Promise((done) => setTimeout(done, 500))
    expect(
      digests(GOALS)
        .map(({ chat }) => chat)
        .sort(),
    ).toEqual(['办公室', '大会'].sort())
    expect(fake.violations).toEqual([])
    await service.stop(0)
    expect(service.text()).not.toContain(new URL(fake.urlOf('大会')).searchParams.get('key'))
    await fake.stop()
    data.remove()
  })
})
