// A decision in one sentence for the person it concerns. What is hidden and what does not exist read alike.

import { type Decision, isAllowing } from './decision.ts'
import type { Action } from './names.ts'
import { quote } from './quote.ts'

export type ReasonText = {
  /** Stable, snake_case: what kind of no it is. */
  readonly code:
    | 'allowed'
    | 'denied_by_policy'
    | 'denied_by_rule'
    | 'message_invalid'
    | 'denied_by_credential'
    | 'unknown_key'
  readonly message: string
  /** What would help; absent if nothing is denied, or nothing the person can do would. */
  readonly remedy?: string
}

/**
 * Says what was decided, and what would help.
 *
 * @param target the channel or resource as the person spelled it, so that nothing they did not know is told
 * @param isKnown true if the person may know that there is such a thing (`knowsOf`); only then a rule speaks for itself
 */
export function reasonText(
  decision: Decision,
  action: Action,
  target: string,
  isKnown = false,
): ReasonText {
  const asked = `${quote(action)} on ${quote(target)}`
  if (decision.allowed) return { code: 'allowed', message: `${asked} is allowed` }
  const why = decision.reasons.find((reason) => !isAllowing(reason))
  const message = `${asked} is not allowed`
  switch (why?.kind) {
    case 'unknown_key':
      return {
        code: 'unknown_key',
        message: 'the key behind this connection does not exist any more',
        remedy: 'sign in again, or connect with another key',
      }
    case 'outside_capability':
      return { code: 'denied_by_credential', message, remedy: credentialRemedy(why.layer, action) }
    case 'forbidden':
    case 'requirement':
      if (!isKnown) break
      return { code: 'denied_by_rule', message: why.message ?? message }
    case 'message_invalid':
      if (!isKnown) break
      return {
        code: 'message_invalid',
        message: `${message}: ${why.path} ${why.message}`,
        remedy: 'send a message of the declared form',
      }
  }
  return {
    code: 'denied_by_policy',
    message,
    remedy: `ask for a role that includes ${quote(action)}`,
  }
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
