// The people of a conversation: their names, pictures and roles, and who has just been given another role.

import type { Api, PeopleView, PersonView, RoleView } from '@sayso/client'
import { useUser } from '@sayso/client/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { mentionsIn } from '../model/mentions.ts'
import { roleOf } from '../model/role-of.ts'
import { texts } from '../model/texts.ts'
import type { Entry, Timeline } from '../model/timeline.ts'
import type { SessionState } from './channel-session.ts'
import type { ChatStore } from './chat-store.ts'
import { useCurrentChange } from './hooks.ts'
import { useNamed } from './use-named.ts'
import { type People, usePeople } from './use-people.ts'

export type Author = {
  readonly id: string
  readonly name: string
  readonly picture?: string | undefined
  readonly role?: RoleView | undefined
  /** Instead of initials. */
  readonly glyph?: string
}

export type ConversationPeople = People & {
  readonly marked: string | undefined
  readonly authorOf: (id: string | undefined) => Author
}

/** Longer ids without a known name are not names. */
const LONGEST_NAME_ID = 24

export function useConversationPeople(
  props: {
    readonly api: Api
    readonly me: PersonView
    readonly store: ChatStore
    /** Lines after this serial are news. */
    readonly freshAfter: string | undefined
  },
  key: string,
  state: SessionState,
): ConversationPeople {
  const [changes, setChanges] = useState(0)
  useCurrentChange(key, () => setChanges((count) => count + 1))
  const line = useMemo(() => lastLine(state.timeline), [state.timeline])
  const { live } = useUser()
  const isReady = live && state.phase === 'open'
  const trigger = isReady ? `${line?.serial ?? ''} ${changes}` : undefined
  const people = usePeople(props.api, key, props.store.people, trigger)
  const { list, isWhole } = people
  const strangers = useMemo(
    () => (isWhole || !isReady ? NOBODY : unlisted(state.timeline, list ?? [])),
    [isWhole, isReady, state.timeline, list],
  )
  const named = useNamed(props.api, key, strangers)
  const { freshAfter } = props
  const whole = isWhole ? list : undefined
  const newcomers = useMemo(
    () => newcomersOf(state.timeline, freshAfter, whole),
    [state.timeline, freshAfter, whole],
  )
  useStrangers(state.here, newcomers, whole, people.refresh)
  const isNews = line !== undefined && freshAfter !== undefined && line.serial > freshAfter
  const marked = isNews && line.body.kind === 'line' ? line.body.line.subject.id : undefined
  const authorOf = useMemo(() => {
    const known = list === undefined ? undefined : [...list, ...named]
    return authorsOf(known, props.me, isWhole, new Set(newcomers.split(' ')))
  }, [list, named, props.me, isWhole, newcomers])
  return useMemo(() => ({ ...people, marked, authorOf }), [people, marked, authorOf])
}

/** Somebody is here, or has just written, whom the list does not have: asks for it again, once for each. */
function useStrangers(
  here: ReadonlySet<string>,
  newcomers: string,
  list: PeopleView['people'] | undefined,
  refresh: () => void,
): void {
  const asked = useRef(new Set<string>())
  useEffect(() => {
    if (list === undefined) return
    const known = new Set(list.map((person) => person.id))
    const met = [...here, ...newcomers.split(' ').filter((id) => id !== '')]
    const news = met.filter((id) => !known.has(id) && !asked.current.has(id))
    for (const id of news) asked.current.add(id)
    if (news.length > 0) refresh()
  }, [here, newcomers, list, refresh])
}

const NOBODY: readonly string[] = []

/** Who wrote something, or is called in it, and is not in the list. */
function unlisted(timeline: Timeline, list: NonNullable<People['list']>): readonly string[] {
  const known = new Set(list.map(({ id }) => id))
  const ids = timeline.flatMap(({ author, extras }) => [
    ...(author === undefined ? [] : [author]),
    ...mentionsIn(extras).people,
  ])
  return [...new Set(ids)].filter((id) => !known.has(id))
}

/** Ids, with spaces between them, so that the same ones are the same: who has written since one came, and is not in the whole list. */
function newcomersOf(
  timeline: Timeline,
  freshAfter: string | undefined,
  whole: People['list'] | undefined,
): string {
  if (whole === undefined || freshAfter === undefined) return ''
  const known = new Set(whole.map(({ id }) => id))
  const ids = new Set<string>()
  for (let at = timeline.length - 1; at >= 0; at -= 1) {
    const entry = timeline[at]
    if (entry === undefined || entry.serial <= freshAfter) break
    const { author } = entry
    if (author === undefined || author.length <= LONGEST_NAME_ID || known.has(author)) continue
    ids.add(author)
  }
  return [...ids].sort().join(' ')
}

function lastLine(timeline: Timeline): Entry | undefined {
  return timeline.findLast((entry) => entry.body.kind === 'line')
}

function authorsOf(
  known: readonly (PersonView & { readonly roles: readonly RoleView[] })[] | undefined,
  me: PersonView,
  isWhole: boolean,
  /** Joined after the list was told: they are no less there for it. */
  newcomers: ReadonlySet<string>,
) {
  const list = known ?? []
  // Everybody is in a whole list: who is not is no more.
  const isGone = (id: string) => known !== undefined && isWhole && !newcomers.has(id)
  const byId = new Map(list.map((person) => [person.id, person]))
  const made = new Map<string, Author>()
  const nameless = (id: string) =>
    id.length <= LONGEST_NAME_ID ? id : isGone(id) ? texts.deletedPerson : texts.someone
  const make = (id: string): Author => {
    const person = byId.get(id) ?? (id === me.id ? me : undefined)
    const name = person?.name ?? nameless(id)
    const role = roleOf(list, id)
    return { id, name, picture: person?.picture, role }
  }
  return (id: string | undefined): Author => {
    if (id === undefined) return automatic()
    const author = made.get(id) ?? make(id)
    made.set(id, author)
    return author
  }
}

/** What was published by a key, not by a person. */
function automatic(): Author {
  return { id: '', name: texts.automatic, glyph: 'bot' }
}
