import { refusal } from './errors.js'
import {
  bytes,
  type Check,
  type Fields,
  type Findings,
  flag,
  isBlank,
  isFields,
  link,
  listOf,
  needs,
  oneOf,
  record,
  words,
  wrong,
} from './schema.js'

/** Checks a template card as the server does before it sends it, or before it puts it in the place of another. */
export function checkCard(card: unknown, at: string, found: Findings): card is Fields {
  const before = found.refused.length
  if (!isFields(card)) {
    wrong(found, at, 'must be an object')
    return false
  }
  const type = String(card.card_type)
  const check = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (check === undefined) wrong(found, `${at}.card_type`, `must be one of ${Object.keys(TYPES).join(', ')}`)
  else {
    ownCodes(type, card, found)
    check(card, at, found)
  }
  return found.refused.length === before
}

/** The faults that the platform has a code of their own for. */
function ownCodes(type: string, card: Fields, found: Findings): void {
  const action = card.card_action
  if (type.endsWith('_notice') && !(isFields(action) && isAction(action)))
    found.refused.push(refusal(42045, `${type} needs a card_action of type 1 with url or 2 with appid`))
  const needsTask = ['button_interaction', 'vote_interaction'].includes(type) || card.action_menu !== undefined
  const task = card.task_id
  if (needsTask ? isBlank(task) : task === '') found.refused.push(refusal(42014, 'task_id is empty'))
  else if (task !== undefined && !(typeof task === 'string' && /^[0-9A-Za-z_\-@]{1,128}$/.test(task)))
    found.refused.push(refusal(42014, 'task_id may have 128 of 0-9 A-Z a-z _ - @'))
  if (type === 'button_interaction' && !(Array.isArray(card.button_list) && card.button_list.every(hasKey)))
    found.refused.push(refusal(42039, 'every button needs a key'))
}

function isAction(action: Fields): boolean {
  if (action.type === 1) return !isBlank(action.url)
  return action.type === 2 && !isBlank(action.appid)
}

function hasKey(button: unknown): boolean {
  return isFields(button) && !isBlank(button.key)
}

const KEY = bytes(1024)
const TARGET = { url: link, appid: words(), pagepath: words() }
const WHERE = needs({ 1: 'url', 2: 'appid' })

const source = record({ icon_url: link, desc: words(13), desc_color: oneOf(0, 1, 2, 3) })
const menuEntry = record({ text: words(), key: KEY }, ['text', 'key'])
const menu = record({ desc: words(), action_list: listOf(menuEntry, 3, 1, 'key') }, ['desc', 'action_list'])
const title = record({ title: words(26), desc: words(30) })
const titled: Check = (value, at, found) => {
  title(value, at, found)
  if (isFields(value) && isBlank(value.title)) wrong(found, `${at}.title`, 'is required')
}
const emphasis = record({ title: words(10), desc: words(15) })
const quoteArea = record({ type: oneOf(0, 1, 2), ...TARGET, title: words(), quote_text: words() }, [], WHERE)
const row = record(
  { type: oneOf(0, 1, 3), keyname: words(5), value: words(26), url: link, userid: words() },
  ['keyname'],
  needs({ 1: 'url', 3: 'userid' }),
)
const jump = record(
  { type: oneOf(0, 1, 2, 3), title: words(13), ...TARGET, question: bytes(200) },
  ['title'],
  needs({ 1: 'url', 2: 'appid', 3: 'question' }),
)
const action = record({ type: oneOf(0, 1, 2), ...TARGET }, [], WHERE)
const paragraph = record({ title: words(26), desc: words(112) }, ['title'])
const picture = record({ url: link, aspect_ratio: aspect }, ['url'])
const pictureWithText = record(
  { type: oneOf(0, 1, 2), ...TARGET, title: words(), desc: words(), image_url: link },
  ['image_url'],
  WHERE,
)
const submit = record({ text: words(10), key: KEY }, ['text', 'key'])
const button = record({ text: words(10), style: oneOf(1, 2, 3, 4), key: KEY }, ['text'])
const choice = record({ id: bytes(128), text: words(10) }, ['id', 'text'])
const selection = record(
  {
    question_key: KEY,
    title: words(13),
    disable: flag,
    selected_id: words(),
    option_list: listOf(choice, 10, 1, 'id'),
  },
  ['question_key', 'option_list'],
)
const tick = record({ id: bytes(128), text: words(11), is_checked: flag }, ['id', 'text'])
const checkbox = record(
  { question_key: KEY, disable: flag, mode: oneOf(0, 1), option_list: listOf(tick, 20, 1, 'id') },
  ['question_key', 'option_list'],
)

/** What all of them have. Text and form of the task id have codes of their own. */
const COMMON: Record<string, Check> = {
  card_type: words(),
  source,
  task_id: () => {},
  feedback: record({ id: bytes(256) }, ['id']),
}
const NOTICE = {
  ...COMMON,
  action_menu: menu,
  quote_area: quoteArea,
  horizontal_content_list: listOf(row, 6),
  jump_list: listOf(jump, 3),
  card_action: action,
}

const TYPES: Record<string, Check> = {
  text_notice: record(
    { ...NOTICE, main_title: title, emphasis_content: emphasis, sub_title_text: words(112) },
    [],
    (card, at, found) => {
      if (!isFields(card)) return
      const head = isFields(card.main_title) ? card.main_title.title : undefined
      if (isBlank(head) && isBlank(card.sub_title_text)) wrong(found, at, 'needs main_title.title or sub_title_text')
    },
  ),
  news_notice: record(
    {
      ...NOTICE,
      main_title: titled,
      card_image: picture,
      image_text_area: pictureWithText,
      vertical_content_list: listOf(paragraph, 4),
    },
    ['main_title'],
    (card, at, found) => {
      if (isFields(card) && card.card_image === undefined && card.image_text_area === undefined)
        wrong(found, at, 'needs card_image or image_text_area')
    },
  ),
  button_interaction: record(
    {
      ...COMMON,
      action_menu: menu,
      main_title: titled,
      quote_area: quoteArea,
      sub_title_text: words(112),
      horizontal_content_list: listOf(row, 6),
      button_selection: selection,
      button_list: listOf(button, 6, 1, 'key'),
      card_action: action,
    },
    ['main_title', 'button_list'],
  ),
  vote_interaction: record({ ...COMMON, main_title: titled, checkbox, submit_button: submit }, [
    'main_title',
    'checkbox',
    'submit_button',
  ]),
  multiple_interaction: record(
    { ...COMMON, main_title: titled, select_list: listOf(selection, 3, 1, 'question_key'), submit_button: submit },
    ['main_title', 'select_list', 'submit_button'],
  ),
}

function aspect(value: unknown, at: string, found: Findings): void {
  if (typeof value !== 'number' || value < 1.3 || value > 2.25) wrong(found, at, 'must be from 1.3 to 2.25')
}
