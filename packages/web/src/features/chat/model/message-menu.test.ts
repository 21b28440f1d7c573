import { describe, expect, test } from 'vitest'
import type { Control } from './controls.ts'
import { type MenuSubject, offersOf } from './message-menu.ts'
import { fold, type Incoming } from './timeline.ts'

function subject(
  rights: Readonly<Record<string, Control>>,
  parts: Partial<MenuSubject> = {},
  incoming: Partial<Incoming> = {},
): MenuSubject {
  const message = { serial: 'a', atMs: 1, data: 'x', action: 'create', version: 'a' } as const
  const [entry] = fold([], [{ ...message, ...incoming }])
  if (entry === undefined) throw new Error('an entry was expected')
  return {
    entry,
    isOwn: false,
    authorName: 'Ada',
    hasReactions: false,
    isThread: false,
    isPinned: false,
    isSaved: false,
    control: (action) => rights[action] ?? { kind: 'absent' },
    ...parts,
  }
}

const on = { kind: 'on' } as const
const off = { kind: 'off', reason: 'You were demoted.', cause: 'demoted' } as const
const acts = (of: MenuSubject) => offersOf(of).flatMap((group) => group.map(({ act }) => act))

describe('the menu of a message', () => {
  test('shows only what the rights allow', () => {
    expect(acts(subject({}))).toEqual(['copy-text', 'copy-link', 'save'])
    expect(acts(subject({ publish: on }))).toContain('answer')
    expect(acts(subject({ 'message-delete-own': on }))).not.toContain('delete')
    expect(acts(subject({ 'message-delete-own': on }, { isOwn: true }))).toContain('delete')
    expect(acts(subject({ 'message-update-own': on }))).not.toContain('edit')
    expect(acts(subject({ 'message-update-own': on }, { isOwn: true }))).toContain('edit')
  })

  test('what takes away stands last and apart', () => {
    const all = subject({
      publish: on,
      'message-delete-any': on,
      pin: on,
      report: on,
      'message-history': on,
    })
    expect(offersOf(all).at(-1)?.at(-1)).toMatchObject({ act: 'delete', isDanger: true })
    expect(
      offersOf(all)
        .slice(0, -1)
        .flat()
        .some(({ isDanger }) => isDanger === true),
    ).toBe(false)
  })

  test('a right that is gone leaves its item, off and with the reason', () => {
    const [remove] = offersOf(subject({ 'message-delete-any': off })).at(-1) ?? []
    expect(remove).toMatchObject({ act: 'delete', isOff: true, detail: 'You were demoted.' })
    expect(remove?.lost).toBe('message-delete-any')
  })

  test('a message that goes while the menu is open turns the items off', () => {
    const gone = subject({ publish: on, 'message-delete-any': on }, {}, { action: 'delete' })
    const items = offersOf(gone).flat()
    expect(items.filter(({ isOff }) => !isOff).map(({ act }) => act)).toEqual(['copy-link'])
    // It is no right that is missing.
    expect(items.some(({ lost }) => lost !== undefined)).toBe(false)
  })
})
