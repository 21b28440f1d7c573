import { expect, test } from 'vitest'
import { announced } from './announcing.ts'
import type { Body, Entry } from './timeline.ts'

const entry = (author: string, body: Body): Entry => ({
  key: author,
  serial: '1',
  version: '1',
  author,
  atMs: Date.UTC(2026, 0, 1, 14, 2),
  body,
  isEdited: false,
})
const said = (author: string, text: string) => entry(author, { kind: 'text', text })
const nameOf = (id = '') => ({ ada: 'Ada', bo: 'Bo' })[id] ?? 'Someone'

test('a message is its author and its text, without the time', () => {
  expect(announced([said('ada', 'hello')], nameOf)).toBe('Ada: hello')
  expect(announced([said('ada', 'one'), said('bo', 'two')], nameOf)).toBe('Ada: one. Bo: two')
  expect(announced([entry('bo', { kind: 'deleted' })], nameOf)).toBe('Bo: message deleted')
})

test('more than three at once are a number', () => {
  const three = [said('ada', '1'), said('ada', '2'), said('ada', '3')]
  expect(announced(three, nameOf)).toBe('Ada: 1. Ada: 2. Ada: 3')
  expect(announced([...three, said('ada', '4')], nameOf)).toBe('4 new messages')
  // Of a flood only the first are held.
  expect(announced(three, nameOf, 8_000)).toBe('8000 new messages')
})
