// The decision point's answers, as the decisions log has them.

import type { Answering } from '../../../observe/decisions.ts'
import type { Call } from '../call.ts'
import type { Answer } from './answer.ts'
import type { Check, Resolved } from './question.ts'

/** For one request. */
export function answeringTo({ app, asker }: Call): Answering {
  return app.context.decisions.answering('permit', asker)
}

/** One check: what was asked is known by what was sent where nothing is known of it. */
export function logCheck(answering: Answering, check: Check, { asked, allow, decision }: Answer) {
  const { subject = `user:${check.user.key}`, action, resource, tenant } = asked
  const unknown = unknownIn(asked, decision?.allowed !== allow)
  const reason = unknown === undefined ? {} : { reason: unknown }
  answering.answered({
    subject,
    action,
    on: resource,
    resource,
    tenant,
    decision,
    allowed: allow,
    ...reason,
  })
}

function unknownIn({ subject, tenant }: Resolved, isTurned: boolean): string | undefined {
  if (subject !== undefined && tenant === undefined) return 'unknown_tenant'
  return subject === undefined || isTurned ? 'unknown_subject' : undefined
}
