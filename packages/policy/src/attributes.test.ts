import { expect, test } from 'vitest'
import { checkAttributes, checkPersonAttributes, setByKeys } from './attributes.ts'
import type { AttributeTypes } from './document-types.ts'
import type { Attributes } from './names.ts'

const types: AttributeTypes = {
  age: 'int',
  ratio: 'double',
  word: 'string',
  isOn: 'bool',
  colours: 'list',
  grid: 'map',
  extra: 'any',
}
const messages = (attributes: Attributes, declared: AttributeTypes | undefined = types) =>
  checkAttributes(declared, attributes).map(({ name, message }) => `${name}: ${message}`)

test('[PO76] values of the declared types fit', () => {
  const attributes = { age: 3, ratio: 1, word: '', isOn: false, colours: [], grid: {}, extra: null }
  expect(messages(attributes)).toEqual([])
})

test('[PO76] another type is told with the value', () => {
  expect(messages({ age: 1.5, ratio: '1', word: 1, isOn: 'yes', colours: {}, grid: [] })).toEqual([
    'age: `age` is `1.5`, not a whole number',
    'ratio: `ratio` is `"1"`, not a number',
    'word: `word` is `1`, not a text',
    'isOn: `isOn` is `"yes"`, not true or false',
    'colours: `colours` is `{}`, not a list',
    'grid: `grid` is `[]`, not an object',
  ])
})

test('[PO76] undeclared names are refused, except the displayed ones', () => {
  expect(messages({ height: 1, toString: 'x', title: 'T', listed: true, email: 'a@b' })).toEqual([
    'height: `height` is not a declared attribute',
    'toString: `toString` is not a declared attribute',
  ])
  expect(checkAttributes({}, { a: 1 })).toMatchObject([{ remedy: 'declare it first' }])
})

test('[PO76] without a declaration any name will do, but for what the system sets and depth', () => {
  const deep = (levels: number): Attributes => ({ a: levels > 1 ? deep(levels - 1) : 1 })
  expect(checkAttributes(undefined, { height: 1, ...deep(9) })).toEqual([])
  expect(checkAttributes(undefined, { id: 'x', key: 1, ...deep(10) })).toMatchObject([
    { name: 'id', message: '`id` is set by the system' },
    { name: 'key' },
    { name: 'a', message: '`a` is nested more than 8 levels deep' },
  ])
})

test('[PO401] an attribute of people with a list of values takes no other', () => {
  const people = {
    attributes: { team: 'string', level: 'int' },
    fields: { team: { one_of: ['red', 'blue'] }, level: { set_by: 'keys' } },
  } as const
  const told = (attributes: Attributes) =>
    checkPersonAttributes(people, attributes).map(({ message, remedy }) => `${message}: ${remedy}`)
  expect(told({ team: 'red', level: 2, name: 'Ada' })).toEqual([])
  expect(told({ team: 'green' })).toEqual([
    '`team` is `"green"`, which is none of its values: use `red`, `blue`',
  ])
  expect(told({ team: 3 })).toEqual(['`team` is `3`, not a text: give a text'])
  expect(told({ toString: 'x' })).toHaveLength(1)
  expect(checkPersonAttributes(undefined, { anything: 1 })).toEqual([])
  expect(setByKeys(people, ['team', 'level', 'toString'])).toEqual(['level'])
})
