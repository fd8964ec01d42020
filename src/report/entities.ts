import { anyOf, type ReportLanguage } from '../knowledge/language.js'
import { STAGES } from '../knowledge/stages.js'
import { shareOfPairs } from '../pairs.js'
import type { Entity, Figure, Statement } from './model.js'

const STAGE = new RegExp(anyOf(STAGES.flatMap((s) => s.words)), 'g')
/** Names longer or shorter than this are clauses or fragments. */
const LONGEST_NAME = 40
const SHORTEST_NAME = 4
const SIZES = new Set(['capacity', 'count', 'amount', 'investment'])
const SHARED_NOUN = /等(?:一批)?.{0,8}项目/
/** Two mentions with this share of each other's character pairs speak of one project. */
const ALIKE = 0.6
const ALIKE_BY_SIZE = 0.3

/** One project as one statement names it. */
interface Mention {
  name: string
  owner: string
  sizes: Figure[]
  statement: Statement
}

/** Finds the stage that a statement tells, by the last stage word in it: 当年签约、当年开工 is 开工. */
export function stageOf(text: string): { stage: string; word: string } | undefined {
  const word = [...text.matchAll(STAGE)].at(-1)?.[0]
  const row = word && STAGES.find((s) => s.words.includes(word))
  return row && word ? { stage: row.stage, word } : undefined
}

/**
 * Finds the report's projects, by general rules alone: what an enumeration names with a size or a project noun, and whose stage
 * the statement tells. Mentions of one project under several names are joined by size and product.
 */
export function findEntities(statements: Statement[], language: ReportLanguage): Entity[] {
  const mentions = statements.filter((s) => s.tense !== 'definition').flatMap(mentionReader(language))
  const entities: { entity: Entity; mentions: Mention[] }[] = []
  for (const mention of mentions) {
    const known = entities.find((e) => e.mentions.some((m) => isSame(m, mention)))
    if (!known) {
      const entity: Entity = {
        name: mention.name,
        owner: mention.owner,
        aliases: [],
        sizes: mention.sizes,
        mentions: [mention.statement],
      }
      entities.push({ entity, mentions: [mention] })
      continue
    }
    known.mentions.push(mention)
    const { entity } = known
    if (mention.name !== entity.name && !entity.aliases.includes(mention.name)) entity.aliases.push(mention.name)
    if (!entity.mentions.includes(mention.statement)) entity.mentions.push(mention.statement)
    if (!entity.sizes.length) entity.sizes = mention.sizes
  }
  return entities.map((e) => e.entity)
}

/** Makes the function that reads the projects which a statement names. */
function mentionReader(language: ReportLanguage) {
  const { project, leadingVerbs, subjectless, genericProjects } = language.figures
  const nouns = new RegExp(`(?:${anyOf(project)})`)
  const lead = new RegExp(`^(?:${anyOf([...leadingVerbs, ...subjectless])}|依托|紧盯|保障|以|对|将|及)+`)
  const generic = new RegExp(`^(?:\\d|[一二三四五六七八九十百千两]+[个项家])|\\d{4}年|${anyOf(genericProjects)}`)

  return (statement: Statement): Mention[] => {
    if (!stageOf(statement.text) && !/项目/.test(statement.text)) return []
    // The owner of the item before, while its project goes on.
    let open = ''
    return itemsOf(statement).flatMap(({ text, from }) => {
      const begin = lead.exec(text)?.[0].length ?? 0
      const whole = nameOf(text.slice(begin))
      const name = whole.slice(whole.lastIndexOf('的') + 1)
      const at = statement.from + from + begin + whole.length - name.length
      const sizes = statement.figures.filter((f) => SIZES.has(f.kind) && f.from >= at && f.to <= at + name.length)
      const isNamed = nouns.test(text) || SHARED_NOUN.test(statement.text)
      // 青禾…智能工厂、年产500万件…生产线项目: an item that opens with its size is of the owner before it.
      const isOwned = open !== '' && sizes[0]?.from === at && name.length > sizes[0].text.length + 1
      const owner = isOwned ? open : ownerOf(name, sizes, at)
      open = name.endsWith('项目') ? '' : owner
      if (!isNamed || name.length < SHORTEST_NAME || name.length > LONGEST_NAME) return []
      if ((!isOwned && generic.test(name)) || (owner.length < 2 && sizes.length === 0)) return []
      tellSizes(sizes, owner, name, at)
      return [{ name: isOwned ? owner + name : name, owner, sizes, statement }]
    })
  }
}

/** Tells each size of a project whose it is and of what: 100吉瓦 is of 青禾科技, its 光伏边框. */
function tellSizes(sizes: Figure[], owner: string, name: string, at: number): void {
  for (const [i, size] of sizes.entries()) {
    const to = sizes[i + 1]?.from ?? at + name.length
    const product = name.slice(size.to - at, to - at).replace(/^的|(?:[和及、]|项目)+$/g, '')
    if (owner.length > 1) size.subject = owner
    if (size.kind !== 'investment' && product.length > 1) size.metric = owner + product
  }
}

/** 青禾科技 of 青禾科技年产100吉瓦光伏边框: what stands before its size. */
function ownerOf(name: string, sizes: Figure[], at: number): string {
  const first = sizes[0] ? sizes[0].from - at : name.length
  return name.slice(0, first).replace(/(?:年产|年处理|年拆解|年加工|规模)$/, '')
}

/** The name without what is said of it: up to 项目, before its stage and 等. */
function nameOf(text: string): string {
  const bare = text.replace(/[，；。：]+$/, '').replace(/等(?:一批|\d+个)?.*$/, '')
  const stage = stageOf(bare)
  const told = stage ? bare.slice(0, bare.lastIndexOf(stage.word)) : bare
  const noun = told.lastIndexOf('项目')
  return (noun > 0 ? told.slice(0, noun + 2) : told).replace(/(?:已|均|都|全部|正|部分区域已具备.*|全面进入.*)+$/, '')
}

/** The items of an enumeration with their places; 和 parts them where a size follows. */
function itemsOf({ text }: Statement): { text: string; from: number }[] {
  const items: { text: string; from: number }[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if ('“（《'.includes(text[i]!)) depth++
    if ('”）》'.includes(text[i]!)) depth--
    const parts =
      depth === 0 && (text[i] === '、' || (/[和及]/.test(text[i]!) && /^(?:年产|\d)/.test(text.slice(i + 1))))
    if (!parts) continue
    items.push({ text: text.slice(from, i), from })
    from = i + 1
  }
  items.push({ text: text.slice(from), from })
  return items
}

/** The same size and a like product, or a like name throughout. 150万只 is not 150万套. */
function isSame(a: Mention, b: Mention): boolean {
  const [bareA, bareB] = [a, b].map((m) => m.name.replace(/项目$/, '')) as [string, string]
  const share = likeness(bareA, bareB)
  const sameSize = a.sizes.some((x) => b.sizes.some((y) => x.value === y.value && x.unit === y.unit))
  if (sameSize) return share >= ALIKE_BY_SIZE
  const [short, long] = a.name.length <= b.name.length ? [a, b] : [b, a]
  if (long.sizes.length && short.name === `${long.owner}项目`) return true
  const sameOwner = bareA.slice(0, 2) === bareB.slice(0, 2) || bareA.endsWith(bareB) || bareB.endsWith(bareA)
  return sameOwner && share >= ALIKE && (a.sizes.length === 0 || b.sizes.length === 0)
}

/** Share of the shorter name's character pairs that the longer one holds. */
function likeness(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return shareOfPairs(short, long)
}
