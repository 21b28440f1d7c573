// What a refused person is told: the rule's own sentence only if they may know what it is about.

import {
  type Action,
  type Credential,
  type Decision,
  knowsOf,
  type ReasonText,
  reasonText,
  resourceOf,
  subjectOf,
  type World,
} from '@sayso/policy'
import { resourceNamed } from '../resource-named.ts'

/** @param on the channel or resource as the person spelled it */
export function refusalText(
  world: World,
  credential: Credential,
  decision: Decision,
  action: Action,
  on: string,
): ReasonText {
  const subject = subjectOf(credential)
  const resource = resourceOf(world.policy, on) ?? resourceNamed(on)
  const isKnown =
    subject !== undefined && resource !== undefined && knowsOf(world, subject, resource)
  return reasonText(decision, action, on, isKnown)
}
