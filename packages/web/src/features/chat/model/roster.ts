// The list of people as it is drawn: groups of known size, whose people may be loaded or still to come. Pure.

import type { PeopleView, RoleView } from '@sayso/client'
import type { PeopleGroup, PersonRow } from './people.ts'

export type Counts = NonNullable<PeopleView['counts']>

export type RosterGroup = {
  readonly key: string
  /** Absent: people without a role. */
  readonly role?: RoleView | undefined
  readonly size: number
  /** Place of its first one in the whole list, counted from 0. */
  readonly first: number
  /** Absent: not loaded yet. */
  readonly at: (index: number) => PersonRow | undefined
}

/** Groups of a list that is loaded as a whole. */
export function wholeRoster(groups: readonly PeopleGroup[]): readonly RosterGroup[] {
  let first = 0
  return groups.map(({ key, role, people }) => {
    const group = { key, role, size: people.length, first, at: (index: number) => people[index] }
    first += people.length
    return group
  })
}

/** Groups of a list of which only parts are loaded: sizes as the server counts, people by their place. */
export function partRoster(
  counts: Counts,
  at: (place: number) => PersonRow | undefined,
): readonly RosterGroup[] {
  let first = 0
  return counts.map(({ role, people }) => {
    const start = first
    first += people
    const key = role === undefined ? '' : `${role.on}#${role.role}`
    return { key, role, size: people, first: start, at: (index: number) => at(start + index) }
  })
}

export function sizeOf(groups: readonly RosterGroup[]): number {
  return groups.reduce((sum, { size }) => sum + size, 0)
}

/** From the first row to the last one, both drawn. */
export type Span = { readonly first: number; readonly last: number }

/**
 * The rows of a group that stand in the view, with some to spare on both sides.
 *
 * @param topPx where the group's first row begins below the upper edge of the view; negative above it
 * @param rowPx height of each row
 * @returns absent if none stands there
 */
export function spanOf(
  size: number,
  topPx: number,
  rowPx: number,
  viewPx: number,
  spare: number,
): Span | undefined {
  const first = Math.floor(-topPx / rowPx) - spare
  const last = Math.ceil((viewPx - topPx) / rowPx) - 1 + spare
  if (size === 0 || last < 0 || first >= size) return undefined
  return { first: Math.max(first, 0), last: Math.min(last, size - 1) }
}

/** Where a key leads from a place in the list; absent: nowhere. */
export function placeByKey(
  key: string,
  place: number,
  size: number,
  page: number,
): number | undefined {
  const to = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: Math.min(place + page, size - 1),
    PageUp: Math.max(place - page, 0),
    Home: 0,
    End: size - 1,
  }[key]
  return to === undefined || to < 0 || to >= size ? undefined : to
}
