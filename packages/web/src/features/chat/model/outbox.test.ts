import { describe, expect, test } from 'vitest'
import { nextToSend, type Outbox, type OutboxEvent, reduce, verdictOf } from './outbox.ts'

const written = (id: string, atMs = 1, channelKey = 'lobby'): OutboxEvent => ({
  kind: 'written',
  item: { id, channelKey, text: `text ${id}`, atMs },
})
const after = (...events: OutboxEvent[]): Outbox => events.reduce(reduce, [] as Outbox)

describe('outbox', () => {
  test('sends one at a time, in the order of writing', () => {
    const outbox = after(written('a'), written('b'))
    expect(nextToSend(outbox, 'lobby')?.id).toBe('a')
    expect(nextToSend(reduce(outbox, { kind: 'started', id: 'a' }), 'lobby')).toBeUndefined()
    expect(nextToSend(reduce(outbox, { kind: 'arrived', id: 'a' }), 'lobby')?.id).toBe('b')
  })

  test('what the server has taken stays on screen until its message has come, and holds up nothing', () => {
    const outbox = after(written('a'), written('b'), { kind: 'accepted', id: 'a' })
    expect(outbox.map((item) => item.state.kind)).toEqual(['sent', 'waiting'])
    expect(nextToSend(outbox, 'lobby')?.id).toBe('b')
  })

  test('channels do not wait for each other', () => {
    const outbox = after(written('a'), written('b', 2, 'attic'), { kind: 'started', id: 'a' })
    expect(nextToSend(outbox, 'attic')?.id).toBe('b')
  })

  test('what failed waits for the person and does not hold up the rest', () => {
    const failure = { code: 'refused', detail: 'no' } as const
    const outbox = after(written('a'), written('b'), { kind: 'failed', id: 'a', failure })
    expect(nextToSend(outbox, 'lobby')?.id).toBe('b')
    const retried = reduce(outbox, { kind: 'retried', id: 'a' })
    expect(nextToSend(retried, 'lobby')).toMatchObject({ id: 'a', text: 'text a' })
  })

  test('a second arrival of the same id changes nothing', () => {
    const outbox = after(written('a'), written('b'))
    const once = reduce(outbox, { kind: 'arrived', id: 'a' })
    expect(reduce(once, { kind: 'arrived', id: 'a' })).toBe(once)
  })

  test('restored items wait again under their own id, once, before what was written since', () => {
    const before = after(written('a', 1), { kind: 'started', id: 'a' })
    const outbox = [
      written('b', 2),
      { kind: 'restored', items: before } as const,
      { kind: 'restored', items: before } as const,
    ].reduce(reduce, [] as Outbox)
    expect(outbox.map((item) => [item.id, item.state.kind])).toEqual([
      ['a', 'waiting'],
      ['b', 'waiting'],
    ])
  })

  test.each([
    ['not allowed', { code: 40160, statusCode: 401 }, 'rights_changed'],
    ['the channel was closed for us', { code: 90001, statusCode: 400 }, 'rights_changed'],
    ['too long', { code: 40009, statusCode: 400 }, 'too_long'],
    ['anything else that is final', { code: 40013, statusCode: 400 }, 'refused'],
  ])('%s is for the person to decide', (_name, error, code) => {
    expect(verdictOf(error)).toMatchObject({ kind: 'failed', failure: { code } })
  })

  test.each([
    ['the connection was lost', { code: 80003, statusCode: 408 }],
    ['too fast', { code: 42911, statusCode: 429 }],
    ['the server is unwell', { code: 50000, statusCode: 500 }],
    ['no answer at all', {}],
  ])('%s: the same is tried again', (_name, error) => {
    expect(verdictOf(error)).toEqual({ kind: 'again' })
  })
})
