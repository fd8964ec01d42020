import { ButtonStyle, ComponentType, escapeMarkdown } from 'discord.js'
import type { Block } from '../../chat/blocks.js'
import type { Button, Outgoing } from '../../chat/model.js'
import { printable } from '../../message.js'
import { say } from '../../reply/words.js'

/** https://discord.com/developers/docs/components/reference: a row has five buttons of 80 characters, a message five rows. */
const BUTTONS_A_ROW = 5
const MOST_ROWS = 5
const LONGEST_LABEL = 80
const FILE = 'youju.png'
const ACCENT = 0x1f6feb

/** What every message of the bot has in common: nobody is pinged, whatever it repeats. */
const QUIET = { allowedMentions: { parse: [], repliedUser: false } }

/** Text as it stands: nothing in it is markup. */
function plain(text: string): string {
  return escapeMarkdown(printable(text), { heading: true, maskedLink: true })
    .replace(/^>/gm, '\\>')
    .replace(/<(?=[@#&:/])/g, '＜')
}

/** A page as Discord takes it: the headline in the message, so that a notification shows it; the evidence in an embed below. */
export function messageOf({ blocks, place, above, buttons, picture }: Outgoing) {
  const file = picture && { attachment: Buffer.from(picture.png), name: FILE, description: picture.about }
  const files = file ? { files: [file] } : {}
  const image = picture ? { image: { url: `attachment://${FILE}` } } : {}
  if (!blocks.length) return { ...QUIET, embeds: [{ color: ACCENT, ...image }], ...files }
  const [headline, ...rest] = blocks as [Block, ...Block[]]
  const description = rest.map(blockMarkdown).join('\n')
  const footer = place ? { footer: { text: say('page', place) } } : {}
  return {
    ...QUIET,
    content: [...(above ? [`-# ${plain(above)}`] : []), `**${plain(headline.text)}**`].join('\n'),
    embeds:
      rest.length || place ? [{ color: ACCENT, ...(description ? { description } : {}), ...image, ...footer }] : [],
    ...files,
    components: rowsOf(buttons),
  }
}

function blockMarkdown({ kind, text }: Block): string {
  const safe = plain(text)
  if (kind === 'quote') return `> ${safe}`
  return kind === 'place' ? `-# ${safe}` : safe
}

/** Pages together in a row; readings and further questions, which are long, a row each. */
function rowsOf(buttons: Button[]) {
  const keys = buttons.map(({ kind, label, data }, i) => ({
    type: ComponentType.Button as const,
    style: kind === 'page' ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: label.length > LONGEST_LABEL ? say('askNth', { n: i + 1 }) : label,
    customId: data,
    isLeaf: kind === 'page',
  }))
  const leaves = keys.filter(({ isLeaf }) => isLeaf).slice(0, BUTTONS_A_ROW)
  const rows = [...(leaves.length ? [leaves] : []), ...keys.filter(({ isLeaf }) => !isLeaf).map((key) => [key])]
  return rows
    .slice(0, MOST_ROWS)
    .map((row) => ({ type: ComponentType.ActionRow as const, components: row.map(({ isLeaf: _, ...key }) => key) }))
}
