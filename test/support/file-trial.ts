import { expect } from 'vitest'
import { lookIntoStore, openStore } from '../../src/store/index.js'
import { openWorld, startInstance } from './instances.js'
import { KILLS, killAround, tally } from './killing.js'
import { dataFolder } from './service.js'

/** One instance with its state in a file, killed again and again; on a platform that knows a message it has seen, or does not. */
export async function killOnFile(knowsAgain: boolean): Promise<void> {
  const world = await openWorld(knowsAgain)
  const data = dataFolder()
  const place = { dataFolder: data.folder, databaseUrl: undefined }
  await (await openStore(place)).close()
  const store = await lookIntoStore(place)
  const orders = { url: world.url, dataFolder: data.folder, remembersMs: knowsAgain ? 120_000 : 0 }
  const trial = { world, store, start: () => startInstance(orders), instances: 1 }
  await killAround(trial)
  const found = await tally(trial)
  process.stdout.write(
    `${KILLS} kills, one instance, a file, knows its messages again: ${knowsAgain}: ${JSON.stringify(found)}\n`,
  )
  // What can be sent again without being doubled is never left unknown.
  if (knowsAgain) expect(found.unknown).toBe(0)
  await store.close()
  await world.close()
  data.remove()
}
