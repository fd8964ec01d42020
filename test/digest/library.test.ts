import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDesk } from '../../src/desk.js'
import { DIGESTS } from '../../src/digest/rows.js'
import { createTeller } from '../../src/digest/tell.js'

/** Reports of other places, where a copy of them is at hand. */
const folder = process.env.YOUJU_REPORTS
const reports = folder
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .sort()
  : []
const EVERY = 29

describe.skipIf(!reports.length)(`别处的报告${reports.length ? '' : '（这台机器上没有 YOUJU_REPORTS，跳过）'}`, () => {
  it.each(reports.filter((_, i) => i % EVERY === 0))(
    '%s：轮着讲的几乎都讲得出来，讲出来的都有两个可以点的问题',
    (file) => {
      const desk = openDesk([join(folder!, file)], () => undefined)
      const teller = createTeller(desk, async () => [])
      let [items, passedOver] = [0, 0]
      for (const digest of DIGESTS)
        for (let position = 0; position < teller.count(digest); position++) {
          items++
          const telling = teller.tell(digest, position)
          if (telling?.position !== position) passedOver++
          else expect(telling.pages[0]!.suggestions, `${digest.name} ${position}`).toHaveLength(2)
        }
      expect(items).toBeGreaterThan(30)
      // What the gate holds back is passed over: a quotation that does not read back from the text.
      expect(passedOver / items).toBeLessThan(0.02)
    },
  )
})
