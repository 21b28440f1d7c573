import { describe, expect, test } from 'vitest'
import { nextOf, type Outbox, readOutbox, withoutArrived, withState } from './outbox.ts'
import { filled, found, inserted, slashAt } from './replies.ts'
import { snoozedUntil } from './snooze.ts'
import { waited } from './waiting.ts'

const reply = (shortcut: string, text: string) => ({ id: shortcut, shortcut, text })

describe('canned replies', () => {
  test('a slash counts at the start or behind a space, anywhere in the text', () => {
    expect(slashAt('/hel', 4)).toEqual({ from: 0, word: 'hel' })
    expect(slashAt('Yes. /refu and more', 10)).toEqual({ from: 5, word: 'refu' })
    expect(slashAt('and/or', 6)).toBeUndefined()
    expect(slashAt('https://shop', 12)).toBeUndefined()
  })

  test('those whose shortcut begins so come first', () => {
    const all = [reply('later', 'a refund takes days'), reply('refund', 'x'), reply('hello', 'y')]
    expect(found(all, 'ref').map(({ shortcut }) => shortcut)).toEqual(['refund', 'later'])
  })

  test('variables are filled in; what is not known stays to be seen', () => {
    const { text, missing } = filled('Hello {visitor.name}, {visitor.email} {x}', {
      'visitor.name': 'Inès',
    })
    expect(text).toBe('Hello Inès, {visitor.email} {x}')
    expect(missing).toEqual(['visitor.email'])
  })

  test('it takes the place of the slash, and the caret stands behind it', () => {
    expect(inserted('Yes. /re now', { from: 5, word: 're' }, 'Done')).toEqual({
      text: 'Yes. Done now',
      caret: 9,
    })
  })
})

describe('what is on its way', () => {
  const item = (id: string, state: 'waiting' | 'sending' | 'sent' | 'failed') => ({
    id,
    kind: 'text' as const,
    text: id,
    files: [],
    mentions: [],
    atMs: 0,
    state,
  })

  test('one at a time, in the order of writing; what failed holds nothing up', () => {
    expect(nextOf([item('a', 'sending'), item('b', 'waiting')])).toBeUndefined()
    expect(nextOf([item('a', 'failed'), item('b', 'waiting')])?.id).toBe('b')
    expect(nextOf([item('a', 'sent'), item('b', 'waiting')])?.id).toBe('b')
  })

  test('what has come back is here no more', () => {
    const all: Outbox = [item('a', 'sent'), item('b', 'waiting')]
    expect(withoutArrived(all, new Set(['a'])).map(({ id }) => id)).toEqual(['b'])
    expect(withoutArrived(all, new Set(['z']))).toBe(all)
  })

  test('tried again it has no reason any more', () => {
    const failed = withState([item('a', 'sending')], 'a', 'failed', 'why')
    expect(failed[0]).toMatchObject({ state: 'failed', why: 'why' })
    expect(withState(failed, 'a', 'waiting')[0]).not.toHaveProperty('why')
  })

  test('what was on its way when the page went is sent again under its id; junk is nothing', () => {
    const kept = JSON.stringify([item('a', 'sending'), { id: 1 }, null])
    expect(readOutbox(kept)).toEqual([item('a', 'waiting')])
    expect(readOutbox('{')).toEqual([])
  })
})

test('how long somebody waits', () => {
  expect([7_000, 130_000, 3_730_000, -5].map(waited)).toEqual(['0:07', '2:10', '1:02:10', '0:00'])
})

test('an afternoon that is over is that of tomorrow', () => {
  const at = (text: string) => new Date(text).getTime()
  expect(snoozedUntil('afternoon', at('2026-11-21T10:00:00'))).toBe(at('2026-11-21T14:00:00'))
  expect(snoozedUntil('afternoon', at('2026-11-21T15:00:00'))).toBe(at('2026-11-22T14:00:00'))
  expect(snoozedUntil('tomorrow', at('2026-11-30T22:00:00'))).toBe(at('2026-12-01T09:00:00'))
})
