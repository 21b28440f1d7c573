import type { PermissionChange, ResourceView } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import { channelHref, channelOf, freshAfter, itemsOf, keyOf, lockedOf, seen } from './channels.ts'

const view = (key: string, actions = ['subscribe', 'publish']): ResourceView => ({
  resource: `channel:${key}`,
  channel: `chat:${key}`,
  title: key,
  actions,
  roles: [],
})
const change = (parts: Partial<PermissionChange>): PermissionChange => ({
  roles: [],
  rolesBefore: [],
  gained: [],
  changed: [],
  lost: [],
  revision: 1,
  ...parts,
})
const none: ReadonlySet<string> = new Set()

describe('channels', () => {
  test('lists what one may read; read only without publish', () => {
    const { channel: _none, ...noChannel } = view('vault')
    const items = itemsOf(
      [view('lobby'), view('news', ['subscribe']), view('hidden', []), noChannel],
      none,
      new Map(),
      none,
    )
    expect(items.map((item) => [item.key, item.isReadOnly])).toEqual([
      ['lobby', false],
      ['news', true],
    ])
  })

  test('lists what is locked, to ask for, and not as read only', () => {
    const locked: ResourceView = { ...view('vault', []), locked: true, requested: true }
    const items = itemsOf([view('lobby'), locked], none, new Map(), none)
    expect(
      items.map((item) => [item.key, item.isLocked, item.isRequested, item.isReadOnly]),
    ).toEqual([
      ['lobby', false, false, false],
      ['vault', true, true, false],
    ])
    expect(lockedOf([view('lobby'), locked], 'vault')).toBe(locked)
    expect(lockedOf([view('lobby'), locked], 'lobby')).toBeUndefined()
    expect(channelOf([locked], 'vault')).toBeUndefined()
  })

  test('a key may hold colons, and is one segment of the address', () => {
    expect(keyOf(view('a:b'))).toBe('a:b')
    expect(channelHref('a/b c')).toBe('/chat/a%2Fb%20c')
    expect(channelOf([view('a:b')], 'a:b')?.channel).toBe('chat:a:b')
    expect(channelOf([view('lobby', [])], 'lobby')).toBeUndefined()
  })

  test('a gained channel carries the marker until it is seen', () => {
    const fresh = freshAfter(none, change({ gained: [view('attic')] }), 'lobby')
    expect(
      itemsOf(
        [view('attic')],
        fresh,
        new Map([['chat:attic', { count: 2, mentions: 1 }]]),
        none,
      )[0],
    ).toMatchObject({
      isNew: true,
      unread: 2,
      mentions: 1,
    })
    expect(seen(fresh, 'attic').size).toBe(0)
    expect(seen(fresh, 'lobby')).toBe(fresh)
  })

  test('one that became readable counts as gained; the one on screen does not', () => {
    const opened = { ...view('attic'), gained: ['subscribe'], lost: [], before: view('attic', []) }
    expect([...freshAfter(none, change({ changed: [opened] }), 'lobby')]).toEqual(['attic'])
    expect(freshAfter(none, change({ changed: [opened] }), 'attic')).toBe(none)
  })

  test('a lost channel loses its marker', () => {
    const fresh = new Set(['attic'])
    expect(freshAfter(fresh, change({ lost: [view('attic')] }), 'lobby').size).toBe(0)
    expect(freshAfter(fresh, change({}), 'lobby')).toBe(fresh)
  })
})
