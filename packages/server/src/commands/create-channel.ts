// Makes a channel that the policy governs, for whoever joins one that does not exist yet. One that nothing governs need not
// be made: attaching is enough.

import {
  admissionRole,
  type ChannelName,
  decide,
  foldRights,
  parseResourceId,
  type ResourceId,
  type RightsChange,
  reaches,
  resourceOf,
  subjectOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireVerb } from './may.ts'

const ACTION = 'create'

/**
 * Makes the resource of a channel, and gives whoever made it the role of those who are let in, if there is one.
 * A person needs the action `create` on it as it would be, a key the `admin` scope. One that exists is refused as any
 * other that may not be made.
 *
 * @returns undefined if no type governs the channel: there is nothing to make
 * @throws {Failure} `denied`, `busy`, `store_unavailable`
 */
export async function createChannel(
  context: Context,
  asker: Asker,
  channel: ChannelName,
): Promise<Committed | undefined> {
  const { world } = context.standing
  if (resourceOf(world.policy, channel) === undefined) {
    if (reaches(world, asker.credential, channel)) return undefined
    throw refused(channel)
  }
  return decideAndCommit(context, (world) => {
    const resource = requireCreate(world, asker, channel)
    const changes = [put(resource), ...admitted(world, asker, resource)]
    return {
      entries: [
        { kind: 'rights', changes, cause: { command: 'create-channel', by: actorOf(asker) } },
      ],
      audit: { command: 'create-channel', ...auditBy(asker), target: resource },
    }
  })
}

function requireCreate(world: World, asker: Asker, channel: ChannelName): ResourceId {
  const resource = resourceOf(world.policy, channel)
  if (resource === undefined || !isNameable(resource)) throw refused(channel)
  if (world.facts.resource(resource) !== undefined) throw refused(channel)
  const { credential } = asker
  const subject = subjectOf(credential)
  if (subject === undefined) {
    requireVerb(world, asker, ACTION, resource)
    return resource
  }
  if (!reaches(world, credential, channel)) throw refused(channel)
  const isKnown = world.policy.types.get(typeOf(resource))?.actionSet.has(ACTION) === true
  // Asked of the world in which it exists, as rules may look at it.
  const made = isKnown ? foldRights(world, [put(resource)], world.revision) : undefined
  if (made !== undefined && decide(made, { subject, action: ACTION, resource }).allowed)
    return resource
  throw refused(channel)
}

/** Not every name of a channel is one of a resource. */
function isNameable(resource: ResourceId): boolean {
  try {
    return parseResourceId(resource) === resource
  } catch {
    return false
  }
}

function admitted(world: World, asker: Asker, resource: ResourceId): readonly RightsChange[] {
  const { credential } = asker
  const subject = credential.kind === 'token' ? credential.subject : undefined
  const role = admissionRole(world, resource)
  const isPerson = subject !== undefined && world.facts.person(subject) !== undefined
  return isPerson && role !== undefined
    ? [{ kind: 'assign', tuple: { resource, role, subject } }]
    : []
}

const put = (resource: ResourceId): RightsChange => ({
  kind: 'put-resource',
  resource,
  attributes: {},
})

function refused(channel: ChannelName): Failure {
  return new Failure('denied', `\`create\` on \`${channel}\` is not allowed`, {
    remedy: 'ask for a role that includes it',
  })
}
