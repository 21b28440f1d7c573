// One declared attribute: a choice where its values are known, a field of its type where they are not.

import type { ReactNode } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import type { Declared } from './attributes.ts'
import { texts } from './texts.ts'

export function DeclaredField(props: {
  readonly id: string
  readonly declared: Declared
  /** Empty: not said. */
  readonly text: string
  readonly error: string | undefined
  readonly off: string | undefined
  readonly onChange: (text: string) => void
}): ReactNode {
  const { id, declared, text, error, onChange } = props
  const { name, type, about, title = name } = declared
  const off = props.off ?? (declared.set_by === 'keys' ? texts.setByKeys : undefined)
  const shared = { id, label: title, hint: about, error, off, value: text, onChange }
  const choices = declared.one_of ?? (type === 'bool' ? [true, false] : undefined)
  if (choices === undefined)
    return (
      <TextField
        {...shared}
        type={type === 'int' || type === 'double' ? 'number' : 'text'}
        isCode={type === 'list' || type === 'map' || type === 'any'}
      />
    )
  const named = choices.map((choice) => ({ key: String(choice), label: labelOf(choice) }))
  // What was taken before its values were declared is still shown.
  const others =
    text === '' || named.some(({ key }) => key === text) ? [] : [{ key: text, label: text }]
  return (
    <SelectField {...shared} options={[{ key: '', label: texts.notSaid }, ...named, ...others]} />
  )
}

function labelOf(choice: string | number | boolean): string {
  if (typeof choice !== 'boolean') return String(choice)
  return choice ? texts.yes : texts.no
}
