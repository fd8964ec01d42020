import { asObject, type Json } from './json.js'

/** Whom a text would ping. */
export interface Pings {
  everyone: boolean
  users: string[]
  roles: string[]
  /** Each of them as it stands in the text. */
  raw: string[]
}

/**
 * The mentions of a text that ping, given `allowed_mentions`.
 * Left out, it lets everything through in a message and only people in what answers an interaction.
 */
export function pingsOf(content: string, allowed: unknown, where: { group: boolean; webhook: boolean }): Pings {
  const given = asObject(allowed)
  const parse = given ? listOf(given.parse) : where.webhook ? ['users'] : ['users', 'roles', 'everyone']
  const lets = (kind: 'users' | 'roles', id: string) => parse.includes(kind) || listOf(given?.[kind]).includes(id)
  const pings: Pings = { everyone: false, users: [], roles: [], raw: [] }
  for (const match of outsideCode(content).matchAll(MENTION)) {
    const { all, user, role } = match.groups!
    if (all && where.group && parse.includes('everyone')) pings.everyone = true
    else if (user && lets('users', user)) pings.users.push(user)
    else if (role && where.group && lets('roles', role)) pings.roles.push(role)
    else continue
    pings.raw.push(match[0])
  }
  return pings
}

/** Whether the author of the message that is answered gets a ping of the answer. */
export function pingsReplied(body: Json): boolean {
  const given = asObject(body.allowed_mentions)
  return given ? given.replied_user === true : true
}

/** People whom a text typed by a person mentions. */
export function mentioned(content: string): string[] {
  return [...outsideCode(content).matchAll(MENTION)].flatMap(({ groups }) => groups!.user ?? [])
}

/** A backslash before a mention is not trusted to take its force. */
const MENTION = /@(?<all>everyone|here)|<@!?(?<user>\d{17,20})>|<@&(?<role>\d{17,20})>/g

const outsideCode = (content: string) => content.replace(/```[\s\S]*?```|`[^`\n]+`/g, ' ')
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
