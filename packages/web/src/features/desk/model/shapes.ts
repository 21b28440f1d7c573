// What the desk's part of the API says, as the page reads it.

export type Named = { readonly id: string; readonly name: string }

export type ConversationState = 'waiting' | 'open' | 'snoozed' | 'closed'

export type Visitor = Named & {
  /** Proved by the owner's server. */
  readonly verified: boolean
  readonly isAnonymous: boolean
  readonly email?: string
}

export type LastMessage = {
  readonly serial: string
  readonly atMs: number
  readonly by: string
  readonly text: string
}

/** Times in milliseconds since 1970. */
export type Conversation = {
  readonly key: string
  /** `desk:{key}` */
  readonly channel: string
  readonly tenant: string
  readonly state: ConversationState
  readonly visitor: Visitor
  readonly openedBy: Named & { readonly isVisitor: boolean }
  readonly assignee?: Named
  /** Who is in it beside whoever has it, and answers as well. */
  readonly joined: readonly Named[]
  readonly team?: { readonly key: string; readonly title: string }
  readonly widget?: Named
  readonly waitingSinceMs?: number
  readonly openedAtMs: number
  readonly closedAtMs?: number
  readonly closedBy?: Named
  readonly closeReason?: string
  readonly summary?: string
  readonly snoozedUntilMs?: number
  readonly labels: readonly string[]
  readonly last?: LastMessage
  readonly unread: number
  readonly rating?: { readonly score: number; readonly comment?: string }
  /** Who may read it; said of one conversation only. */
  readonly readers?: readonly Named[]
  /** By id of the person: how far they are. */
  readonly marks?: Readonly<Record<string, { readonly delivered?: string; readonly read?: string }>>
}

export type InboxView = 'mine' | 'waiting' | 'team' | 'all'

export type Status = 'available' | 'busy' | 'away'

export type Operator = Named & {
  readonly status: Status | 'offline'
  readonly open: number
  readonly capacity: number
}

export type CannedReply = {
  readonly id: string
  readonly shortcut: string
  readonly text: string
  /** Key of the team it is for; absent: everybody. */
  readonly team?: string
}

export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string }
