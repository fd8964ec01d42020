import { badRequest } from './errors.js'
import { asList, asObject, type Json } from './json.js'
import { type Call, jsonOf, requiredText, textOf } from './request.js'
import type { Stage } from './stage.js'
import { userView } from './views.js'

/** Who the bot is. */
export function getMe(_: Call, { world, privacy }: Stage): Json {
  return {
    ...userView(world.bot, world),
    can_join_groups: true,
    can_read_all_group_messages: !privacy,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
  }
}

/** Says which commands the bot offers. */
export function setMyCommands(call: Call, { commands }: Stage): true {
  const list = asList(jsonOf(call, 'commands', "can't parse commands JSON object"))
  if (!list) throw badRequest('expected an Array of BotCommand')
  if (list.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const item of list) checkCommand(item)
  commands.set(keyFor(call), list)
  return true
}

/** Which commands the bot offers. */
export function getMyCommands(call: Call, { commands }: Stage): unknown[] {
  return commands.get(keyFor(call)) ?? []
}

/** The bot offers no commands any more. */
export function deleteMyCommands(call: Call, { commands }: Stage): true {
  commands.delete(keyFor(call))
  return true
}

function checkCommand(item: unknown): void {
  const refuse = (why: string) => badRequest(`can't parse BotCommand: ${why}`)
  const object = asObject(item)
  if (!object) throw refuse('expected an Object')
  const command = requiredText(object, 'command', refuse)
  const description = requiredText(object, 'description', refuse)
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (description === '' || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
}

/** Commands are kept by whom they are for and by language. */
function keyFor(call: Call): string {
  const scope = asObject(jsonOf(call, 'scope', "can't parse BotCommandScope JSON object") ?? { type: 'default' })
  const type = scope && requiredText(scope, 'type', (why) => badRequest(`can't parse BotCommandScope: ${why}`))
  if (!SCOPES.includes(type ?? '')) throw badRequest("can't parse BotCommandScope: Unsupported type specified")
  const language = textOf(call, 'language_code')
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('BOT_COMMAND_LANGUAGE_INVALID')
  return JSON.stringify([scope, language])
}

const SCOPES = [
  ...['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'],
  ...['chat', 'chat_administrators', 'chat_member'],
]
