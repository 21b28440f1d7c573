// A decision in one sentence for the person it concerns. What is hidden and what does not exist read alike.

import type { Decision, Reason } from './decision.ts'
import type { Action } from './names.ts'
import { quote } from './quote.ts'

export type ReasonText = {
  /** Stable, snake_case: what kind of no it is. */
  readonly code: 'allowed' | 'denied_by_policy' | 'denied_by_credential' | 'unknown_key'
  readonly message: string
  /** What would help; absent if nothing is denied. */
  readonly remedy?: string
}

/**
 * Says what was decided, and what would help.
 *
 * @param target the channel or resource as the person spelled it, so that nothing they did not know is told
 */
export function reasonText(decision: Decision, action: Action, target: string): ReasonText {
  const asked = `${quote(action)} on ${quote(target)}`
  if (decision.allowed) return { code: 'allowed', message: `${asked} is allowed` }
  const message = `${asked} is not allowed`
  const why = decision.reasons.find(isDenial)
  switch (why?.kind) {
    case 'unknown_key':
      return {
        code: 'unknown_key',
        message: 'the key behind this connection does not exist any more',
        remedy: 'sign in again, or connect with another key',
      }
    case 'outside_capability':
      return { code: 'denied_by_credential', message, remedy: credentialRemedy(why.layer, action) }
    default:
      return {
        code: 'denied_by_policy',
        message,
        remedy: `ask for a role that includes ${quote(action)}`,
      }
  }
}

function isDenial(reason: Reason): boolean {
  return reason.kind !== 'granted' && reason.kind !== 'capability'
}

function credentialRemedy(layer: 'key' | 'delegation' | 'token', action: Action): string {
  switch (layer) {
    case 'key':
      return `use a key whose capability includes ${quote(action)}`
    case 'delegation':
      return `use a token of a key that may delegate ${quote(action)}`
    case 'token':
      return `use a token whose capability includes ${quote(action)}`
  }
}
