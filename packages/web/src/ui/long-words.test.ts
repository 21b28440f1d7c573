import { afterEach, expect, test } from 'vitest'
import { longer, speakLong } from './long-words.ts'
import { speak, words } from './words.ts'

afterEach(() => speak('en'))

test('a text is at least 40 % longer in letters, and keeps what is not said', () => {
  expect(longer('Sign out')).toBe('Siiign ooout')
  expect(longer('{who} left <b>now</b>')).toBe('{who} leeeft <b>nooow</b>')
  for (const text of ['Send', 'Nothing has been said yet.', 'Ctrl', '#', ''])
    expect(longer(text).length).toBeGreaterThanOrEqual(Math.floor(text.length * 1.3))
})

test('what is registered speaks it, also what makes texts and what stands within', () => {
  const texts = words('long-test', {
    plain: 'Send',
    made: (name: string) => ({ tone: 'news', glyph: 'info', title: `Hello ${name}` }),
    within: { deep: 'Close' },
    list: ['Open'],
  })
  speakLong()
  expect(texts.plain).toBe('Seeend')
  expect(texts.made('Bo')).toEqual({ tone: 'news', glyph: 'info', title: 'Heeello Boo' })
  expect(texts.within.deep).toBe('Clooose')
  expect(texts.list).toEqual(['Ooopen'])
  expect(texts.within).toBe(texts.within)
  speak('en')
  expect(texts.plain).toBe('Send')
})
