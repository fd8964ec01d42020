import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../../src/chat/delivery.js'
import { type DigestOrder, digestOrderOf, obey } from '../../src/cli/digest.js'
import { openSchedule, type Schedule } from '../support/schedule.js'
import { desk } from '../support/service.js'

describe('npm run digest', () => {
  let schedule: Schedule
  beforeEach(async () => {
    schedule = await openSchedule('2025-03-03 07:59')
  })
  afterEach(() => schedule.close())
  const run = async (...words: string[]) => {
    const dryRun = words.includes('--dry-run')
    const order = digestOrderOf(
      words.filter((word) => word !== '--dry-run'),
      dryRun,
    ) as DigestOrder
    return (await obey(order, schedule.store, async () => desk(), schedule.now())).join('\n')
  }

  it('status 列出订阅和每一条的下场', async () => {
    expect(await run('status')).toContain('订阅 0 个')
    await schedule.subscribe()
    schedule.faults.push(new DeliveryError('refused', '群已经解散'))
    await schedule.run('2025-03-03 09:00')
    const status = await run('status')
    expect(status).toContain('p:room  主要目标  08:00  已发 0 项')
    expect(status).toMatch(
      /1 {2}3月3日（周一）08:00 {2}主要目标 {2}p:room {2}没发出（3月3日（周一）08:00） {2}试了 1 次 {2}群已经解散/,
    )
  })

  it('send --dry-run 只给人看，和到点发的一样，什么也不改', async () => {
    await schedule.subscribe()
    const printed = await run('send', '--dry-run', '主要目标')
    expect(printed).toContain('会发给 1 处')
    const [sent] = await schedule.run('2025-03-03 08:00')
    expect(printed).toContain(sent!.text)
    expect(() => digestOrderOf(['send', 'goals'], false)).toThrow(/--dry-run/)
  })

  it('resend 再发一次；没有的编号、不用补的，说清楚', async () => {
    await schedule.subscribe()
    schedule.faults.push(new DeliveryError('refused', 'x'))
    await schedule.run('2025-03-03 09:00')
    expect(await run('resend', '1')).toContain('会再发一次')
    await expect(run('resend', '1')).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('待发') })
    await expect(run('resend', '99')).rejects.toMatchObject({ code: 'USAGE' })
    await expect(run('resend', "1'; drop table ledger")).rejects.toMatchObject({ code: 'USAGE' })
    expect(await schedule.run('2025-03-03 09:05')).toHaveLength(1)
  })

  it('替不能说话的群订阅和退订；没人说过话的群、没有的名称，说清楚', async () => {
    await schedule.subscribe({ chat: '办公室' })
    expect(await run('subscribe', 'p:办公室', 'term')).toContain('已订阅“每日一词”')
    expect(await run('unsubscribe', 'p:办公室', 'term')).toContain('已退订')
    await expect(run('unsubscribe', 'p:办公室', 'term')).rejects.toMatchObject({ code: 'USAGE' })
    await expect(run('subscribe', 'p:没来过', 'term')).rejects.toMatchObject({
      message: expect.stringContaining('还没有人'),
    })
    await expect(run('subscribe', 'p:办公室', '晚报')).rejects.toMatchObject({
      message: expect.stringContaining('每日一词'),
    })
  })

  it.each([[['发']], [['resend']], [['status', 'a', 'b', 'c']], [['subscribe', 'p:a']]])('用法不对：%j', (words) => {
    expect(() => digestOrderOf(words, false)).toThrow(/用法/)
  })
})
