import type { TemplateCard } from '@wecom/aibot-node-sdk'
import type { Button, Outgoing } from '../../chat/model.js'
import type { Reply, ReplyFigure } from '../../reply/model.js'
import { say } from '../../reply/words.js'
import { plain } from './render.js'

/** Longest texts and lists of a template card, in characters and rows: https://developer.work.weixin.qq.com/document/path/101032 */
const TITLE = 26
const EMPHASIS_TITLE = 10
const EMPHASIS_NOTE = 15
const ROWS = 6
const ROW_KEY = 5
const ROW_VALUE = 26
const JUMPS = 3
const JUMP_TITLE = 13
const BUTTONS = 6
const BUTTON_TEXT = 10
/** Kinds of figures that are of no year. */
const LASTING = new Set(['capacity', 'threshold', 'name', 'date', 'rank'])
/** Answers about a thing, whose size is no result of a year. */
const OF_THINGS = new Set(['project', 'list', 'summary', 'glossary'])
/** How a question ends and begins that can be told without. */
const ASKING = /(?:是多少|怎么样|有多少|是什么)?[？?]$/
const YEAR = /^\d{4}年/
/** A jump of this type sends its question to the bot. */
const ASKS = 3
/** A notice must lead somewhere when it is tapped as a whole; there is nothing of ours to lead to. */
const WHOLE_CARD = { type: 1, url: 'https://work.weixin.qq.com/' } as const

/**
 * The card below a reply: readings and pages as buttons; else the figure large, others as rows, its sentence, and further questions to
 * be tapped. Undefined where a card has nothing to add. `taskId` names the card in what a button sends back.
 */
export function cardOf({ reply, buttons, place }: Outgoing, taskId: string): TemplateCard | undefined {
  const pressed = buttons.filter(({ kind }) => kind !== 'next').slice(0, BUTTONS)
  if (pressed.length) {
    const title = place ? say('page', place) : say('askWhich')
    const button_list = pressed.map((button, i) => ({ text: buttonText(button, i), style: 1, key: button.data }))
    return { card_type: 'button_interaction', main_title: { title }, button_list, task_id: taskId }
  }
  const figures = reply.kind === 'answer' ? statedFigures(reply) : []
  const large = figures.find((figure) => figure.text.length <= EMPHASIS_TITLE && noteOf(figure).length <= EMPHASIS_NOTE)
  const jumps = buttons.filter(({ kind }) => kind === 'next').slice(0, JUMPS)
  if (!large && !jumps.length) return undefined
  return {
    card_type: 'text_notice',
    main_title: { title: large ? titleOf(large) : say('askOn') },
    ...(large ? { emphasis_content: { title: large.text, desc: noteOf(large) }, ...quoteOf(reply, large) } : {}),
    ...rowsOf(figures.filter((figure) => figure !== large)),
    ...(jumps.length
      ? {
          jump_list: jumps.map(
            ({ label }, i) => ({ type: ASKS, title: jumpTitle(label, i), question: label }) as const,
          ),
        }
      : {}),
    card_action: WHOLE_CARD,
  }
}

/** The readings are numbered in the text above. */
function buttonText({ kind, label }: Button, i: number): string {
  return kind === 'option' || label.length > BUTTON_TEXT ? String(i + 1) : label
}

/** A question in as few words as its row takes; it stands in full in the text above, and is sent in full. */
function jumpTitle(question: string, i: number): string {
  const bare = question.replace(ASKING, '')
  return (
    [question, bare, bare.replace(YEAR, '')].find((title) => title.length <= JUMP_TITLE) ?? say('askNth', { n: i + 1 })
  )
}

/** Figures that the headline states of a year: what a plant can make is not what it made. */
function statedFigures({ figures, headline, intent }: Reply): ReplyFigure[] {
  if (OF_THINGS.has(intent)) return []
  return figures.filter(({ derived, kind, text }) => !derived && !LASTING.has(kind) && headline.includes(text))
}

function titleOf({ metric, subject }: ReplyFigure): string {
  const title = plain(metric || subject)
  return title.length <= TITLE ? title : say('askFigure')
}

/** What must not be parted from the figure: its year, that it is planned, its hedges. */
function noteOf(figure: ReplyFigure): string {
  return whenOf(figure) + (figure.kind === 'target' ? say('planned') : '') + hedgesOf(figure)
}

function whenOf({ period }: ReplyFigure): string {
  return /^\d{4}$/.test(period) ? say('year', { year: period }) : period
}

function hedgesOf({ qualifier }: ReplyFigure): string {
  return qualifier ? `（${qualifier.replaceAll(' ', '、')}）` : ''
}

function quoteOf({ citations }: Reply, { citation }: ReplyFigure): Pick<TemplateCard, 'quote_area'> {
  const cited = citations[citation]
  return cited
    ? { quote_area: { type: 0, title: plain(cited.section.at(-1) ?? ''), quote_text: plain(cited.quote) } }
    : {}
}

/** The other figures, a row each, where they fit: they all stand in the text above. */
function rowsOf(figures: ReplyFigure[]): Pick<TemplateCard, 'horizontal_content_list'> {
  const rows = figures.map((figure) => ({
    keyname: whenOf(figure),
    value: plain(`${figure.metric} ${figure.kind === 'target' ? say('planned') : ''}${figure.text}${hedgesOf(figure)}`),
  }))
  const fitting = rows.filter(({ keyname, value }) => keyname && keyname.length <= ROW_KEY && value.length <= ROW_VALUE)
  return fitting.length ? { horizontal_content_list: fitting.slice(0, ROWS) } : {}
}
