// Telling a visitor's token from everybody else's.

import type { Credential } from '@sayso/policy'
import { SESSION_KEY } from '../../access/session-key.ts'
import { VISITOR_PREFIX } from './visitor.ts'

/** True of the realtime token of a visitor: only this server signs with that key, and no account has such an id. */
export function isVisitorCredential(credential: Credential): boolean {
  if (credential.kind !== 'token' || credential.key !== SESSION_KEY) return false
  return credential.subject?.startsWith(`user:${VISITOR_PREFIX}`) === true
}
