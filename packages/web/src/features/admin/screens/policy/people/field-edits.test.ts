import { parsePolicy } from '@sayso/policy/document'
import { editPolicy } from '@sayso/policy/editing'
import { expect, test } from 'vitest'
import { choicesIn, type FieldForm, fieldEdits, formOf, removalEdits } from './field-edits.ts'

const START = 'version: 1\ntenant: { key: t, roles: {} }\ntypes: {}\n'
const team: FieldForm = {
  name: 'team',
  type: 'string',
  title: 'Team',
  about: '',
  values: 'red\n blue \n\nred',
  setBy: 'people',
}

function saved(text: string, form: FieldForm): string {
  const read = choicesIn(form)
  if (!read.isRead) throw new Error(read.line)
  return editPolicy(text, fieldEdits(parsePolicy(text).people, form, read.choices))
}

test('an attribute is declared, read back, changed and taken out, and the document stays valid', () => {
  const one = saved(START, team)
  expect(parsePolicy(one).people).toEqual({
    attributes: { team: 'string' },
    fields: { team: { title: 'Team', one_of: ['red', 'blue'] } },
  })
  expect(formOf(parsePolicy(one).people, 'team').values).toBe('red\nblue')
  const two = saved(one, {
    ...team,
    name: 'level',
    type: 'int',
    values: '',
    title: '',
    setBy: 'keys',
  })
  expect(parsePolicy(two).people?.fields?.level).toEqual({ set_by: 'keys' })
  const plain = saved(two, { ...team, title: '', values: '' })
  expect(parsePolicy(plain).people?.fields).toEqual({ level: { set_by: 'keys' } })
  const left = editPolicy(plain, removalEdits(parsePolicy(plain).people, 'level'))
  expect(parsePolicy(left).people).toEqual({ attributes: { team: 'string' } })
  const none = editPolicy(left, removalEdits(parsePolicy(left).people, 'team'))
  expect(parsePolicy(none).people).toBeUndefined()
})

test('values are of the type', () => {
  expect(choicesIn({ type: 'int', values: '1\n2.5' })).toEqual({ isRead: false, line: '2.5' })
  expect(choicesIn({ type: 'bool', values: 'true' })).toEqual({ isRead: true, choices: [true] })
})
