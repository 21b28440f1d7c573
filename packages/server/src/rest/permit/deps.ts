// What the Permit-shaped API is given.

import type { KeyRing } from '../../access/key-ring.ts'
import type { Context } from '../../context.ts'
import type { Organization } from './organization.ts'

export type PermitRest = {
  readonly ring: KeyRing
  readonly context: Context
  readonly organization: Organization
  /** Largest body of an ordinary request; bytes. */
  readonly maxBodyBytes: number
  /** Where a request comes from; undefined if that is not known. */
  readonly addressOf: (request: Request) => string | undefined
  readonly report: (what: string, error: unknown) => void
}

/** Largest body of a request about many things at once; bytes. */
export const BULK_BYTES = 8 * 1_048_576
