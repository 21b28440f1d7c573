import { expect, test } from 'vitest'
import { enveloped, opened } from './messages.ts'

test('what one side says, the other opens', () => {
  expect(opened(enveloped({ kind: 'open' }))).toEqual({ kind: 'open' })
})

test.each([
  undefined,
  null,
  'sayso-widget',
  7,
  [],
  {},
  { message: { kind: 'open' } },
  { sayso: 'other', message: { kind: 'open' } },
  { sayso: 'sayso-widget' },
  { sayso: 'sayso-widget', message: null },
  { sayso: 'sayso-widget', message: { kind: 7 } },
])('%j is not ours', (data) => {
  expect(opened(data)).toBeUndefined()
})
