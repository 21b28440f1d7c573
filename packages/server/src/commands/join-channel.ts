// Come in to an open channel by oneself, or leave one.

import {
  admissionRole,
  channelOf,
  decide,
  foldRights,
  isListed,
  isRestraint,
  planDemote,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { directsOf } from '../people/directs.ts'
import { serverLine } from '../people/server-line.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { denied } from './may.ts'

export type JoinChannel = {
  readonly kind: 'join' | 'leave'
  readonly resource: ResourceId
}

/**
 * Joining gives the role of those who are let in, on a listed channel whose attribute `join` is `open`, to whoever could
 * read it then. Leaving gives up every role one holds there by name, but no restraint.
 *
 * @throws {Failure} `identity_required`, `resource_unknown`, `conflict`, `denied`, `busy`, `store_unavailable`
 */
export async function joinChannel(
  context: Context,
  asker: Asker,
  { kind, resource }: JoinChannel,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    const subject = subjectOf(asker)
    const changes =
      kind === 'join'
        ? entering(world, asker, resource, subject)
        : leaving(world, resource, subject)
    const command = `${kind}-channel`
    const channel = channelOf(world.policy, resource)
    const by = actorOf(asker)
    const line = serverLine(world, by, { command, resource, subject }, changes)
    return {
      entries: [
        { kind: 'rights', changes, cause: { command, by } },
        ...(channel === undefined ? [] : [{ kind: 'publish' as const, channel, messages: [line] }]),
      ],
      audit: { command, ...auditBy(asker), target: resource },
    }
  })
}

function subjectOf({ credential }: Asker): SubjectId {
  if (credential.kind === 'token' && credential.subject !== undefined) return credential.subject
  throw new Failure('identity_required', 'only a person can join or leave', { remedy: 'sign in' })
}

function entering(
  world: World,
  asker: Asker,
  resource: ResourceId,
  subject: SubjectId,
): readonly RightsChange[] {
  if (!isListed(world, asker.credential, resource)) {
    throw new Failure('resource_unknown', `there is no \`${resource}\` that you could join`, {
      remedy: 'join one that is shown as open',
    })
  }
  const role = admissionRole(world, resource)
  if (world.facts.resource(resource)?.join !== 'open' || role === undefined) {
    throw new Failure('conflict', `\`${resource}\` is not open to everybody`, {
      remedy: 'ask to be let in',
    })
  }
  const changes: RightsChange[] = [{ kind: 'assign', tuple: { resource, role, subject } }]
  const after = foldRights(world, changes, world.revision)
  const decision = decide(after, { subject, action: 'subscribe', resource, standing: true })
  if (!decision.allowed) throw denied(world, decision, asker, 'subscribe', resource)
  return changes
}

function leaving(world: World, resource: ResourceId, subject: SubjectId): readonly RightsChange[] {
  const roles = world.facts
    .rolesOf(subject, resource)
    .filter((role) => !isRestraint(world, role, resource))
  if (roles.length === 0 || typeOf(resource) === directsOf(world)?.type) {
    throw new Failure('conflict', `you hold no role on \`${resource}\` that you could give up`, {
      remedy: 'you may be there by a role on the whole place',
    })
  }
  const demotion = planDemote(world, resource, subject)
  const others =
    'refused' in demotion ? [] : demotion.filter((change) => isElsewhere(change, resource))
  return [
    ...roles.map((role) => ({ kind: 'unassign' as const, tuple: { resource, role, subject } })),
    ...others,
  ]
}

/** What came with a promotion goes with it. */
function isElsewhere(change: RightsChange, resource: ResourceId): boolean {
  return change.kind === 'unassign' && change.tuple.resource !== resource
}
