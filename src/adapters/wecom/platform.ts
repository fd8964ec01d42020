import { address, type Platform, secretText } from '../platform.js'

const [ID, SECRET, WS_URL] = ['WECOM_BOT_ID', 'WECOM_BOT_SECRET', 'WECOM_WS_URL'] as const

export const wecom: Platform = {
  platform: 'wecom',
  variables: [
    {
      name: ID,
      schema: secretText,
      needs: [SECRET],
      where: '在企业微信里建智能机器人，选“API 模式”和“长连接”，就能看到 Bot ID',
    },
    { name: SECRET, schema: secretText, needs: [ID], secret: true, where: `和 ${ID} 在同一页` },
    {
      name: WS_URL,
      schema: address('ws:', 'wss:'),
      needs: [ID],
      where: '一般不用设；私有部署的企业微信在管理端查看长连接地址，以 wss:// 开头',
    },
  ],
  async open(values) {
    const { createWecom } = await import('./index.js')
    const wsUrl = values[WS_URL]
    return createWecom({
      botId: String(values[ID]),
      secret: String(values[SECRET]),
      ...(wsUrl ? { wsUrl: String(wsUrl) } : {}),
    })
  },
}
