// What a refused person is told: the rule's own sentence only if they may know what it is about.

import {
  type Action,
  type Credential,
  type Decision,
  knowsOf,
  parseResourceId,
  type ReasonText,
  type ResourceId,
  reasonText,
  resourceOf,
  subjectOf,
  type World,
} from '@sayso/policy'

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

function resourceNamed(text: string): ResourceId | undefined {
  try {
    return parseResourceId(text)
  } catch {
    return undefined
  }
}
