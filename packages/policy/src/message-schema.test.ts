import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileMessage } from './compile-rules.ts'
import type { FieldSchema } from './document-types.ts'
import { checkMessage, formProblem } from './message-schema.ts'
import type { AttributeValue } from './names.ts'

const fields: Record<string, FieldSchema> = {
  colour: { type: 'string', one_of: ['red', 'green'] },
  note: { type: 'string', optional: true, max_length: 3 },
  count: { type: 'int', optional: true, one_of: [1, 2] },
  ratio: { type: 'number', optional: true },
  isOn: { type: 'bool', optional: true },
  tags: { type: 'list', optional: true, items: 'string', max_length: 2 },
  extra: { type: 'map', optional: true },
  some: { type: 'any', optional: true },
}
const form = compileMessage({ fields })
const problem = (data: AttributeValue | undefined) => checkMessage(form, data)

test.each<[AttributeValue, string, string]>([
  ['red', 'data', 'the message is not a JSON object'],
  [['red'], 'data', 'the message is not a JSON object'],
  [null, 'data', 'the message is not a JSON object'],
  [{}, 'data.colour', 'the field is missing'],
  [{ colour: null }, 'data.colour', 'this is not a text'],
  [{ colour: 'purple' }, 'data.colour', 'this is none of `red`, `green`'],
  [{ colour: 'red', size: 1 }, 'data.size', '`size` is not a field of this message'],
  [{ colour: 'red', note: 'long' }, 'data.note', 'this is longer than 3'],
  [{ colour: 'red', note: 1 }, 'data.note', 'this is not a text'],
  [{ colour: 'red', count: 1.5 }, 'data.count', 'this is not a whole number'],
  [{ colour: 'red', count: 3 }, 'data.count', 'this is none of `1`, `2`'],
  [{ colour: 'red', ratio: '1' }, 'data.ratio', 'this is not a number'],
  [{ colour: 'red', isOn: 'true' }, 'data.isOn', 'this is not true or false'],
  [{ colour: 'red', tags: {} }, 'data.tags', 'this is not a list'],
  [{ colour: 'red', tags: ['a', 1] }, 'data.tags[1]', 'this is not a text'],
  [{ colour: 'red', tags: ['a', 'b', 'c'] }, 'data.tags', 'this is longer than 2'],
  [{ colour: 'red', extra: [] }, 'data.extra', 'this is not an object'],
  [{ colour: 'red', toString: 1 }, 'data.toString', '`toString` is not a field of this message'],
])('[PO75] %j does not fit', (data, path, message) => {
  expect(problem(data)).toEqual({ path, message })
})

test('[PO75] bytes and nothing at all do not fit', () => {
  expect(problem(undefined)).toEqual({ path: 'data', message: 'the message is not a JSON object' })
})

test.each<AttributeValue>([
  { colour: 'red' },
  { colour: 'green', note: '👍👍👍', count: 2, ratio: 1.5, isOn: false },
  { colour: 'red', tags: ['a', 'b'], extra: { a: [1] }, some: null },
])('[PO75] %j fits', (data) => {
  expect(problem(data)).toBeUndefined()
})

test('[PO75] a field called like a part of every object is asked for', () => {
  const named: Record<string, FieldSchema> = Object.fromEntries([
    ['constructor', 'string' as const],
  ])
  const odd = compileMessage({ fields: named })
  expect(checkMessage(odd, {})).toEqual({
    path: 'data.constructor',
    message: 'the field is missing',
  })
  expect(checkMessage(odd, { constructor: 'x' })).toBeUndefined()
})

test('[PO75] a name has its own form, else the one of all others, else none', () => {
  const message = (name: string, data: AttributeValue) => ({
    name,
    data,
    clientId: '',
    headers: {},
  })
  const forms = new Map([
    ['paint', form],
    ['*', compileMessage({ fields: {} })],
  ])
  expect(formProblem(forms, message('paint', { colour: 'red' }))).toBeUndefined()
  expect(formProblem(forms, message('', {}))).toBeUndefined()
  expect(formProblem(forms, message('draw', { colour: 'red' }))?.path).toBe('data.colour')
  expect(formProblem(new Map([['paint', form]]), message('draw', {}))).toEqual({
    path: 'name',
    message: 'no message may be called `draw` here',
  })
  expect(formProblem(forms, null)?.path).toBe('message')
  expect(formProblem(forms, undefined)?.path).toBe('message')
})

test('[PO75] whatever fits has no field beyond the declared ones', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), (data) => {
      const value = data as AttributeValue
      if (checkMessage(form, value)) return
      for (const name of Object.keys(value as object)) expect(Object.keys(fields)).toContain(name)
    }),
  )
})
