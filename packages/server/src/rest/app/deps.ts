// What the routes of our own API are given.

import type { Eraser } from '@sayso/store'
import type { Context as HonoContext } from 'hono'
import type { KeyRing } from '../../access/key-ring.ts'
import type { Apps } from '../../apps.ts'
import type { Pictures } from '../../auth/avatar.ts'
import type { SetUpLink } from '../../auth/set-up-link.ts'
import type { SignIn } from '../../auth/sign-in.ts'
import type { Asker } from '../../commands/asker.ts'
import type { Context } from '../../context.ts'
import type { DecisionChanges } from '../../decision-changes.ts'
import type { OwnerContexts } from '../../desk/visitors/owner-context.ts'
import type { Erasures } from '../../erasure/erasures.ts'
import type { Hub } from '../../hub.ts'
import type { SetUp } from '../../installation/installation.ts'
import type { Outbox } from '../../mail/outbox.ts'
import type { Overview } from '../../observe/overview.ts'
import type { Desk } from '../../people/invitation-desk.ts'
import type { Webhooks } from '../../webhooks/webhooks.ts'

/** What of one person can be taken along, and how they are taken out. */
export type Privacy = {
  readonly eraser: Eraser
  readonly erasures: Erasures
  /** What becomes of messages whose author deletes their account and says nothing else. */
  readonly deletedMessages: 'keep' | 'delete'
}

export type AppRest = {
  readonly context: Context
  readonly hub: Hub
  readonly ring: KeyRing
  readonly signIn: SignIn
  readonly desk: Desk
  /** Absent: this server sends no mails. */
  readonly outbox?: Outbox
  /** Whether people may sign in by a name: there is a users file. */
  readonly hasNames: boolean
  readonly pictures: Pictures
  readonly setUp: SetUpLink
  readonly secret: string
  readonly webhooks: Webhooks
  readonly decisionChanges: DecisionChanges
  /** What owners' servers say of visitors. */
  readonly ownerContexts: OwnerContexts
  readonly overview: Overview
  readonly signUp: 'open' | 'invite' | 'closed'
  /** Where people who are shut out may turn to. */
  readonly appeal?: string
  readonly publicUrl: () => string
  /** Origins whose pages may use cookies. */
  readonly origins: () => ReadonlySet<string>
  readonly maxBodyBytes: number
  /** Of the socket; for sign-in, which follows proxies itself. */
  readonly remoteAddress: (request: Request) => string
  /** Where a request comes from, for the audit log; undefined if that is not known. */
  readonly addressOf: (request: Request) => string | undefined
  /** Present where the main app answers: its people are those who sign in, and it keeps the list of apps. */
  readonly apps?: Apps
  /** Present where the main app answers: other apps have no accounts. */
  readonly privacy?: Privacy
  /** Takes out what is kept of a person or visitor of this app, by their id. */
  readonly erasures: Pick<Erasures, 'begin' | 'run'>
  /** Present where the main app answers: how the server is set up. */
  readonly installation?: SetUp
  /** Present where another app answers: proves who comes with a session of the main app. */
  readonly foreman?: (c: HonoContext) => Promise<Asker>
  readonly report: (what: string, error: unknown) => void
}
