// Addresses below `/desk`: the screen, what is open in it, and how it is looked at. Pure.

import type { InboxView } from './shapes.ts'

export type ScreenKey =
  | 'inbox'
  | 'visitors'
  | 'operators'
  | 'reports'
  | 'replies'
  | 'widgets'
  | 'teams'

export type DeskAddress = {
  readonly screen: ScreenKey | undefined
  /** What follows it: the key of a conversation, the id of a widget. */
  readonly open: string | undefined
  readonly query: Readonly<Record<string, string>>
}

export const SCREENS: readonly ScreenKey[] = [
  'inbox',
  'visitors',
  'operators',
  'reports',
  'replies',
  'widgets',
  'teams',
]

const VIEWS: readonly InboxView[] = ['mine', 'waiting', 'team', 'all']

/** @param path what follows `/desk/` */
export function addressOf(
  path: readonly string[],
  query: Readonly<Record<string, string>>,
): DeskAddress {
  const [name = 'inbox', open, ...more] = path
  const screen = more.length > 0 ? undefined : SCREENS.find((one) => one === name)
  return { screen, open, query }
}

type Query = Readonly<Record<string, string | undefined>>

export function deskHref(screen: ScreenKey, open?: string, query: Query = {}): string {
  const said = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  const rest = said.length === 0 ? '' : `?${new URLSearchParams(said)}`
  const path = screen === 'inbox' && open === undefined ? '' : `/${screen}`
  return `/desk${path}${open === undefined ? '' : `/${encodeURIComponent(open)}`}${rest}`
}

/** The address with other members of its query; absent ones are left out. */
export function withQuery({ screen = 'inbox', open, query }: DeskAddress, some: Query): string {
  return deskHref(screen, open, { ...query, ...some })
}

/** What goes along from screen to screen. */
export function kept({ query }: DeskAddress): Query {
  return { tenant: query.tenant }
}

export function viewOf({ query }: DeskAddress): InboxView {
  return VIEWS.find((one) => one === query.view) ?? 'waiting'
}
