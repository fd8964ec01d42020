import { address, type Platform, portNumber, secretText } from '../platform.js'

const TOKEN = 'TELEGRAM_BOT_TOKEN'
const WEBHOOK = ['TELEGRAM_WEBHOOK_URL', 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_WEBHOOK_PORT'] as const

export const telegram: Platform = {
  platform: 'telegram',
  variables: [
    { name: TOKEN, schema: secretText, secret: true, where: '在 Telegram 里找 @BotFather，发 /newbot 或 /mybots 取得' },
    {
      name: 'TELEGRAM_API_ROOT',
      schema: address('http:', 'https:'),
      needs: [TOKEN],
      where: '一般不用设；自建 Bot API 服务器时写它的网址，如 http://127.0.0.1:8081',
    },
    {
      name: WEBHOOK[0],
      schema: address('http:', 'https:'),
      needs: [TOKEN, WEBHOOK[1], WEBHOOK[2]],
      where: '填您的服务器对外的 https 网址，如 https://bot.example.cn/telegram；不设就用轮询',
    },
    {
      name: WEBHOOK[1],
      // https://core.telegram.org/bots/api#setwebhook, secret_token
      schema: (z) => z.string().regex(/^[\w-]{1,256}$/, '有字母、数字、下划线、短横以外的字符，或超过 256 个'),
      needs: [WEBHOOK[0]],
      secret: true,
      where: '自己定一串随机字符，只用字母、数字、下划线和短横，如 openssl rand -hex 32 的结果',
    },
    { name: WEBHOOK[2], schema: portNumber, needs: [WEBHOOK[0]], where: '填本机接收回调的端口，如 8443' },
  ],
  async open(values) {
    const { createTelegram } = await import('./index.js')
    const [url, secret, port] = WEBHOOK.map((name) => values[name])
    return createTelegram({
      token: String(values[TOKEN]),
      ...(values.TELEGRAM_API_ROOT ? { apiRoot: String(values.TELEGRAM_API_ROOT) } : {}),
      ...(url ? { webhook: { url: String(url), secret: String(secret), port: Number(port) } } : {}),
    })
  },
}
