import { describe, expect, test } from 'vitest'
import { fitOf, gone, inOrder, told } from './inbox.ts'
import type { Conversation } from './shapes.ts'

const VISITOR = { id: 'v-1', name: 'Inès', verified: false, isAnonymous: true }

function one(key: string, some: Partial<Conversation> = {}): Conversation {
  const openedBy = { id: 'v-1', name: 'Inès', isVisitor: true }
  return {
    key,
    channel: `desk:${key}`,
    tenant: 'default',
    state: 'waiting',
    visitor: VISITOR,
    openedBy,
    joined: [],
    openedAtMs: 1_000,
    labels: [],
    unread: 0,
    ...some,
  }
}

const ada = { id: 'ada', name: 'Ada' }
const waiting = { view: 'waiting', me: 'ada' } as const
const mine = { view: 'mine', me: 'ada' } as const

describe('the inbox', () => {
  test('who waits longest stands first; elsewhere where something happened last', () => {
    const a = one('a', { waitingSinceMs: 3_000 })
    const b = one('b', { waitingSinceMs: 2_000 })
    expect(inOrder([a, b], 'waiting').map(({ key }) => key)).toEqual(['b', 'a'])
    const last = { serial: 's', atMs: 9_000, by: 'v-1', text: 'hm' }
    expect(inOrder([a, one('c', { last })], 'all').map(({ key }) => key)).toEqual(['c', 'a'])
  })

  test('one that is taken leaves those that wait and comes to those of whoever took it', () => {
    const before = one('a')
    const after = one('a', { state: 'open', assignee: ada })
    expect(told([before], after, waiting).items).toEqual([])
    expect(told([], after, mine).items).toEqual([after])
    expect(told([], after, { view: 'mine', me: 'grace' }).items).toEqual([])
  })

  test('what is closed lies in no list that did not ask for it', () => {
    const closed = one('a', { state: 'closed', assignee: ada })
    expect(fitOf(closed, mine)).toBe('out')
    expect(fitOf(closed, { view: 'all', me: 'ada' })).toBe('out')
    expect(fitOf(closed, { view: 'all', me: 'ada', state: 'closed' })).toBe('in')
  })

  test('filters hold for what is told as well', () => {
    const labelled = one('a', { labels: ['refund'], widget: { id: 'w', name: 'Shop' } })
    expect(fitOf(labelled, { ...waiting, label: 'refund', widget: 'w' })).toBe('in')
    expect(fitOf(labelled, { ...waiting, label: 'other' })).toBe('out')
    expect(fitOf(labelled, { ...waiting, assignee: 'ada' })).toBe('out')
  })

  test('only the server knows whose team it is and what a search finds', () => {
    const unsure = told([], one('a'), { view: 'team', me: 'ada' })
    expect(unsure).toEqual({ items: [], isUnsure: true })
    expect(told([], one('a'), { ...waiting, q: 'azores' }).isUnsure).toBe(true)
    expect(told([one('a')], one('a', { unread: 1 }), { ...waiting, q: 'x' }).items).toHaveLength(1)
  })

  test('who may read it is not forgotten by a shorter word', () => {
    const known = one('a', { readers: [ada] })
    expect(told([known], one('a', { unread: 2 }), waiting).items[0]?.readers).toEqual([ada])
  })

  test('one that may no longer be seen is gone', () => {
    const all = [one('a'), one('b')]
    expect(gone(all, 'a').map(({ key }) => key)).toEqual(['b'])
    expect(gone(all, 'c')).toBe(all)
  })
})
