// Ask to be let in to a listed resource, to keep a role that ends or to lose a restraint; or take the question back.

import {
  type AccessRequest,
  admissionRole,
  isListed,
  isRestraint,
  type ResourceId,
  type RoleName,
  type RoleTuple,
  type SubjectId,
  type World,
} from '@sayso/policy'

import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'

/** Open requests one resource holds at most. */
const MAX_REQUESTS = 1_000

export type RequestAccess = {
  readonly kind: 'ask' | 'withdraw'
  readonly resource: ResourceId
  readonly note?: string
  /** For how long; absent: for good. Milliseconds. */
  readonly forMs?: number
  /** A role they hold: one with an end is asked for longer, a restraint is asked to end. Absent: to be let in. */
  readonly role?: RoleName
}

/**
 * Puts a person's request where those who may `admit` see it, or takes it away. It gives no right.
 * What is hidden answers like what does not exist.
 *
 * @throws {Failure} `identity_required`, `resource_unknown`, `conflict`, `busy`, `store_unavailable`
 */
export async function requestAccess(
  context: Context,
  asker: Asker,
  input: RequestAccess,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    const { kind, resource, note } = input
    const subject = subjectOf(asker)
    if (kind === 'ask') requireAskable(world, asker, input, subject)
    const request = requestOf(input, context.now())
    const command = kind === 'ask' ? 'request-access' : 'withdraw-request'
    return {
      entries: [
        {
          kind: 'rights',
          changes: [
            kind === 'ask'
              ? { kind: 'put-request', subject, resource, request }
              : { kind: 'remove-request', subject, resource },
          ],
          cause: { command, by: subject },
        },
      ],
      audit: {
        command,
        ...auditBy(asker),
        target: `${resource} ${subject}`,
        ...(note === undefined ? {} : { reason: note }),
      },
    }
  })
}

function requestOf({ note, role, forMs }: RequestAccess, atMs: number): AccessRequest {
  return {
    atMs,
    ...(note === undefined ? {} : { note }),
    ...(forMs === undefined ? {} : { forMs }),
    ...(role === undefined ? {} : { role }),
  }
}

function requireAskable(
  world: World,
  asker: Asker,
  { resource, role }: RequestAccess,
  subject: SubjectId,
): void {
  if (role === undefined) requireOpen(world, asker, resource)
  else requireEnding(world, { resource, role, subject })
  requireRoom(world, resource)
}

function subjectOf(asker: Asker): SubjectId {
  const { credential } = asker
  if (credential.kind === 'token' && credential.subject !== undefined) return credential.subject
  throw new Failure('identity_required', 'only a person can ask to be let in', {
    remedy: 'sign in, or use a token with a clientId',
  })
}

function requireOpen(world: World, asker: Asker, resource: ResourceId): void {
  if (!isListed(world, asker.credential, resource)) {
    throw new Failure('resource_unknown', `there is no \`${resource}\` that you could ask for`, {
      remedy: 'ask for something shown as locked',
    })
  }
  if (admissionRole(world, resource) === undefined) {
    throw new Failure('conflict', `nobody can ask to be let in to \`${resource}\``, {
      remedy: 'ask an administrator for a role on it',
    })
  }
}

/** What is asked to last longer, or to end: it must be theirs. */
function requireEnding(world: World, tuple: RoleTuple): void {
  const { role, resource } = tuple
  const isTheirs = world.facts.has(tuple)
  const ends = world.facts.grant(tuple)?.expiresAtMs !== undefined
  if (isTheirs && (ends || isRestraint(world, role, resource))) return
  // Alike for what does not exist and what they do not hold.
  throw new Failure('resource_unknown', `you hold no \`${role}\` on \`${resource}\` that ends`, {
    remedy: 'ask for a role of yours that has an end',
  })
}

function requireRoom(world: World, resource: ResourceId): void {
  if ([...world.facts.requestsOn(resource)].length >= MAX_REQUESTS) {
    throw new Failure('conflict', `too many people ask for \`${resource}\` already`, {
      remedy: 'try again when some have been answered',
    })
  }
}
