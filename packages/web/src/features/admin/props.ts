// What every screen of the dashboard is given, and the address it keeps its state in.

import type { Api, PersonView } from '@sayso/client'
import type { Manage } from '@sayso/client/manage'

/** The address below `/admin`: the screen, what is open in it, and how it is looked at. */
export type AdminAddress = {
  /** `connections`, `policy`, …; empty for the first. */
  readonly screen: string
  /** What follows it: `people/user-id` is `['user-id']`. */
  readonly rest: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

export type ScreenProps = {
  readonly calls: Manage
  readonly api: Api
  readonly me: PersonView
  /** What this place is called. */
  readonly place: string
  /** Resource of the tenant that is looked at: `tenant:default`. */
  readonly tenant: string
  readonly address: AdminAddress
}

/** What the dashboard as a whole is given. */
export type AdminScreenProps = {
  readonly api: Api
  readonly me: PersonView
  readonly place: string
  readonly address: AdminAddress
  readonly onSignOut: () => void
}
