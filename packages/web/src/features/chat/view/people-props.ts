// What the list of people and each row of it are given.

import type { AccessRequestsView, Api, MoveView } from '@sayso/client'
import type { Control } from '../model/controls.ts'
import type { PersonRow } from '../model/people.ts'
import type { PresenceSaid } from '../model/presence-said.ts'
import type { Members } from '../store/presence.ts'
import type { ConversationPeople } from '../store/use-conversation-people.ts'
import type { Notices } from '../store/use-notices.ts'
import type { Doing } from './move-dialog.tsx'

export type PeopleProps = {
  readonly api: Api
  readonly channelKey: string
  readonly resource: string
  readonly notices: Notices
  readonly people: ConversationPeople
  readonly here: ReadonlySet<string>
  /** What those who are here say of themselves. */
  readonly members: Members
  readonly me: string
  readonly channelTitle: string
  readonly closeHref: string
  readonly control: (action: string) => Control
  /** Who asks to be let in; absent if nobody does, or the reader may not answer. */
  readonly requests: AccessRequestsView | undefined
}

/** What the menu of a person is given. */
export type PersonProps = Pick<
  PeopleProps,
  'api' | 'channelKey' | 'resource' | 'channelTitle' | 'control' | 'notices'
> & {
  readonly person: PersonRow
  /** How they are; absent: offline. */
  readonly said: PresenceSaid | undefined
  readonly onMove: (person: PersonRow, move: MoveView) => void
  /** What asks for how long and why before it is done. */
  readonly onAskFirst: (doing: Doing) => void
  /** Called with true while a menu is open. */
  readonly onHold: (isHeld: boolean) => void
  /** -1 takes its button out of the order of tabs. */
  readonly tabIndex?: number
}
