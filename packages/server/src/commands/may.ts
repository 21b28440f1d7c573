// Asking the policy on behalf of a command: a denial becomes the failure that carries its decision.

import {
  type Action,
  authorize,
  type ChannelName,
  type Decision,
  reasonText,
  type World,
} from '@sayso/policy'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'

/** @throws {Failure} `denied`, with the decision and its wording for the person concerned */
export function require(world: World, asker: Asker, action: Action, channel: ChannelName): void {
  const decision = authorize(world, asker.credential, action, channel)
  if (!decision.allowed) throw denied(decision, action, channel)
}

export function denied(decision: Decision, action: Action, on: string): Failure {
  const { message, remedy } = reasonText(decision, action, on)
  return new Failure('denied', message, { decision, ...(remedy === undefined ? {} : { remedy }) })
}
