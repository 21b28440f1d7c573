import type { PeopleView, RoleView } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import type { PersonRow } from './people.ts'
import { partRoster, placeByKey, sizeOf, spanOf, wholeRoster } from './roster.ts'

const role = (name: string): RoleView => ({ role: name, on: 'channel:lobby', title: name })
const row = (id: string): PersonRow => ({
  ...({ id, name: id, roles: [], moves: [] } satisfies PeopleView['people'][number]),
  isHere: false,
  isMe: false,
})

describe('roster', () => {
  test('a whole list: every group with its people and its place in the list', () => {
    const groups = wholeRoster([
      { key: 'a', role: role('a'), people: [row('x')] },
      { key: '', people: [row('y'), row('z')] },
    ])
    expect(groups.map(({ size, first }) => [size, first])).toEqual([
      [1, 0],
      [2, 1],
    ])
    expect(groups[1]?.at(1)?.id).toBe('z')
    expect(sizeOf(groups)).toBe(3)
  })

  test('a list in parts: sizes are the server’s, people come by their place in the whole', () => {
    const loaded = new Map([[7_001, row('late')]])
    const groups = partRoster(
      [
        { role: role('few'), people: 2 },
        { role: role('many'), people: 9_998 },
      ],
      (place) => loaded.get(place),
    )
    expect(sizeOf(groups)).toBe(10_000)
    expect(groups[1]?.at(6_999)?.id).toBe('late')
    expect(groups[1]?.at(0)).toBeUndefined()
  })

  test.each([
    ['at its beginning', 100, 0, { first: 0, last: 11 }],
    ['in the middle', 10_000, -5_000, { first: 98, last: 111 }],
    ['at its end', 100, -4_500, { first: 88, last: 99 }],
    ['below the view', 10, 900, undefined],
    ['above the view', 10, -900, undefined],
    ['nobody', 0, 0, undefined],
  ])('what is drawn of a group: %s', (_, size, topPx, span) => {
    expect(spanOf(size, topPx, 50, 500, 2)).toEqual(span)
  })

  test('keys lead from one to the next, a page on, and to both ends', () => {
    expect(placeByKey('ArrowDown', 3, 10, 5)).toBe(4)
    expect(placeByKey('ArrowUp', 0, 10, 5)).toBeUndefined()
    expect(placeByKey('ArrowDown', 9, 10, 5)).toBeUndefined()
    expect(placeByKey('PageDown', 7, 10, 5)).toBe(9)
    expect(placeByKey('End', 0, 10_000, 5)).toBe(9_999)
    expect(placeByKey('x', 0, 10, 5)).toBeUndefined()
  })
})
