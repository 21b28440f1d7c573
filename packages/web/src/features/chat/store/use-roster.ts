// The list of people beside a conversation: held as a whole while it is short, by the page when it is long.

import type { Api } from '@sayso/client'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { groupsOf, inPlaceOf, type PeopleGroup } from '../model/people.ts'
import { partRoster, type RosterGroup, type Span, wholeRoster } from '../model/roster.ts'
import { Roster } from './roster.ts'
import type { People } from './use-people.ts'

export type RosterView = {
  /** Absent until something is known. */
  readonly groups: readonly RosterGroup[] | undefined
  /** Says which places of the list are looked at. */
  readonly onLook: (view: Span) => void
}

/** After the last key; milliseconds. Together with the answer well under what one notices. */
const PAUSE_MS = 40

export function useRoster(
  api: Api,
  key: string,
  people: Pick<People, 'list' | 'counts' | 'isWhole' | 'asOf'>,
  seen: { readonly here: ReadonlySet<string>; readonly me: string },
  typed: string,
  isHeld: boolean,
): RosterView {
  const { here, me } = seen
  const roster = useMemo(() => new Roster(api, key), [api, key])
  const loaded = useSyncExternalStore(roster.subscribe, roster.state)
  const q = useSettled(typed.trim(), PAUSE_MS)
  const { list, isWhole, asOf } = people
  const isByPage = !isWhole || q !== ''
  useEffect(() => {
    if (isByPage) roster.find(q)
  }, [roster, isByPage, q])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer of the list means that something changed
  useEffect(() => {
    if (isByPage) roster.refresh()
  }, [roster, isByPage, asOf])
  useEffect(() => roster.hold(isHeld), [roster, isHeld])
  const whole = useMemo(
    () => (list === undefined || isByPage ? undefined : groupsOf(list, here, me)),
    [list, isByPage, here, me],
  )
  const kept = useHeld(whole, isHeld)
  const groups = useMemo(() => {
    if (kept !== undefined) return wholeRoster(kept)
    if (!isByPage) return undefined
    // The list one holds is the beginning of the long one.
    const start = q === '' ? { counts: people.counts, list } : {}
    const counts = loaded.counts ?? start.counts
    if (counts === undefined) return undefined
    return partRoster(counts, (place) => {
      const person = loaded.at(place) ?? start.list?.[place]
      return person && { ...person, isHere: here.has(person.id), isMe: person.id === me }
    })
  }, [kept, isByPage, loaded, here, me, q, people.counts, list])
  const onLook = useMemo(
    () => (isByPage ? (view: Span) => roster.look(view) : () => undefined),
    [isByPage, roster],
  )
  return { groups, onLook }
}

/** Groups as they are, or while held as they were arranged before. */
function useHeld(
  groups: readonly PeopleGroup[] | undefined,
  isHeld: boolean,
): readonly PeopleGroup[] | undefined {
  const [held, setHeld] = useState(groups)
  useEffect(() => {
    if (!isHeld) setHeld(groups)
  }, [groups, isHeld])
  return isHeld && held !== undefined && groups !== undefined ? inPlaceOf(held, groups) : groups
}

/** A value once it has stayed the same for a while; nothing typed counts at once. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return value === '' ? '' : settled
}
