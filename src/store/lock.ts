import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { YoujuError } from '../errors.js'

const FILE = 'youju.lock'
/** A service that is told to stop takes some seconds: the next one waits for it. */
const PATIENCE_MS = 8000
const LOOK_MS = 200

/** Keeps a folder to one process; gives how to let it go. Throws `STORE_UNUSABLE` where a living process has it. */
export async function lockFolder(folder: string, patienceMs = PATIENCE_MS): Promise<() => void> {
  const file = join(folder, FILE)
  for (let waited = 0; ; waited += LOOK_MS) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    }
    const owner = Number(readFileSync(file, 'utf8'))
    if (!isAlive(owner)) rmSync(file, { force: true })
    else if (waited >= patienceMs)
      throw new YoujuError(
        'STORE_UNUSABLE',
        `数据文件夹 ${folder} 正由另一个有据（进程 ${owner}）使用。请先停掉那一个，或者用 YOUJU_DATA 换一个文件夹。`,
      )
    else await sleep(LOOK_MS)
  }
}

/**
 * Whether a process of ours has this number. In a container every process may have the same: our own is never another's. A number
 * outlives its process for a while, and is given to others later; where the system tells, both are seen.
 */
function isAlive(pid: number): boolean {
  if (!pid || pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  try {
    // A process that has ended and was not yet asked about has no command line left.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node')
  } catch {
    return true
  }
}
