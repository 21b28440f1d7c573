import { ApiError } from '@sayso/client'
import { expect, test } from 'vitest'
import { explanationOf } from './refusals.ts'

test('a refusal is explained by its id, from the API and from the wire; nothing else is', () => {
  const problem = { type: '', title: '', status: 403, code: 'denied', detail: 'no' }
  expect(explanationOf(new ApiError({ ...problem, explanation: 'x1' }))).toBe('x1')
  expect(explanationOf(new ApiError(problem))).toBeUndefined()
  const wire = Object.assign(new Error('no'), { code: 40160, detail: { explanation: 'x2' } })
  expect(explanationOf(wire)).toBe('x2')
  for (const other of [
    undefined,
    null,
    'no',
    new Error('no'),
    { detail: 'x' },
    { detail: { explanation: 7 } },
  ])
    expect(explanationOf(other)).toBeUndefined()
})
