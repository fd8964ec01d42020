import { address, type Platform, secretText } from '../platform.js'

const [TOKEN, API_ROOT] = ['DISCORD_TOKEN', 'DISCORD_API_ROOT'] as const

export const discord: Platform = {
  platform: 'discord',
  variables: [
    {
      name: TOKEN,
      schema: secretText,
      secret: true,
      where: '在 https://discord.com/developers/applications 里应用的 Bot 页取得',
    },
    {
      name: API_ROOT,
      schema: address('http:', 'https:'),
      needs: [TOKEN],
      where: '一般不用设；接本地服务器时写它的网址，如 http://127.0.0.1:3000/api',
    },
  ],
  async open(values) {
    const { createDiscord } = await import('./index.js')
    const apiRoot = values[API_ROOT]
    return createDiscord({ token: String(values[TOKEN]), ...(apiRoot ? { apiRoot: String(apiRoot) } : {}) })
  },
}
