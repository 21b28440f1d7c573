// One app's door to the Permit-shaped API.

import type { OneApp } from '../../one-app.ts'
import type { PermitRest } from './deps.ts'
import type { Organization } from './organization.ts'

/** Largest body of an ordinary request; bytes. */
const MAX_BYTES = 1_048_576

export function permitDoor(
  { context, ring }: Pick<OneApp, 'context' | 'ring'>,
  organization: Organization,
  { addressOf, report }: Pick<PermitRest, 'addressOf' | 'report'>,
): PermitRest {
  return { context, ring, organization, maxBodyBytes: MAX_BYTES, addressOf, report }
}
