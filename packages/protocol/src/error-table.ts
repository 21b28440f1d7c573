// The one table of wire codes. A code, once sent to anybody, keeps its name and meaning for ever; a dead one stays.

import { identityErrors, requestErrors } from './error-requests.ts'
import type { ErrorRow } from './error-row.ts'
import { channelErrors, connectionErrors, rateErrors, serverErrors } from './error-service.ts'

/** Every failure this server can name on the wire, by name. */
export const errors = {
  ...requestErrors,
  ...identityErrors,
  ...rateErrors,
  ...serverErrors,
  ...connectionErrors,
  ...channelErrors,
} as const satisfies Readonly<Record<string, ErrorRow>>

export type ErrorName = keyof typeof errors
