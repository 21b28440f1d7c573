// What every screen of the dashboard is given, and the address it keeps its state in.

import type { Api, PersonView } from '@sayso/client'
import type { Manage } from '@sayso/client/manage'
import type { ComponentType } from 'react'

/** The address below `/admin`: the screen, what is open in it, and how it is looked at. */
export type AdminAddress = {
  /** `connections`, `policy`, …; empty for the first. */
  readonly screen: string
  /** What follows it: `people/user-id` is `['user-id']`. */
  readonly rest: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** The chat as somebody else sees it. The app puts it here: features do not know each other. */
export type ViewedChatProps = {
  readonly person: PersonView
  readonly place: string
  /** The token of the view, as it is now. */
  readonly token: () => string
}

export type ScreenProps = {
  readonly ViewedChat?: ComponentType<ViewedChatProps> | undefined
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
  readonly ViewedChat?: ComponentType<ViewedChatProps> | undefined
}
