import { describe, expect, test } from 'vitest'
import { closedCode, fit, triggerAt } from './completion.ts'
import {
  continued,
  type Edit,
  edited,
  type Format,
  formatted,
  hasMarkup,
  indented,
  isInFence,
  isWritingCode,
  linked,
  type Written,
} from './editing.ts'

/** `[` and `]` stand for the ends of the selection, `|` for a caret. */
function written(marked: string): Written {
  const start = marked.search(/[|[]/)
  const text = marked.replace(/[|[]/, '')
  const end = marked.includes('[') ? text.indexOf(']') : start
  return { text: text.replace(']', ''), start, end }
}

function shown({ text, start, end }: Written): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`
}

function after(marked: string, edit: (written: Written) => Edit | undefined): string | undefined {
  const before = written(marked)
  const made = edit(before)
  return made === undefined ? undefined : shown(edited(before, made))
}

describe('formatting', () => {
  const cases: readonly (readonly [Format, string, string])[] = [
    ['strong', 'a [b] c', 'a **[b]** c'],
    ['strong', 'a **[b]** c', 'a [b] c'],
    ['strong', 'a [b ]c', 'a **[b]** c'],
    ['strong', 'a | c', 'a **|** c'],
    ['emphasis', '[a]', '_[a]_'],
    ['strike', '[a]', '~~[a]~~'],
    ['code', '[a]', '`[a]`'],
    ['list', '[a\nb]', '[- a\n- b]'],
    ['list', '[- a\n- b]', '[a\nb]'],
    ['list', 'ab|c', '- ab|c'],
    ['quote', 'a|', '> a|'],
    ['block', 'a [b]', 'a \n```\n[b]\n```'],
    ['block', '|', '```\n|\n```'],
  ]
  test.each(cases)('%s: %j', (format, before, expected) => {
    expect(after(before, (one) => formatted(one, format))).toBe(expected)
  })

  test('a link takes what is selected for its words', () => {
    const before = { text: 'see this', start: 4, end: 8 }
    const done = edited(before, linked(before, 'https://a.example'))
    expect(done.text).toBe('see [this](https://a.example)')
    expect(done.start).toBe(done.text.length)
    const empty = edited(before, linked(before, ''))
    expect(empty.start).toBe('see [this]('.length)
  })
})

describe('a new line', () => {
  test.each([
    ['- a|', '- a\n- |'],
    ['  * a|', '  * a\n  * |'],
    ['9. a|', '9. a\n10. |'],
    ['1) a|b', '1) a\n2) |b'],
    ['> a|', '> a\n> |'],
    ['- a\n- |', '- a\n|'],
    ['> |', '|'],
  ])('%j goes on as %j', (before, expected) => {
    expect(after(before, continued)).toBe(expected)
  })

  test('elsewhere it is a line and nothing else', () => {
    expect(after('a|', continued)).toBeUndefined()
    expect(after('|- a', continued)).toBeUndefined()
    expect(after('-a|', continued)).toBeUndefined()
  })

  test('items move inwards and outwards', () => {
    expect(after('- a|', (one) => indented(one, false))).toBe('  - a|')
    expect(after('  - a|', (one) => indented(one, true))).toBe('- a|')
    expect(after('- a|', (one) => indented(one, true))).toBeUndefined()
    expect(after('a|', (one) => indented(one, false))).toBeUndefined()
  })
})

test('inside a block of code is between its fences', () => {
  const text = 'a\n```js\nb\n```\nc'
  expect(isInFence(text, text.indexOf('b'))).toBe(true)
  expect(isInFence(text, text.indexOf('c'))).toBe(false)
  expect(isInFence('```\nb', 5)).toBe(true)
  expect(isInFence('a', 1)).toBe(false)
})

test('Enter is a line of code from the opening fence to the closing one', () => {
  expect(isWritingCode('```js', 5)).toBe(true)
  expect(isWritingCode('```js\nlet a', 11)).toBe(true)
  expect(isWritingCode('```js\nlet a\n```', 15)).toBe(false)
  expect(isWritingCode('plain', 5)).toBe(false)
})

test('a preview is for what looks otherwise than it is written', () => {
  for (const text of ['**a**', '`a`', '- a', '> a', '1. a', '[a](https://a.example)', '| a |'])
    expect(hasMarkup(text)).toBe(true)
  for (const text of ['plain', 'a - b', '5 > 3', 'https://a.example'])
    expect(hasMarkup(text)).toBe(false)
})

describe('what is being begun', () => {
  const at = (text: string) => triggerAt(text, text.length)
  test.each([
    ['@', { sign: '@', query: '', from: 0 }],
    ['hi @ad', { sign: '@', query: 'ad', from: 3 }],
    ['@Ada Lo', { sign: '@', query: 'Ada Lo', from: 0 }],
    ['(#ge', { sign: '#', query: 'ge', from: 1 }],
    ['so :ta', { sign: ':', query: 'ta', from: 3 }],
    ['/top', { sign: '/', query: 'top', from: 0 }],
  ])('%j', (text, expected) => {
    expect(at(text)).toEqual(expected)
  })

  test.each(['ada@ex', 'a#b', ':t', '10:30', 'x /top', '`@ad', '```\n@ad', '@a b c', 'http://x'])(
    '%j is nothing',
    (text) => {
      expect(at(text)).toBeUndefined()
    },
  )

  test('a code that is closed is known by itself', () => {
    expect(closedCode('so :tada:', 9)).toEqual({ code: 'tada', from: 3 })
    expect(closedCode('10:30:', 6)).toBeUndefined()
    expect(closedCode('`:tada:', 7)).toBeUndefined()
  })

  test('names are found by their words, without accents or case', () => {
    expect(fit('Renée Dupont', 'rene')).toBe(0)
    expect(fit('Ada Lovelace', 'love')).toBe(1)
    expect(fit('Ada Lovelace', 'ove')).toBe(2)
    expect(fit('Ada Lovelace', 'x')).toBeUndefined()
  })
})
