// Which conversations a list of the inbox holds, and in which order, as the board tells of changes. Pure.

import type { Conversation, ConversationState, InboxView } from './shapes.ts'

/** What a list was asked for. */
export type Wanted = {
  readonly view: InboxView
  readonly me: string
  readonly state?: string | undefined
  readonly label?: string | undefined
  readonly assignee?: string | undefined
  readonly widget?: string | undefined
  readonly q?: string | undefined
}

export const STATES: readonly ConversationState[] = ['waiting', 'open', 'snoozed', 'closed']

/** A state as an address names it; absent where there is none of the name. */
export function stateOf(word: string | undefined): ConversationState | undefined {
  return STATES.find((one) => one === word)
}

/** `unsure`: only the server knows. */
export type Fit = 'in' | 'out' | 'unsure'

export function fitOf(one: Conversation, wanted: Wanted): Fit {
  if (!isOfView(one, wanted) || !isFiltered(one, wanted)) return 'out'
  return wanted.q !== undefined || wanted.view === 'team' ? 'unsure' : 'in'
}

function isOfView(one: Conversation, { view, me, state, q }: Wanted): boolean {
  // What is over is looked for; it does not lie among what is to be done.
  if (state === undefined && q === undefined && one.state === 'closed') return false
  if (view === 'all') return true
  if (view === 'mine') return one.assignee?.id === me
  return view === 'team' || one.state === 'waiting'
}

function isFiltered(one: Conversation, { state, label, assignee, widget }: Wanted): boolean {
  const pairs = [
    [state, one.state],
    [assignee, one.assignee?.id],
    [widget, one.widget?.id],
  ]
  return (
    pairs.every(([wanted, is]) => wanted === undefined || wanted === is) &&
    (label === undefined || one.labels.includes(label))
  )
}

export type Folded = {
  readonly items: readonly Conversation[]
  /** The server has to be asked whether there is more to it. */
  readonly isUnsure: boolean
}

/** The list after the board has told of a conversation. */
export function told(items: readonly Conversation[], one: Conversation, wanted: Wanted): Folded {
  const known = items.find(({ key }) => key === one.key)
  const others = items.filter(({ key }) => key !== one.key)
  const fit = fitOf(one, wanted)
  if (fit === 'out') return { items: known === undefined ? items : others, isUnsure: false }
  if (fit === 'unsure' && known === undefined) return { items, isUnsure: true }
  return {
    items: inOrder([...others, withFound(merged(known, one), known)], wanted.view),
    isUnsure: fit === 'unsure',
  }
}

/** What a search found in it stays until the server has looked again. */
function withFound(one: Conversation, known: Conversation | undefined): Conversation {
  return known?.found === undefined ? one : { found: known.found, ...one }
}

/** The list after the board has said that one may no longer be seen. */
export function gone(items: readonly Conversation[], key: string): readonly Conversation[] {
  return items.some((one) => one.key === key) ? items.filter((one) => one.key !== key) : items
}

/** Those that wait longest first; elsewhere those where something happened last. */
export function inOrder(items: readonly Conversation[], view: InboxView): readonly Conversation[] {
  const order =
    view === 'waiting'
      ? (one: Conversation, other: Conversation) =>
          (one.waitingSinceMs ?? one.openedAtMs) - (other.waitingSinceMs ?? other.openedAtMs)
      : (one: Conversation, other: Conversation) => activityOf(other) - activityOf(one)
  return [...items].sort((one, other) => order(one, other) || (one.key < other.key ? -1 : 1))
}

export function activityOf(one: Conversation): number {
  return Math.max(one.last?.atMs ?? 0, one.openedAtMs, one.closedAtMs ?? 0)
}

/** Who may read it is said of one conversation only: a shorter word does not take it away. */
function merged(known: Conversation | undefined, one: Conversation): Conversation {
  const { readers } = known ?? {}
  return one.readers === undefined && readers !== undefined ? { ...one, readers } : one
}
