// A visitor as the policy knows them: made a person when they first say something, or are proved.

import { isDeepStrictEqual } from 'node:util'
import type { Attributes, RightsChange, World } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { isVerified, type Profile } from '../../desk/visitors/records.ts'
import { subjectOfVisitor } from '../../desk/visitors/visitor.ts'
import { decideAndCommit } from '../decide-and-commit.ts'

/** What makes the facts say of a visitor what is known of them; empty if they do. */
export function personChanges(
  world: World,
  visitor: string,
  profile: Profile,
): readonly RightsChange[] {
  const subject = subjectOfVisitor(visitor)
  const known = world.facts.person(subject)
  const { name: _name, email: _email, ...kept } = known ?? {}
  const { tenant, name, email } = profile
  const attributes: Attributes = {
    ...kept,
    visitor: true,
    tenant,
    verified: isVerified(profile),
    named: name !== undefined,
    // Operators tell several apart who have said nothing of themselves.
    name: name ?? `Visitor ${visitor.slice(-4)}`,
    ...(email === undefined ? {} : { email }),
  }
  if (isDeepStrictEqual(known, attributes)) return []
  return [{ kind: 'put-person', subject, attributes }]
}

/** Registers a visitor with the policy; cheap when nothing is new. @throws {Failure} `busy`, `store_unavailable` */
export async function registerVisitor(
  context: Context,
  visitor: string,
  profile: Profile,
): Promise<void> {
  if (personChanges(context.standing.world, visitor, profile).length === 0) return
  await decideAndCommit(context, (world) => {
    const changes = personChanges(world, visitor, profile)
    const subject = subjectOfVisitor(visitor)
    const command = 'register-visitor'
    return {
      entries: changes.length === 0 ? [] : [{ kind: 'rights', changes, cause: { command } }],
      audit: { command, actor: subject, target: subject },
    }
  })
}
