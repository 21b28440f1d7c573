// The name of a policy's content, for tags, the audit log and the command line.

import { createHash } from 'node:crypto'
import { canonicalPolicy, type PolicyDocument } from '@sayso/policy'

/** The content's name: equal documents have equal versions, however they are written. */
export function versionOf(document: PolicyDocument): string {
  return createHash('sha256').update(canonicalPolicy(document)).digest('hex').slice(0, 32)
}
