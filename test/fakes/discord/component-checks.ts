import type { Form, Path } from './form.js'
import { asObject, type Json } from './json.js'

/** Checks buttons and select menus: five rows, five buttons or one menu in a row, no custom id twice. */
export function checkComponents(form: Form, path: Path, value: unknown): void {
  const ids = new Set<unknown>()
  const unique = (at: Path, id: unknown) => {
    if (ids.has(id)) form.fault(at, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')
    ids.add(id)
  }
  form.list(path, value, 0, 5).forEach((item, i) => {
    const row = asObject(item)
    if (row?.type !== ACTION_ROW) {
      form.fault([...path, i], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).')
      return
    }
    const parts = form.list([...path, i, 'components'], row.components ?? [], 1, 5)
    parts.forEach((part, j) => {
      checkPart(form, [...path, i, 'components', j], asObject(part) ?? {}, parts.length, unique)
    })
  })
}

type Unique = (at: Path, id: unknown) => void

function checkPart(form: Form, path: Path, part: Json, inRow: number, unique: Unique): void {
  if (part.type === BUTTON) checkButton(form, path, part, unique)
  else if (part.type === STRING_SELECT) checkSelect(form, path, part, inRow, unique)
  else form.fault(path, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (2, 3).')
}

function checkSelect(form: Form, path: Path, part: Json, inRow: number, unique: Unique): void {
  if (inRow > 1) {
    form.fault(path, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width')
  }
  form.text([...path, 'custom_id'], part.custom_id, { min: 1, max: 100, required: true })
  unique([...path, 'custom_id'], part.custom_id)
  form.text([...path, 'placeholder'], part.placeholder, { max: 150 })
  const values = new Set<unknown>()
  form.list([...path, 'options'], part.options ?? [], 1, 25).forEach((item, i) => {
    const at = [...path, 'options', i]
    const option = asObject(item) ?? {}
    form.text([...at, 'label'], option.label, { min: 1, max: 100, required: true })
    form.text([...at, 'value'], option.value, { min: 1, max: 100, required: true })
    form.text([...at, 'description'], option.description, { max: 100 })
    if (values.has(option.value)) {
      form.fault(
        [...at, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      )
    }
    values.add(option.value)
  })
}

function checkButton(form: Form, path: Path, button: Json, unique: Unique): void {
  const { style, label, emoji, custom_id, url } = button
  if (![1, 2, 3, 4, 5].includes(Number(style))) {
    form.fault([...path, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of (1, 2, 3, 4, 5).')
  }
  form.text([...path, 'label'], label, { min: 1, max: 80, required: emoji == null })
  if (style !== LINK) {
    form.text([...path, 'custom_id'], custom_id, { min: 1, max: 100, required: true })
    unique([...path, 'custom_id'], custom_id)
    if (url != null) form.fault([...path, 'url'], 'BUTTON_COMPONENT_UNEXPECTED_URL', 'Only a link button has a url')
    return
  }
  form.text([...path, 'url'], url, { min: 1, max: 512, required: true })
  if (url != null && !/^(?:https?|discord):\/\/\S+$/.test(String(url))) {
    form.fault([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
  }
  if (custom_id != null) {
    form.fault([...path, 'custom_id'], 'BUTTON_COMPONENT_UNEXPECTED_CUSTOM_ID', 'A link button has no custom id')
  }
}

const ACTION_ROW = 1
const BUTTON = 2
const STRING_SELECT = 3
const LINK = 5
