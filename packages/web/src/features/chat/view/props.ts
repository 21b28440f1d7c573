// What the parts of the chat screen are given. Here and not beside the parts, so that none imports its own parent.

import type { Api, PersonView, ResourceView } from '@sayso/client'
import type { RealtimeClient } from 'ably'
import type { RefObject } from 'react'
import type { MenuPlace } from '../../../ui/floating-menu.tsx'
import type { Control } from '../model/controls.ts'
import type { KeptPlace } from '../model/places.ts'
import type { Row } from '../model/rows.ts'
import type { ChannelSession, SessionState } from '../store/channel-session.ts'
import type { ChatStore } from '../store/chat-store.ts'
import type { LinkState } from '../store/hooks.ts'
import type { Removals } from '../store/removals.ts'
import type { Draft, Sender } from '../store/sender.ts'
import type { Kept } from '../store/storage.ts'
import type { ConversationPeople } from '../store/use-conversation-people.ts'
import type { Notices } from '../store/use-notices.ts'
import type { ReadMark } from '../store/use-read-mark.ts'
import type { RowNews } from '../store/use-row-news.ts'
import type { ComposerHandle } from './composer.tsx'

/** What stands beside the conversation in place of the people. */
export type SidePane =
  | 'thread'
  | 'threads'
  | 'pins'
  | 'saved'
  | 'mentions'
  | 'search'
  | 'files'
  | 'details'
  | 'reports'

export type Pane = 'conversation' | 'channels' | 'people' | 'you' | SidePane

export type ChatProps = {
  readonly realtime: RealtimeClient
  readonly api: Api
  readonly me: PersonView
  /** What this place is called. */
  readonly place: string
  /** Key of the channel people land in. */
  readonly homeKey: string | undefined
  readonly channelKey: string | undefined
  readonly pane: Pane
  /** Serial of the message to open at. */
  readonly at: string | undefined
  /** Serial of the message whose thread stands beside the conversation. */
  readonly thread: string | undefined
  readonly isSignedOut: boolean
  /** One looks at it as somebody else: nothing is kept on this device, nothing brought in step. */
  readonly isView?: true
  readonly onSignOut: () => void
  readonly onSignIn: () => void
}

/** A channel one may read, and what the chat holds. */
export type OpenChannel = {
  readonly view: ResourceView & { readonly channel: string }
  readonly store: ChatStore
  readonly notices: Notices
}

/** What a visit knows that the panes beside it use as well. */
export type BesideProps = {
  readonly channelKey: string
  readonly session: ChannelSession | undefined
  readonly state: SessionState
  readonly people: ConversationPeople
  readonly control: (action: string) => Control
  readonly composer: RefObject<ComposerHandle | null>
}

/** What every pane in place of the people is given. */
export type SidePaneProps = PartProps & OpenChannel & BesideProps & { readonly closeHref: string }

/** What every part beside the log is given. */
export type PartProps = ChatProps & { readonly linkState: LinkState }

/** What one can do around a message. The same object for a whole visit. */
export type MessageActs = {
  readonly channelKey: string
  readonly api: Api
  /** The rows are those of a thread. */
  readonly isThread: boolean
  readonly removals: Removals
  readonly kept: Kept
  /** Address of a message. */
  readonly hrefOf: (serial: string) => string
  /** Address of the thread of a message. */
  readonly threadHref: (root: string) => string
  /** Opens the menu of a message; or does one thing of it at once, if it may be done now. */
  readonly openMenu: (serial: string, at: MenuPlace, act?: string) => void
  /** Lets one pick an emoji to react with. */
  readonly openPicker: (serial: string, at: MenuPlace) => void
  readonly answer: (serial: string) => void
  /** Puts what was written and not sent back into the composer, whole. */
  readonly takeBack: (written: Draft) => void
  readonly openThread: (root: string) => void
  readonly react: (serial: string, name: string, isOn: boolean) => void
  readonly remove: (serial: string) => void
}

export type LogProps = {
  readonly rows: readonly Row[]
  readonly state: SessionState
  readonly session: ChannelSession | undefined
  readonly view: ResourceView
  readonly me: PersonView
  readonly people: ConversationPeople
  readonly control: (action: string) => Control
  readonly sender: Sender
  readonly composer: RefObject<ComposerHandle | null>
  /** Serial of the message being edited. */
  readonly editing: string | undefined
  readonly onEdit: (serial: string) => void
  readonly onEditEnd: () => void
  readonly notices: Notices
  /** Serial of the message to open at. */
  readonly at: string | undefined
  /** Where one was in the steps of the browser's history. */
  readonly places: Map<string, KeptPlace>
  readonly readMark: ReadMark
  readonly acts: MessageActs
}

/** What a row is given: it knows nothing of the list it stands in. */
export type RowProps = Omit<LogProps, 'rows' | 'at' | 'places' | 'readMark'> & {
  readonly row: Row
  /** What goes on around its message; absent for what is none. */
  readonly news: RowNews | undefined
  /** The one tab stop of the log. */
  readonly isStop: boolean
  readonly hasTools: boolean
}

export type MessageRowProps = RowProps & { readonly row: Extract<Row, { kind: 'message' }> }

export type UnsentRowProps = RowProps & { readonly row: Extract<Row, { kind: 'unsent' }> }
