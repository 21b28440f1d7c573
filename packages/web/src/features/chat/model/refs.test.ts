import { describe, expect, test } from 'vitest'
import { answering, isInChannel, refOf, rootOf } from './refs.ts'
import { type Entry, fold } from './timeline.ts'

const entry = (extras: Record<string, unknown>): Entry => {
  const [one] = fold(
    [],
    [{ serial: 'a', atMs: 1, data: 'x', action: 'create', version: 'a', extras }],
  )
  if (one === undefined) throw new Error('an entry was expected')
  return one
}

describe('what a message answers', () => {
  test('is read as it is written', () => {
    const ref = { type: 'reply', serial: 's' } as const
    expect(refOf(answering(ref))).toEqual(ref)
    expect(refOf(answering({ type: 'thread', serial: 's' }, true))).toEqual({
      type: 'thread',
      serial: 's',
    })
  })

  test('of another shape it is nothing', () => {
    for (const ref of [null, 'x', {}, { type: 'other', timeserial: 's' }, { type: 'reply' }])
      expect(refOf({ ref })).toBeUndefined()
    expect(refOf({ ref: { type: 'thread', timeserial: '' } })).toBeUndefined()
  })

  test('answers in a thread stand in the channel only if they say so', () => {
    expect(isInChannel(entry({}))).toBe(true)
    expect(isInChannel(entry(answering({ type: 'reply', serial: 's' })))).toBe(true)
    expect(isInChannel(entry(answering({ type: 'thread', serial: 's' })))).toBe(false)
    expect(isInChannel(entry(answering({ type: 'thread', serial: 's' }, true)))).toBe(true)
    expect(rootOf(entry(answering({ type: 'thread', serial: 's' }, true)))).toBe('s')
  })
})
