// What the desk's part of the API says, as the page reads it: the shapes that the server's table of routes describes.

import type { Shapes } from '@sayso/client/manage'

export type Named = { readonly id: string; readonly name: string }

type Listed = Shapes.ConversationListed
type Read = Shapes.ConversationRead

/** As lists and the live board show it, and what is said only of one that is read. Times in milliseconds since 1970. */
export type Conversation = Readonly<Listed> & Partial<Pick<Read, 'readers' | 'marks'>>

export type ConversationState = Listed['state']

export type InboxView = 'mine' | 'waiting' | 'team' | 'all'

export type Status = Shapes.DeskOperator['status']

/** Whoever is not connected is `offline`, whatever they said last. */
export type Operator = Readonly<Omit<Shapes.DeskOperator, 'status'>> & {
  readonly status: Status | 'offline'
}

export type OwnDesk = Readonly<Shapes.DeskOperator>

export type CannedReply = Readonly<Shapes.CannedReply>

export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string }
