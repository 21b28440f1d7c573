import { describe, expect, test } from 'vitest'
import { chordOf } from '../../../ui/chord.ts'
import {
  isSingleKey,
  type KeyChoices,
  keysFor,
  labelled,
  SHORTCUTS,
  type ShortcutId,
  shortcutFor,
  takenBy,
} from './shortcuts.ts'
import { shortcutTexts } from './texts.ts'

const PLAIN: KeyChoices = { singleKeys: true, keys: {}, sendBy: 'enter' }

function press(key: string, held: string = '', code = '') {
  return {
    key,
    code,
    ctrlKey: held.includes('c'),
    metaKey: held.includes('m'),
    altKey: held.includes('a'),
    shiftKey: held.includes('s'),
  }
}

function row(id: ShortcutId) {
  return SHORTCUTS.find((one) => one.id === id) as (typeof SHORTCUTS)[number]
}

describe('chords', () => {
  test.each([
    [press('k', 'c'), 'Mod+K'],
    [press('k', 'm'), 'Mod+K'],
    [press('?', 's'), '?'],
    [press('X', 'cs'), 'Mod+Shift+X'],
    [press('(', 'cs', 'Digit8'), 'Mod+Shift+8'],
    [press('ArrowUp', 'as'), 'Alt+Shift+ArrowUp'],
    [press('Enter', 's'), 'Shift+Enter'],
    [press('j'), 'j'],
  ])('%o is %s', (event, chord) => expect(chordOf(event)).toBe(chord))
})

describe('shortcuts', () => {
  test('each has words, and no key of one place does two things there', () => {
    for (const { id } of SHORTCUTS) expect(shortcutTexts.does[id], id).toBeTruthy()
    const places = [['anywhere', 'messages', 'onMessage'], ['writing']]
    for (const groups of places) {
      const keys = SHORTCUTS.filter((one) => groups.includes(one.group)).flatMap((one) => one.keys)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('a key is found among the groups that are asked for', () => {
    expect(shortcutFor(press('?', 's'), ['anywhere'], PLAIN)?.id).toBe('shortcuts')
    expect(shortcutFor(press('r'), ['anywhere'], PLAIN)).toBeUndefined()
    expect(shortcutFor(press('r'), ['onMessage'], PLAIN)?.id).toBe('answer')
    expect(shortcutFor(press('r', 'c'), ['onMessage'], PLAIN)).toBeUndefined()
  })

  test('single keys can be turned off, changed and taken away; the others stay', () => {
    const off = { ...PLAIN, singleKeys: false }
    expect(shortcutFor(press('?', 's'), ['anywhere'], off)).toBeUndefined()
    expect(shortcutFor(press('k', 'c'), ['anywhere'], off)?.id).toBe('switcher')
    const other = { ...PLAIN, keys: { answer: 'a', pin: '', switcher: 'q' } }
    expect(shortcutFor(press('a'), ['onMessage'], other)?.id).toBe('answer')
    expect(shortcutFor(press('r'), ['onMessage'], other)).toBeUndefined()
    expect(keysFor(row('pin'), other)).toEqual([])
    expect(keysFor(row('switcher'), other)).toEqual(['Mod+K'])
  })

  test('what sends follows the choice', () => {
    const mod = { ...PLAIN, sendBy: 'mod-enter' as const }
    expect(keysFor(row('send'), mod)).toEqual(['Mod+Enter'])
    expect(keysFor(row('line'), mod)).toEqual(['Enter'])
  })

  test('a key that is taken says by what; what is no character is no single key', () => {
    expect(takenBy('r', 'pin', PLAIN)?.id).toBe('answer')
    expect(takenBy('r', 'answer', PLAIN)).toBeUndefined()
    expect(takenBy('z', 'pin', PLAIN)).toBeUndefined()
    expect(['a', '?', 'ß', '🙂'].every(isSingleKey)).toBe(true)
    expect(['Enter', ' ', '', '\u0000'].some(isSingleKey)).toBe(false)
  })

  test('keys are named as they are labelled', () => {
    const named = { Mod: 'Strg', Shift: 'Umschalt', Enter: 'Eingabe' }
    expect(labelled('Mod+Shift+X', false, named)).toEqual(['Strg', 'Umschalt', 'X'])
    expect(labelled('Mod+K', true, named)).toEqual(['⌘', 'K'])
    expect(labelled('+', false, named)).toEqual(['+'])
    expect(labelled('Alt+ArrowUp', false, named)).toEqual(['Alt', '↑'])
    expect(labelled('r', false, named)).toEqual(['R'])
  })
})
