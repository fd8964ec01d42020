import { type Fields, isFields } from './schema.js'

/** What can be pressed on a card. */
export type Press =
  | { kind: 'event'; label: string; key: string }
  /** The platform sends the question as if the person had typed it. */
  | { kind: 'question'; label: string; question: string }
  /** Nothing is sent until the submit button is pressed. */
  | { kind: 'choice'; label: string; question: string; option: string; many: boolean }

export interface CardView {
  /** The rows of the card, from top to bottom. */
  text: string
  presses: Press[]
  /** What is chosen before anybody chooses: option ids by question. */
  chosen: Map<string, string[]>
}

/** How a card that passed the check looks to a person. */
export function viewCard(card: Fields): CardView {
  const presses: Press[] = []
  const chosen = new Map<string, string[]>()
  for (const select of [card.button_selection, ...list(card.select_list)]) {
    if (isFields(select)) addChoices(select, 'selected_id', presses, chosen)
  }
  if (isFields(card.checkbox)) addChoices(card.checkbox, 'is_checked', presses, chosen)
  for (const entry of [...list(card.button_list), ...list(part(card.action_menu, 'action_list')), card.submit_button])
    if (isFields(entry)) presses.push({ kind: 'event', label: String(entry.text), key: String(entry.key) })
  for (const entry of list(card.jump_list))
    if (isFields(entry) && entry.type === 3)
      presses.push({ kind: 'question', label: String(entry.title), question: String(entry.question) })
  return { text: rows(card).join('\n'), presses, chosen }
}

function addChoices(of: Fields, by: 'selected_id' | 'is_checked', presses: Press[], chosen: CardView['chosen']): void {
  const question = String(of.question_key)
  const options = list(of.option_list).filter(isFields)
  for (const { id, text } of options)
    presses.push({ kind: 'choice', label: String(text), question, option: String(id), many: of.mode === 1 })
  const ticked = options.filter((option) => (by === 'is_checked' ? option.is_checked === true : option.id === of[by]))
  // A drop-down always stands on something, the first where nothing else is said.
  const standing = by === 'selected_id' && ticked.length === 0 ? options.slice(0, 1) : ticked
  chosen.set(
    question,
    standing.map(({ id }) => String(id)),
  )
}

function rows(card: Fields): string[] {
  const parts = [
    ...texts(card.source, ['desc']),
    ...texts(card.main_title, ['title', 'desc']),
    ...texts(card.emphasis_content, ['title', 'desc']),
    ...texts(card.image_text_area, ['title', 'desc']),
    ...texts(card.quote_area, ['title', 'quote_text']),
    card.sub_title_text,
    ...list(card.vertical_content_list).flatMap((entry) => texts(entry, ['title', 'desc'])),
    ...list(card.horizontal_content_list).map((entry) => texts(entry, ['keyname', 'value']).join(' ')),
    ...list(card.jump_list).map((entry) => (part(entry, 'type') === 3 ? undefined : part(entry, 'title'))),
    ...[card.button_selection, ...list(card.select_list)].map((entry) => part(entry, 'title')),
  ]
  return parts.filter((text): text is string => typeof text === 'string' && text !== '')
}

function texts(of: unknown, names: string[]): unknown[] {
  return names.map((name) => part(of, name))
}

function part(of: unknown, name: string): unknown {
  return isFields(of) ? of[name] : undefined
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
