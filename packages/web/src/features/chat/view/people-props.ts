// What the list of people and each row of it are given.

import type { AccessRequestsView, Api, MoveView, PeopleView } from '@sayso/client'
import type { Control } from '../model/controls.ts'
import type { PersonRow } from '../model/people.ts'
import type { PresenceSaid } from '../model/presence-said.ts'
import type { Members } from '../store/presence.ts'
import type { Doing } from './move-dialog.tsx'
import type { Answer } from './requests-list.tsx'

export type PeopleProps = {
  readonly api: Api
  readonly channelKey: string
  readonly resource: string
  /** More of them, if there are. */
  readonly onMore: (() => void) | undefined
  readonly counts: PeopleView['counts']
  readonly refresh: () => void
  readonly people: PeopleView['people'] | undefined
  readonly here: ReadonlySet<string>
  /** What those who are here say of themselves. */
  readonly members: Members
  readonly me: string
  readonly channelTitle: string
  /** Just changed by a line of the server: carries the marker. */
  readonly marked: string | undefined
  readonly closeHref: string
  readonly control: (action: string) => Control
  readonly onMove: (person: PersonRow, move: MoveView) => void
  /** Who asks to be let in; absent if nobody does, or the reader may not answer. */
  readonly requests: AccessRequestsView | undefined
  readonly onAnswer: (answer: Answer, person: string, untilMs?: number) => void
}

export type PersonProps = PeopleProps & {
  readonly person: PersonRow
  /** How they are; absent: offline. */
  readonly said: PresenceSaid | undefined
  /** What asks for how long and why before it is done. */
  readonly onAskFirst: (doing: Doing) => void
  /** Called with true while a menu is open. */
  readonly onHold: (isHeld: boolean) => void
}
