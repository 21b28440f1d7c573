// Lists of conversations: which ones somebody asks for and may see, in the order in which they want work.

import { type SubjectId, subjectOf, type World } from '@sayso/policy'
import type { Asker } from '../commands/asker.ts'
import { isVisible } from '../commands/desk/moving.ts'
import { idOf } from '../people/roles.ts'
import { activeAtMs, type Book, type Entry } from './book.ts'
import type { Conversation } from './conversation.ts'
import { type ConversationState, conversationNamed, requireDesk } from './desk-type.ts'

export const LIST_VIEWS = ['mine', 'waiting', 'team', 'all'] as const
export type ListView = (typeof LIST_VIEWS)[number]

export type ListQuery = {
  /** Key of a tenant; absent: all that one sees. */
  readonly tenant?: string | undefined
  readonly view: ListView
  /** Absent: those that are not closed; `any`: those too. */
  readonly state?: ConversationState | 'any' | undefined
  readonly label?: string | undefined
  readonly assignee?: string | undefined
  /** Who has it, closed it or was the first to answer. */
  readonly operator?: string | undefined
  readonly widget?: string | undefined
  readonly visitor?: string | undefined
  readonly limit: number
  readonly after?: string | undefined
}

export type Page = { readonly items: readonly Entry[]; readonly next?: string }

/** The place of an entry in its list: what waits longest first, else what moved last. */
type Place = readonly [number, string]

/**
 * One page of what the asker may see now.
 *
 * @param isMeant what else it has to be
 */
export function listed(
  world: World,
  book: Book,
  asker: Asker,
  query: ListQuery,
  isMeant: (entry: Entry) => boolean = () => true,
): Page {
  const place = query.view === 'waiting' ? waitingPlace : activePlace
  const after = query.after === undefined ? undefined : placeFrom(query.after)
  const desk = requireDesk(world)
  const isWanted = wanted(world, asker, query)
  const from = query.state === 'closed' || query.state === 'any' ? book.all() : book.live()
  const sorted = [...from]
    .filter((entry) => isWanted(entry) && isMeant(entry))
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

/** True of what a list asks for, whether or not one may see it. */
export function wanted(world: World, asker: Asker, query: ListQuery): (entry: Entry) => boolean {
  const { tenant, view, state, label, assignee, operator, widget, visitor } = query
  const me = subjectOf(asker.credential)
  const teams = view === 'team' ? teamsOf(world, me) : undefined
  const isInView: Readonly<Record<ListView, (of: Conversation) => boolean>> = {
    all: () => true,
    waiting: (of) => of.state === 'waiting',
    mine: (of) => me !== undefined && (of.assignee === idOf(me) || of.joined.includes(idOf(me))),
    team: (of) => of.team !== undefined && teams?.has(of.team) === true,
  }
  const isSame = (said: string | undefined, ...held: readonly (string | undefined)[]) =>
    said === undefined || held.includes(said)
  return ({ conversation: of }) =>
    isSame(tenant, of.tenant) &&
    isSame(state === 'any' ? undefined : state, of.state) &&
    isSame(label, ...of.labels) &&
    isSame(assignee, of.assignee) &&
    isSame(operator, of.assignee, of.closedBy, of.answeredBy) &&
    isSame(widget, of.widget) &&
    isSame(visitor, of.visitor) &&
    isInView[view](of)
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
