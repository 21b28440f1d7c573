// Whom one may mean by an `@` in a channel with more people than the page holds.

import type { Api, PeopleView } from '@sayso/client'
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { keyOf } from '../../model/channels.ts'
import { type Mentionable, mentionable } from '../../model/mentions.ts'
import { unknownNames } from '../../model/unknown-names.ts'
import { CalledPeople, peopleOf } from '../../store/called-people.ts'
import type { WritingPlace } from './place.ts'

export function useCalledPeople(props: {
  readonly api: Api
  readonly place: WritingPlace
  /** Whom one may mean of the page's people. */
  readonly mentions: readonly Mentionable[]
  readonly text: string
}) {
  const { api, place, mentions, text } = props
  const { list = NOBODY, counts, isWhole } = place.people
  const key = keyOf(place.view)
  const store = useMemo(() => new CalledPeople(peopleOf(api, key)), [api, key])
  const { found, met } = useSyncExternalStore(store.subscribe, store.state)
  useEffect(() => () => store.close(), [store])
  // The server knows nobody besides a list that is whole.
  const onAsk = useCallback((q: string) => store.ask(isWhole ? '' : q), [store, isWhole])
  const known = useMemo(
    () =>
      isWhole ? mentions : [...mentions, ...besides(mentions, mentionable(met, false), counts)],
    [isWhole, mentions, met, counts],
  )
  const people = useMemo(() => {
    const held = new Set(list.map(({ id }) => id))
    return [...list, ...met.filter(({ id }) => !held.has(id))]
  }, [list, met])
  useKeptNames(store, !isWhole, text, known)
  return { found, people, mentions: known, onAsk }
}

type Called = CalledPeople<PeopleView['people'][number]>

const NOBODY: PeopleView['people'] = []

/** People and roles that are not in a list yet: those found, and roles nobody in the page's part of the list holds. */
function besides(
  known: readonly Mentionable[],
  met: readonly Mentionable[],
  counts: PeopleView['counts'],
): readonly Mentionable[] {
  const roles = new Set(counts?.flatMap(({ role }) => role?.role ?? []))
  const all = [...met, ...[...roles].map((id) => ({ kind: 'role' as const, id, name: id }))]
  const held = new Set(known.map(({ kind, id }) => `${kind} ${id}`))
  return all.filter(({ kind, id }) => !held.has(`${kind} ${id}`))
}

/** A draft calls people who were found when it was written: they are found once more. */
function useKeptNames(
  store: Called,
  isWanted: boolean,
  text: string,
  known: readonly Mentionable[],
): void {
  const isAsked = useRef<Called>(undefined)
  useEffect(() => {
    if (!isWanted || isAsked.current === store) return
    isAsked.current = store
    store.meet(unknownNames(text, known))
  }, [store, isWanted, text, known])
}
