// What the Ably REST routes are given.

import type { ConnectionKeys } from '../../access/connection-key.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import type { Context } from '../../context.ts'
import type { Hub } from '../../hub.ts'

export type AblyRest = {
  readonly context: Context
  readonly hub: Hub
  readonly ring: KeyRing
  readonly keys: ConnectionKeys
  readonly maxBodyBytes: number
  /** Where a request comes from, for the audit log; undefined if that is not known. */
  readonly addressOf: (request: Request) => string | undefined
  readonly report: (what: string, error: unknown) => void
}
