// Registering a person with the policy: idempotent, repeated at every sign-in and before each token.

import { isDeepStrictEqual } from 'node:util'
import {
  type Attributes,
  ownerGrants,
  type RightsChange,
  type SubjectId,
  signInGrants,
  type World,
} from '@sayso/policy'
import type { Context } from '../context.ts'
import { decideAndCommit } from './decide-and-commit.ts'

export type Registration = {
  readonly subject: SubjectId
  /** `name`, `email`, `picture`: what screens show. */
  readonly attributes: Attributes
  readonly owner: boolean
  /** Where the request comes from, for the audit log. */
  readonly address?: string
}

/**
 * Keeps a person's attributes and, the first time only, gives what the policy's settings give to newcomers: a right
 * that was taken from them later does not come back by signing in.
 *
 * @throws {Failure} `busy`, `store_unavailable`
 */
export async function registerPerson(context: Context, input: Registration): Promise<void> {
  if (changesFor(context.standing.world, input).length === 0) return
  await decideAndCommit(context, (world) => {
    const changes = changesFor(world, input)
    const { address } = input
    const from = address === undefined ? {} : { address }
    const command = input.owner ? 'set-up' : 'sign-in'
    return {
      entries: changes.length === 0 ? [] : [{ kind: 'rights', changes, cause: { command } }],
      audit: { command, actor: input.subject, ...from, target: input.subject },
    }
  })
}

function changesFor(world: World, input: Registration): RightsChange[] {
  const { subject, attributes, owner } = input
  const known = world.facts.person(subject)
  const grants = known === undefined ? signInGrants(world.policy.document, subject) : []
  const more = owner ? ownerGrants(world.policy.document, subject) : []
  const whole = merged(known, attributes)
  const put: RightsChange[] = isDeepStrictEqual(known, whole)
    ? []
    : [{ kind: 'put-person', subject, attributes: whole }]
  return [...put, ...[...grants, ...more].filter((change) => !isHeld(world, change))]
}

function isHeld(world: World, change: RightsChange): boolean {
  return change.kind === 'assign' && world.facts.has(change.tuple)
}

/** What the sign-in knows replaces what it said before; attributes that others gave a person stay. */
function merged(known: Attributes | undefined, attributes: Attributes): Attributes {
  const { picture: _before, ...kept } = known ?? {}
  return { ...kept, ...attributes }
}
