// What every section of the settings is given.

import type { Api, PersonView } from '@sayso/client'
import type { ComponentType, ReactNode } from 'react'

export type SettingsProps = {
  readonly api: Api
  readonly me: PersonView
  /** What the address says is open: a section, or anything else for the list of them. */
  readonly section: string
  readonly hrefOf: (section: string) => string
  readonly onClose: () => void
  /** What one is told of: the chat's own part of the settings. */
  readonly notifications: ComponentType
  /** Called when something of the account has changed. */
  readonly onAccount: () => Promise<void>
  /** Where the shortcuts of a single key are changed. */
  readonly keys: ReactNode
}
