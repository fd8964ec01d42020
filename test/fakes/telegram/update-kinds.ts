/** The kinds of updates that this server can send. */
export type UpdateKind =
  | 'message'
  | 'edited_message'
  | 'inline_query'
  | 'callback_query'
  | 'my_chat_member'
  | 'chat_member'

/** All kinds that the platform knows. */
export const UPDATE_KINDS: readonly string[] = [
  ...['message', 'edited_message', 'channel_post', 'edited_channel_post', 'business_connection', 'business_message'],
  ...['edited_business_message', 'deleted_business_messages', 'guest_message', 'message_reaction'],
  ...['message_reaction_count', 'inline_query', 'chosen_inline_result', 'callback_query', 'shipping_query'],
  ...['pre_checkout_query', 'purchased_paid_media', 'poll', 'poll_answer', 'my_chat_member', 'chat_member'],
  ...['chat_join_request', 'chat_boost', 'removed_chat_boost', 'managed_bot', 'subscription'],
  ...['stopped_message_generation'],
]

/** What a bot gets that asked for nothing: who comes and goes, and reactions, only come when asked for. */
export const USUAL_KINDS: readonly string[] = UPDATE_KINDS.filter(
  (kind) => !['chat_member', 'message_reaction', 'message_reaction_count'].includes(kind),
)
