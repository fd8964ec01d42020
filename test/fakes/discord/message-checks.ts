import { checkAttachments, type Files } from './attachments.js'
import { checkComponents } from './component-checks.js'
import { checkEmbeds } from './embed-checks.js'
import { createForm, type Form, type Path } from './form.js'
import { isId } from './ids.js'
import { asNumber, asObject } from './json.js'

/** Checks a message as the platform does, in the body or (in an answer to an interaction) below `data`. */
export function checkMessage(files: Files, path: Path = []): void {
  const { body } = files
  const form = createForm()
  form.text([...path, 'content'], body.content, { max: 2000 })
  checkEmbeds(form, [...path, 'embeds'], body.embeds)
  checkAttachments(form, [...path, 'attachments'], files)
  checkComponents(form, [...path, 'components'], body.components)
  checkAllowed(form, [...path, 'allowed_mentions'], body.allowed_mentions)
  checkNonce(form, [...path, 'nonce'], body.nonce)
  if (asNumber(body.flags) & COMPONENTS_V2) {
    // The platform would take them; this server does not know them.
    form.fault([...path, 'flags'], 'FAKE_UNSUPPORTED', 'IS_COMPONENTS_V2 is not served by this fake')
  }
  form.done()
}

function checkAllowed(form: Form, path: Path, value: unknown): void {
  const allowed = asObject(value)
  if (!allowed) return
  const parse = form.list([...path, 'parse'], allowed.parse, 0, 3)
  parse.forEach((kind, i) => {
    if (!['users', 'roles', 'everyone'].includes(String(kind))) {
      form.fault([...path, 'parse', i], 'BASE_TYPE_CHOICES', "Value must be one of ('everyone', 'roles', 'users').")
    }
  })
  for (const kind of ['users', 'roles']) {
    const ids = form.list([...path, kind], allowed[kind], 0, 100)
    ids.forEach((id, i) => {
      if (!isId(String(id))) form.fault([...path, kind, i], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)
    })
    if (ids.length > 0 && parse.includes(kind)) {
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`
      form.fault(path, 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message)
    }
  }
}

function checkNonce(form: Form, path: Path, nonce: unknown): void {
  if (nonce === undefined || nonce === null) return
  if (typeof nonce !== 'string' && !Number.isInteger(nonce)) {
    form.fault(path, 'NONCE_TYPE_INVALID_TYPE', 'This field must be a string or integer.')
  } else if (String(nonce).length > 25) {
    form.fault(path, 'NONCE_TYPE_TOO_LONG', 'Must be 25 or fewer characters long.')
  }
}

const COMPONENTS_V2 = 1 << 15
