import { describe, expect, test } from 'vitest'
import { notifySettings } from './notify-settings.ts'
import { type Asked, choiceIn, grownSince, OLD_MS, worthTelling } from './notifying.ts'
import { EVERY_DAY } from './quiet-hours.ts'
import { mutedIn } from './unread.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const CHANNEL = 'chat:general'
const talk = { channel: CHANNEL, serial: '1', count: 1, mentions: 0 }
const mention = { ...talk, mentions: 1 }
const quiet = { isOn: true, from: 11 * 60, to: 13 * 60, days: EVERY_DAY, zone: 'UTC' }

function asked(some: Partial<Asked>): Asked {
  return {
    item: talk,
    toldMs: NOW - 200,
    nowMs: NOW,
    choice: undefined,
    isDirect: false,
    isDnd: false,
    settings: notifySettings(undefined),
    ...some,
  }
}

/** What comes, and what of it one is told. */
const TABLE: readonly (readonly [string, Partial<Asked>, number])[] = [
  ['talk, usual', {}, 0],
  ['a mention, usual', { item: mention }, 1],
  ['talk between a few, usual', { isDirect: true }, 1],
  ['talk, all chosen here', { choice: { level: 'all' } }, 1],
  ['a mention, nothing chosen here', { item: mention, choice: { level: 'none' } }, 0],
  ['talk between a few, nothing chosen here', { isDirect: true, choice: { level: 'none' } }, 0],
  ['talk, all in the settings', { settings: notifySettings({ level: 'all' }) }, 1],
  [
    'a mention, nothing in the settings',
    { item: mention, settings: notifySettings({ level: 'none' }) },
    0,
  ],
  [
    'a mention, nothing in the settings, mentions here',
    { item: mention, choice: { level: 'mentions' }, settings: notifySettings({ level: 'none' }) },
    1,
  ],
  ['a mention, do not disturb', { item: mention, isDnd: true }, 0],
  ['a mention in quiet hours', { item: mention, settings: notifySettings({ quiet }) }, 0],
  [
    'a mention outside of quiet hours',
    { item: mention, settings: notifySettings({ quiet: { ...quiet, to: 11 * 60 + 30 } }) },
    1,
  ],
  ['an old mention', { item: mention, toldMs: NOW - OLD_MS - 1 }, 0],
  [
    'a change of counts alone',
    { item: { channel: CHANNEL, recount: true }, choice: { level: 'all' } },
    0,
  ],
]

describe('who is told of what', () => {
  test.each(TABLE)('%s', (_, some, count) => {
    expect(worthTelling(asked(some))?.count ?? 0).toBe(count)
  })

  test('a choice holds until it ends, and nonsense is none', () => {
    expect(choiceIn({ level: 'none', untilMs: NOW + 1 }, NOW)).toEqual({
      level: 'none',
      untilMs: NOW + 1,
    })
    for (const kept of [undefined, {}, { level: 'loud' }, { level: 'none', untilMs: NOW }])
      expect(choiceIn(kept, NOW)).toBeUndefined()
  })

  test('muted is what is set to nothing and not over', () => {
    const kept = new Map([
      ['a', { level: 'none' }],
      ['b', { level: 'none', untilMs: NOW }],
      ['c', { level: 'none', untilMs: NOW + 1 }],
      ['d', { level: 'all' }],
    ])
    expect([...mutedIn(kept, NOW)]).toEqual(['a', 'c'])
  })

  test('what came while away is what counts have grown by', () => {
    const before = new Map([
      ['a', { count: 2, mentions: 1 }],
      ['b', { count: 5, mentions: 0 }],
    ])
    const now = new Map([
      ['a', { count: 5, mentions: 2 }],
      ['b', { count: 3, mentions: 0 }],
      ['c', { count: 1, mentions: 0 }],
    ])
    expect(Object.fromEntries(grownSince(before, now))).toEqual({
      a: { count: 3, mentions: 1 },
      c: { count: 1, mentions: 0 },
    })
  })
})
