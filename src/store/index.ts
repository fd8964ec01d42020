import type { ServiceStore } from './sql.js'

/** Where state is kept: a database that several processes share, else a folder of one process's own. */
export interface StorePlace {
  databaseUrl: string | undefined
  dataFolder: string
}

/** What a service keeps, for a look or a human's decision while it runs. Throws `STORE_UNUSABLE`. */
export async function lookIntoStore({ databaseUrl, dataFolder }: StorePlace): Promise<ServiceStore> {
  if (databaseUrl) return (await import('./postgres.js')).openPostgresStore(databaseUrl)
  return (await import('./file.js')).lookIntoFile(dataFolder)
}

/** Opens what a service keeps. The packages of the one that is not used are not loaded. Throws `STORE_UNUSABLE`. */
export async function openStore({ databaseUrl, dataFolder }: StorePlace): Promise<ServiceStore> {
  if (databaseUrl) return (await import('./postgres.js')).openPostgresStore(databaseUrl)
  return (await import('./file.js')).openFileStore(dataFolder)
}
