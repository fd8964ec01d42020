import { badRequest, conflict } from './errors.js'
import { asList } from './json.js'
import type { Polling } from './polling.js'
import type { Reply } from './reply.js'
import { type Call, jsonOf, textOf } from './request.js'
import { UPDATE_KINDS } from './update-kinds.js'
import type { Updates } from './updates.js'
import type { Webhook } from './webhook.js'

/** The ways by which the bot hears of updates; only one is open at a time. */
export interface Connection {
  updates: Updates
  polling: Polling
  webhook: Webhook
}

/** Answers the methods that are about how the bot hears of updates; false for the others. */
export function answerConnection(call: Call, reply: Reply, { updates, polling, webhook }: Connection): boolean {
  if (call.method === 'getUpdates') {
    if (webhook.isSet()) throw conflict(WEBHOOK_ACTIVE)
    want(call, updates)
    polling.handle(call, reply)
  } else if (call.method === 'setWebhook' && textOf(call, 'url') !== '') {
    webhook.set(call)
    want(call, updates)
    polling.end(conflict('terminated by setWebhook request', true))
    reply.ok('true')
  } else if (call.method === 'deleteWebhook' || call.method === 'setWebhook') {
    webhook.remove(call)
    reply.ok('true')
  } else if (call.method === 'getWebhookInfo') {
    reply.ok(JSON.stringify(webhook.info()))
  } else {
    return false
  }
  return true
}

/** Which kinds of updates the bot asks for; where it does not say, it is as it was. */
function want(call: Call, updates: Updates): void {
  const value = jsonOf(call, 'allowed_updates', "can't parse allowed updates JSON object")
  if (value === undefined) return
  const kinds = asList(value)
  if (!kinds?.every((kind) => typeof kind === 'string')) throw badRequest('allowed updates must be an Array of String')
  const unknown = kinds.filter((kind) => !UPDATE_KINDS.includes(kind))
  if (unknown.length > 0) call.note(`allowed_updates has unknown kinds: ${unknown.join(', ')}`)
  updates.want(kinds)
}

const WEBHOOK_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
