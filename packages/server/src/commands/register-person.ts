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
import { firstSignIn, isNewcomer } from '../people/first-sign-ins.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'

export type Registration = {
  readonly subject: SubjectId
  /** `name`, `email`, `picture`: what screens show. */
  readonly attributes: Attributes
  readonly owner: boolean
  /** False: only what is known of them has changed. Default true. */
  readonly signsIn?: boolean
}

/**
 * Keeps a person's attributes and, at their first sign-in only, gives what the policy's settings give to newcomers: a right
 * that was taken from them later does not come back by signing in.
 *
 * @throws {Failure} `busy`, `store_unavailable`
 */
export async function registerPerson(context: Context, input: Registration): Promise<void> {
  const isNew = input.signsIn !== false && (await isNewcomer(context, input.subject))
  if (!isNew && changesFor(context.standing.world, input, false).length === 0) return
  try {
    await decideAndCommit(context, (world) => {
      const changes = changesFor(world, input, isNew)
      const command = input.owner ? 'set-up' : 'sign-in'
      return {
        entries: changes.length === 0 ? [] : [{ kind: 'rights', changes, cause: { command } }],
        records: isNew ? [firstSignIn(input.subject, context.now())] : [],
        audit: { command, actor: input.subject, target: input.subject },
      }
    })
  } catch (error) {
    // Two of somebody's first calls at once: the other one has registered them.
    if (!isNew || !(error instanceof Failure) || error.code !== 'conflict') throw error
    await registerPerson(context, input)
  }
}

function changesFor(world: World, input: Registration, isNew: boolean): RightsChange[] {
  const { subject, attributes, owner } = input
  const known = world.facts.person(subject)
  const grants = isNew ? signInGrants(world.policy.document, subject) : []
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
