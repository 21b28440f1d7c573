// Every shortcut there is: what the handlers ask, what the list shows, and what can be changed. Pure.

import { chordOf } from '../../../ui/chord.ts'
import type { KeyLike } from '../../../ui/keys.ts'

export type ShortcutGroup = 'anywhere' | 'messages' | 'onMessage' | 'writing'

type Row = {
  readonly group: ShortcutGroup
  /** As `chordOf` says it; several do the same. */
  readonly keys: readonly string[]
  /** A single character: works outside of fields, can be changed and turned off. */
  readonly isSingle?: true
}

const TABLE = {
  shortcuts: { group: 'anywhere', keys: ['?'], isSingle: true },
  switcher: { group: 'anywhere', keys: ['Mod+K'] },
  search: { group: 'anywhere', keys: ['/'], isSingle: true },
  mentions: { group: 'anywhere', keys: ['m'], isSingle: true },
  write: { group: 'anywhere', keys: ['c'], isSingle: true },
  settings: { group: 'anywhere', keys: ['Mod+,'] },
  previousChannel: { group: 'anywhere', keys: ['Alt+ArrowUp'] },
  nextChannel: { group: 'anywhere', keys: ['Alt+ArrowDown'] },
  previousUnread: { group: 'anywhere', keys: ['Alt+Shift+ArrowUp'] },
  nextUnread: { group: 'anywhere', keys: ['Alt+Shift+ArrowDown'] },
  close: { group: 'anywhere', keys: ['Escape'] },

  previousMessage: { group: 'messages', keys: ['ArrowUp'] },
  nextMessage: { group: 'messages', keys: ['ArrowDown'] },
  previousByLetter: { group: 'messages', keys: ['k'], isSingle: true },
  nextByLetter: { group: 'messages', keys: ['j'], isSingle: true },
  first: { group: 'messages', keys: ['Home'] },
  newest: { group: 'messages', keys: ['End'] },

  menu: { group: 'onMessage', keys: ['Enter', 'Shift+F10'] },
  tools: { group: 'onMessage', keys: ['ArrowRight'] },
  answer: { group: 'onMessage', keys: ['r'], isSingle: true },
  thread: { group: 'onMessage', keys: ['t'], isSingle: true },
  react: { group: 'onMessage', keys: ['+'], isSingle: true },
  edit: { group: 'onMessage', keys: ['e'], isSingle: true },
  save: { group: 'onMessage', keys: ['b'], isSingle: true },
  pin: { group: 'onMessage', keys: ['p'], isSingle: true },
  'copy-link': { group: 'onMessage', keys: ['y'], isSingle: true },
  delete: { group: 'onMessage', keys: ['Delete'] },

  send: { group: 'writing', keys: ['Enter'] },
  line: { group: 'writing', keys: ['Shift+Enter'] },
  editLast: { group: 'writing', keys: ['ArrowUp'] },
  strong: { group: 'writing', keys: ['Mod+B'] },
  emphasis: { group: 'writing', keys: ['Mod+I'] },
  code: { group: 'writing', keys: ['Mod+E'] },
  strike: { group: 'writing', keys: ['Mod+Shift+X'] },
  list: { group: 'writing', keys: ['Mod+Shift+8'] },
  quote: { group: 'writing', keys: ['Mod+Shift+9'] },
  indent: { group: 'writing', keys: ['Mod+]'] },
  outdent: { group: 'writing', keys: ['Mod+['] },
  complete: { group: 'writing', keys: ['@', '#', ':', '/'] },
} as const satisfies Readonly<Record<string, Row>>

export type ShortcutId = keyof typeof TABLE

export type Shortcut = Row & { readonly id: ShortcutId }

export const SHORTCUTS: readonly Shortcut[] = (Object.keys(TABLE) as ShortcutId[]).map((id) => ({
  id,
  ...TABLE[id],
}))

export const GROUPS: readonly ShortcutGroup[] = ['anywhere', 'messages', 'onMessage', 'writing']

/** What the reader has chosen of it. */
export type KeyChoices = {
  readonly singleKeys: boolean
  /** Other keys by the id of the shortcut; an empty one: none. */
  readonly keys: Readonly<Record<string, string>>
  readonly sendBy: 'enter' | 'mod-enter'
}

/** The keys of a shortcut as they are chosen; none if it is turned off. */
export function keysFor(shortcut: Shortcut, chosen: KeyChoices): readonly string[] {
  const { id, keys, isSingle } = shortcut
  if (chosen.sendBy === 'mod-enter' && id === 'send') return ['Mod+Enter']
  if (chosen.sendBy === 'mod-enter' && id === 'line') return ['Enter']
  if (isSingle !== true) return keys
  if (!chosen.singleKeys) return []
  const other = chosen.keys[id]
  if (other === undefined) return keys
  return other === '' ? [] : [other]
}

/** The shortcut among some groups that a key is; absent: none. */
export function shortcutFor(
  event: KeyLike,
  groups: readonly ShortcutGroup[],
  chosen: KeyChoices,
): Shortcut | undefined {
  const chord = chordOf(event)
  return SHORTCUTS.find((one) => groups.includes(one.group) && keysFor(one, chosen).includes(chord))
}

/** The other shortcut of a single key that has this key already. */
export function takenBy(key: string, id: ShortcutId, chosen: KeyChoices): Shortcut | undefined {
  return SHORTCUTS.find(
    (one) => one.id !== id && one.isSingle === true && keysFor(one, chosen).includes(key),
  )
}

/** A key that may be a shortcut by itself: one character that can be seen. */
export function isSingleKey(key: string): boolean {
  return [...key].length === 1 && /\P{C}/u.test(key) && key.trim() !== ''
}

const MAC: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
const ARROWS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** The parts of a chord as keys are labelled: `['Ctrl', 'Shift', 'X']`. @param named what keys are called in the reader's language */
export function labelled(
  chord: string,
  isApple: boolean,
  named: Readonly<Record<string, string>>,
): readonly string[] {
  // A plus by itself is a key and no joint.
  const parts = chord === '+' ? ['+'] : chord.split('+')
  return parts.map((part) => {
    const mac = isApple ? MAC[part] : undefined
    return (
      mac ?? ARROWS[part] ?? named[part] ?? (/^\p{Ll}$/u.test(part) ? part.toUpperCase() : part)
    )
  })
}
