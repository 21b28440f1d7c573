// What every command is given: the world it decides on, the log it commits to, and time and chance as parameters.

import type { Revision, World } from '@sayso/policy'
import type { Analytics, Finder, Store } from '@sayso/store'
import type { Reads } from './audit/reads.ts'
import type { DecisionRate } from './decision-rate.ts'
import type { Book } from './desk/book.ts'
import type { VisitorsNow } from './desk/visitors/door.ts'
import type { Files } from './files/files.ts'
import type { LiveConnection } from './live-connection.ts'
import type { Decisions } from './observe/decisions.ts'
import type { Refusals } from './observe/refusals.ts'
import type { OneByOne } from './one-by-one.ts'
import type { OwnStates } from './own/own-states.ts'
import type { Pace } from './pace.ts'
import type { PublishRate } from './publish-rate.ts'
import type { Holds } from './retention/holds.ts'
import type { Keeping } from './retention/keeping.ts'
import type { Shadow } from './shadow/shadow.ts'
import type { Typing } from './typing.ts'

/** The part of the hub that commands may see: the world as folded, and the one way to tell fleeting things. */
export type Standing = {
  /** Rights as of the last folded entry. Read it again after every await. */
  readonly world: World
  /** The last folded entry of any kind; no read may run ahead of it. */
  readonly revision: Revision
  /** The same position as a serial. */
  readonly head: string
  /** Resolves when every open session has what was folded so far. */
  settled(): Promise<void>
}

export type Context = {
  readonly standing: Standing
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** An unguessable URL-safe text; the default has 18 characters. */
  readonly randomId: (bytes?: number) => string
  readonly appId: string
  /** How fast one channel may be published to; absent: no limit. */
  readonly channelRate?: { readonly perSecond: number; readonly rate: PublishRate }
  /** Slow mode: who wrote where lately. */
  readonly pace: Pace
  /** Visitors of sites: who is there now, and how often they may do things. */
  readonly visitors: VisitorsNow
  /** How many questions a key may ask; absent: no limit. */
  readonly decisionRate?: DecisionRate
  /** Bytes of files, and how much of them there may be. */
  readonly files: Files
  /** What must not be removed. */
  readonly holds: Holds
  /** Takes away what channels keep no longer. */
  readonly retention: Keeping
  /** Tells of what was refused. */
  readonly refusals: Refusals
  /** Which reads of other people's things have their line. */
  readonly reads: Reads
  /** What was asked and answered. */
  readonly decisions: Decisions
  /** Amendments over which the policy looks at the message: those of one message keep their order. */
  readonly amending: OneByOne
  /** What people keep for themselves, and who of them listens. */
  readonly own: OwnStates
  /** The index of messages, made when it is first asked for; absent: there is none. */
  readonly finder?: (() => Finder) | undefined
  /** What happened, in numbers; absent: none are kept. */
  readonly analytics?: Analytics | undefined
  /** Changes of the policy that wait for their instant: how many there are, with those that were not carried out. */
  readonly plans: { readonly size: number }
  /** Who is writing now. */
  readonly typing: Typing
  /** The policy that is tried beside the one in force. */
  readonly shadow: Shadow
  /** Conversations with visitors, as lists read them. */
  readonly desk: {
    readonly book: Book
    /** What is known of visitors, to find their conversations by. */
    readonly words: { get(visitor: string): string | undefined }
    /** Tells of them whoever listens to `[desk]`. */
    readonly board: { listen(connection: LiveConnection): void }
  }
  /** What time has brought about and no entry says yet. */
  readonly time: { isDue(): boolean; settle(): Promise<void> }
}
