import type { Adapter } from '../chat/model.js'
import type { Config } from '../service/config.js'

/** An adapter for each platform that is set up. A platform's client is loaded only where it is used. */
export async function openAdapters({ telegram, wecom, discord }: Config): Promise<Adapter[]> {
  return Promise.all([
    ...(telegram ? [import('./telegram/index.js').then((m) => m.createTelegram(telegram))] : []),
    ...(wecom ? [import('./wecom/index.js').then((m) => m.createWecom(wecom))] : []),
    ...(discord ? [import('./discord/index.js').then((m) => m.createDiscord(discord))] : []),
  ])
}
