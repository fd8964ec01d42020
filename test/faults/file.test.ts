import { it } from 'vitest'
import { killOnFile } from '../support/file-trial.js'
import { KILLS, LONG_MS } from '../support/killing.js'

it(`一个程序，数据在文件里，杀 ${KILLS} 次：每个群每条只收到一次，说不准的看得见`, () => killOnFile(false), LONG_MS)
