import { it } from 'vitest'
import { killOnFile } from '../support/file-trial.js'
import { KILLS, LONG_MS } from '../support/killing.js'

it(`平台认得出同一条的，杀 ${KILLS} 次：每个群每条只收到一次，没有说不准的`, () => killOnFile(true), LONG_MS)
