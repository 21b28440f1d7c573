// Lists of conversations: which ones somebody asks for and may see, in the order in which they want work.

import { type SubjectId, subjectOf, type World } from '@sayso/policy'
import type { Asker } from '../commands/asker.ts'
import { isVisible } from '../commands/desk/moving.ts'
import { idOf } from '../people/roles.ts'
import { activeAtMs, type Book, type Entry } from './book.ts'
import { type ConversationState, conversationNamed, requireDesk } from './desk-type.ts'
import { matching } from './matching.ts'

export const LIST_VIEWS = ['mine', 'waiting', 'team', 'all'] as const
export type ListView = (typeof LIST_VIEWS)[number]

export type ListQuery = {
  /** Key of a tenant; absent: all that one sees. */
  readonly tenant?: string | undefined
  readonly view: ListView
  /** Absent: those that are not closed. */
  readonly state?: ConversationState | undefined
  readonly label?: string | undefined
  readonly assignee?: string | undefined
  readonly widget?: string | undefined
  readonly visitor?: string | undefined
  /** Words that have to be in it. */
  readonly q?: string | undefined
  /** Only these. */
  readonly keys?: ReadonlySet<string> | undefined
  readonly limit: number
  readonly after?: string | undefined
}

export type Page = { readonly items: readonly Entry[]; readonly next?: string }

/** The place of an entry in its list: what waits longest first, else what moved last. */
type Place = readonly [number, string]

/** One page of what the asker may see now. */
export function listed(world: World, book: Book, asker: Asker, query: ListQuery): Page {
  const place = query.view === 'waiting' ? waitingPlace : activePlace
  const after = query.after === undefined ? undefined : placeFrom(query.after)
  const desk = requireDesk(world)
  const isWanted = wanted(world, asker, query)
  const isFound = query.q === undefined ? () => true : matching(world, query.q)
  const from = query.state === 'closed' || query.keys !== undefined ? book.all() : book.live()
  const sorted = [...from]
    .filter(isWanted)
    .filter(isFound)
    .map((entry) => ({ entry, at: place(entry) }))
    .filter(({ at }) => after === undefined || inOrder(after, at) < 0)
    .sort((a, b) => inOrder(a.at, b.at))
  const items: Entry[] = []
  let last: Place | undefined
  for (const { entry, at } of sorted) {
    if (!isVisible(world, asker, conversationNamed(desk, entry.key))) continue
    if (items.length === query.limit) return { items, next: textOf(last as Place) }
    items.push(entry)
    last = at
  }
  return { items }
}

function wanted(world: World, asker: Asker, query: ListQuery): (entry: Entry) => boolean {
  const { tenant, view, state, label, assignee, widget, visitor, keys } = query
  const me = subjectOf(asker.credential)
  const teams = view === 'team' ? teamsOf(world, me) : undefined
  const isInView: Readonly<Record<ListView, (entry: Entry) => boolean>> = {
    all: () => true,
    waiting: ({ conversation }) => conversation.state === 'waiting',
    mine: ({ conversation: { assignee: whose, joined } }) => {
      return me !== undefined && (whose === idOf(me) || joined.includes(idOf(me)))
    },
    team: ({ conversation: { team } }) => team !== undefined && teams?.has(team) === true,
  }
  return (entry) => {
    const { conversation } = entry
    const isSo =
      (tenant === undefined || conversation.tenant === tenant) &&
      (state === undefined || conversation.state === state) &&
      (label === undefined || conversation.labels.includes(label)) &&
      (assignee === undefined || conversation.assignee === assignee) &&
      (widget === undefined || conversation.widget === widget)
    return (
      isSo &&
      (visitor === undefined || conversation.visitor === visitor) &&
      (keys === undefined || keys.has(entry.key)) &&
      isInView[view](entry)
    )
  }
}

/** Keys of groups somebody is in. */
function teamsOf(world: World, me: SubjectId | undefined): ReadonlySet<string> {
  if (me === undefined) return new Set()
  const groups = world.facts.heldBy(me).map(([resource]) => resource)
  return new Set(
    groups.filter((each) => each.startsWith('group:')).map((each) => each.slice('group:'.length)),
  )
}

function waitingPlace({ key, conversation }: Entry): Place {
  return [conversation.waitingSinceMs ?? conversation.openedAtMs, key]
}

function activePlace(entry: Entry): Place {
  return [-activeAtMs(entry), entry.key]
}

function inOrder([a, x]: Place, [b, y]: Place): number {
  return a - b || (x < y ? -1 : x > y ? 1 : 0)
}

function textOf([at, key]: Place): string {
  return `${at}~${key}`
}

function placeFrom(text: string): Place {
  const [at = '', key = ''] = text.split('~', 2)
  const number = Number(at)
  return [Number.isFinite(number) ? number : 0, key]
}
