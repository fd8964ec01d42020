import { createForm, type Form, type Path } from './form.js'
import { asObject, type Json } from './json.js'

/** Checks slash commands as they are registered; `paths` says where each stands in the body. */
export function checkCommands(commands: Json[], paths: Path[]): void {
  const form = createForm()
  const names = new Set<unknown>()
  if (commands.length > 100) form.fault([], 'APPLICATION_COMMANDS_TOO_MANY', 'Maximum number of commands reached (100)')
  commands.forEach((command, i) => {
    const path = paths[i]!
    if ((command.type ?? 1) !== 1) {
      form.fault([...path, 'type'], 'FAKE_UNSUPPORTED', 'Only commands of type 1 are served by this fake')
    }
    checkNamed(form, path, command)
    if (names.has(command.name)) {
      form.fault([...path, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')
    }
    names.add(command.name)
    checkOptions(form, [...path, 'options'], command.options, 0)
    if (totalOf(command) > 8000) {
      form.fault(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)')
    }
  })
  form.done()
}

/** A name of a command or of an option: uncased letters are welcome, capitals are not. */
export const isCommandName = (name: string): boolean => NAME.test(name) && name === name.toLowerCase()

function checkNamed(form: Form, path: Path, item: Json): void {
  form.text([...path, 'name'], item.name, { min: 1, max: 32, required: true })
  if (typeof item.name === 'string' && item.name !== '' && !isCommandName(item.name)) {
    form.fault([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  }
  form.text([...path, 'description'], item.description, { min: 1, max: 100, required: true })
}

function checkOptions(form: Form, path: Path, value: unknown, depth: number): void {
  const names = new Set<unknown>()
  let optional = false
  form.list(path, value, 0, 25).forEach((item, i) => {
    const option = asObject(item) ?? {}
    const at = [...path, i]
    checkNamed(form, at, option)
    if (names.has(option.name)) {
      form.fault([...at, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique')
    }
    names.add(option.name)
    const type = Number(option.type)
    if (!(Number.isInteger(type) && type >= 1 && type <= 11) || (type <= 2 && depth >= (type === 1 ? 2 : 1))) {
      form.fault([...at, 'type'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Option type is invalid')
    }
    if (type <= 2) {
      checkOptions(form, [...at, 'options'], option.options, depth + 1)
      return
    }
    if (option.required === true && optional) {
      const message = 'Required options must be placed before non-required options'
      form.fault(at, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message)
    }
    optional ||= option.required !== true
    checkChoices(form, at, option, type)
  })
}

function checkChoices(form: Form, path: Path, option: Json, type: number): void {
  const choices = form.list([...path, 'choices'], option.choices, 0, 25)
  checkChoiceList(form, [...path, 'choices'], choices, type)
  if (option.autocomplete === true && (choices.length > 0 || !TYPED.has(type))) {
    const message = 'Autocomplete needs a string, integer or number option without choices'
    form.fault([...path, 'autocomplete'], 'APPLICATION_COMMAND_AUTOCOMPLETE_INVALID', message)
  }
}

/** The choices of an option, or those that answer an autocompletion. */
export function checkChoiceList(form: Form, path: Path, choices: unknown[], type: number): void {
  choices.forEach((item, i) => {
    const choice = asObject(item) ?? {}
    form.text([...path, i, 'name'], choice.name, { min: 1, max: 100, required: true })
    if (type === STRING) form.text([...path, i, 'value'], choice.value, { min: 1, max: 100, required: true })
    else if (typeof choice.value !== 'number') {
      form.fault([...path, i, 'value'], 'NUMBER_TYPE_COERCE', `Value "${choice.value}" is not a number.`)
    }
  })
}

function totalOf(item: Json): number {
  const own = [item.name, item.description, item.value].reduce<number>(
    (sum, part) => sum + (typeof part === 'string' ? part.length : 0),
    0,
  )
  const inner = [item.options, item.choices].flatMap((list) => (Array.isArray(list) ? list : []))
  return inner.reduce<number>((sum, part) => sum + totalOf(asObject(part) ?? {}), own)
}

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const STRING = 3
const TYPED = new Set([3, 4, 10])
