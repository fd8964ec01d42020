import { expect, it } from 'vitest'
import { checkCard } from './cards.js'
import { viewCard } from './cardview.js'
import type { Fields, Findings } from './schema.js'

const ACTION = { type: 1, url: 'https://example.com/' }
const NOTICE = { card_type: 'text_notice', main_title: { title: 'GDP' }, card_action: ACTION }
const BUTTONS = {
  card_type: 'button_interaction',
  main_title: { title: '哪一年' },
  button_list: [{ text: '2024', key: 'a' }],
  task_id: 'task-1_@',
}
const OPTIONS = [
  { id: '1', text: '一' },
  { id: '2', text: '二' },
]
const VOTE = {
  card_type: 'vote_interaction',
  main_title: { title: '选' },
  checkbox: { question_key: 'q', mode: 1, option_list: OPTIONS },
  submit_button: { text: '提交', key: 'go' },
  task_id: 't',
}
const MULTIPLE = {
  card_type: 'multiple_interaction',
  main_title: { title: '选' },
  select_list: [{ question_key: 'q', title: '年', option_list: OPTIONS }],
  submit_button: { text: '提交', key: 'go' },
  task_id: 't',
}
const NEWS = {
  card_type: 'news_notice',
  main_title: { title: '图' },
  card_image: { url: 'https://example.com/a.png', aspect_ratio: 2.25 },
  card_action: ACTION,
}
const ASK = { type: 3, title: '去年呢', question: '2023 年 GDP' }

it.each([
  NOTICE,
  { card_type: 'text_notice', sub_title_text: '正文', card_action: { type: 2, appid: 'wx', pagepath: 'p' } },
  {
    ...NOTICE,
    emphasis_content: { title: '6.5%', desc: '增速' },
    jump_list: [ASK],
    horizontal_content_list: [{ keyname: '目标', value: '6%' }],
  },
  NEWS,
  BUTTONS,
  VOTE,
  MULTIPLE,
])('takes a whole card: %j', (card) => {
  expect(check(card)).toEqual({ refused: [], noted: [] })
})

it.each<[string, number, Fields]>([
  ['an unknown type', 40058, { ...NOTICE, card_type: 'note' }],
  ['a notice without action', 42045, { ...NOTICE, card_action: undefined }],
  ['a notice whose action leads nowhere', 42045, { ...NOTICE, card_action: { type: 0 } }],
  ['an action without its address', 42045, { ...NOTICE, card_action: { type: 1 } }],
  ['neither title nor text', 40058, { ...NOTICE, main_title: { desc: 'x' } }],
  ['a menu without task id', 42014, { ...NOTICE, action_menu: { desc: 'm', action_list: [{ text: 'a', key: 'k' }] } }],
  ['seven rows', 40058, { ...NOTICE, horizontal_content_list: Array(7).fill({ keyname: 'k' }) }],
  ['a row without name', 40058, { ...NOTICE, horizontal_content_list: [{ value: 'v' }] }],
  ['a row that links nowhere', 40058, { ...NOTICE, horizontal_content_list: [{ keyname: 'k', type: 1 }] }],
  ['four jumps', 40058, { ...NOTICE, jump_list: Array(4).fill(ASK) }],
  ['a jump without question', 40058, { ...NOTICE, jump_list: [{ type: 3, title: 't' }] }],
  ['a question of 201 bytes', 40058, { ...NOTICE, jump_list: [{ ...ASK, question: '问'.repeat(67) }] }],
  ['a field of another type', 40058, { ...NOTICE, button_list: BUTTONS.button_list }],
  ['no picture', 40058, { ...NEWS, card_image: undefined }],
  ['a picture too flat', 40058, { ...NEWS, card_image: { url: 'https://example.com/a.png', aspect_ratio: 3 } }],
  ['no task id', 42014, { ...BUTTONS, task_id: undefined }],
  ['a colon in the task id', 42014, { ...BUTTONS, task_id: 'a:b' }],
  ['a task id of 129', 42014, { ...BUTTONS, task_id: 'a'.repeat(129) }],
  ['no buttons', 42039, { ...BUTTONS, button_list: undefined }],
  ['a button without key', 42039, { ...BUTTONS, button_list: [{ text: 'x' }] }],
  ['an empty list of buttons', 40058, { ...BUTTONS, button_list: [] }],
  ['seven buttons', 40058, { ...BUTTONS, button_list: [...'1234567'].map((n) => ({ text: n, key: n })) }],
  ['two buttons of one key', 40058, { ...BUTTONS, button_list: Array(2).fill({ text: 'x', key: 'k' }) }],
  ['a key of 1025 bytes', 40058, { ...BUTTONS, button_list: [{ text: 'x', key: 'k'.repeat(1025) }] }],
  ['a number as text', 40058, { ...BUTTONS, button_list: [{ text: 5, key: 'k' }] }],
  ['a vote without options', 40058, { ...VOTE, checkbox: { question_key: 'q', option_list: [] } }],
  ['a vote without submit button', 40058, { ...VOTE, submit_button: undefined }],
  ['four selections', 40058, { ...MULTIPLE, select_list: Array(4).fill(MULTIPLE.select_list[0]) }],
  ['an empty feedback id', 40058, { ...NOTICE, feedback: { id: '' } }],
])('refuses %s', (_, code, card) => {
  expect(check(JSON.parse(JSON.stringify(card))).refused[0]?.code).toBe(code)
})

it.each<[string, Fields]>([
  ['card.main_title.title has 27', { ...NOTICE, main_title: { title: '长'.repeat(27) } }],
  ['card.emphasis_content.title has 11', { ...NOTICE, emphasis_content: { title: '1'.repeat(11) } }],
  ['card.emphasis_content.desc has 16', { ...NOTICE, emphasis_content: { desc: '1'.repeat(16) } }],
  ['keyname has 6', { ...NOTICE, horizontal_content_list: [{ keyname: '六'.repeat(6) }] }],
  ['value has 27', { ...NOTICE, horizontal_content_list: [{ keyname: 'k', value: 'v'.repeat(27) }] }],
  ['card.button_list[0].text has 11', { ...BUTTONS, button_list: [{ text: 'x'.repeat(11), key: 'k' }] }],
])('takes, but remarks: %s', (what, card) => {
  const { refused, noted } = check(card)
  expect(refused).toEqual([])
  expect(noted.join()).toContain(what)
})

it('reads a card as a person does', () => {
  const view = viewCard({
    ...NOTICE,
    main_title: { title: 'GDP', desc: '2024' },
    emphasis_content: { title: '5%', desc: '增速' },
    quote_area: { title: '报告', quote_text: '增长 5% 左右' },
    horizontal_content_list: [{ keyname: '目标', value: '5%' }],
    jump_list: [{ title: '出处' }, ASK],
  })
  expect(view.text.split('\n')).toEqual(['GDP', '2024', '5%', '增速', '报告', '增长 5% 左右', '目标 5%', '出处'])
  expect(view.presses).toEqual([{ kind: 'question', label: '去年呢', question: '2023 年 GDP' }])
  expect(viewCard(VOTE).presses.map(({ label }) => label)).toEqual(['一', '二', '提交'])
})

function check(card: unknown): Findings {
  const found: Findings = { refused: [], noted: [] }
  checkCard(card, 'card', found)
  return found
}
