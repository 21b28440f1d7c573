// Accept an invitation: it is used up and what it promises is given, in one write.

import type { Attributes, KeyId, RightsChange, SubjectId, World } from '@sayso/policy'
import type { Context } from '../context.ts'
import {
  INVITATIONS,
  type Invitation,
  type KeptInvitation,
  type PromisedRole,
  stateOf,
} from '../people/invitations.ts'
import type { Asker } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { SESSION_KEY } from './found-app.ts'
import { requirePromise } from './invite.ts'

export type AcceptInvitation = {
  readonly invitation: KeptInvitation
  readonly person: { readonly id: string; readonly email?: string; readonly attributes: Attributes }
}

/**
 * Gives a person what an invitation promises. A role that whoever promised it may not give any more, or that is over by
 * now, is left out: the audit line says which.
 *
 * @throws {Failure} `conflict`: it was used, taken back or has ended, or is for somebody else; `busy`, `store_unavailable`
 */
export async function acceptInvitation(
  context: Context,
  { invitation, person }: AcceptInvitation,
): Promise<void> {
  const { id, version, ...before } = invitation
  const state = stateOf(before, context.now(), person.email ?? '')
  if (state !== 'good')
    throw new Failure('conflict', `this invitation ${REASONS[state]}`, {
      remedy: 'ask for another',
    })
  await decideAndCommit(context, (world) => {
    const atMs = context.now()
    const subject = `user:${person.id}` as SubjectId
    const { given, left } = sorted(world, before, atMs)
    const known = world.facts.person(subject)
    const changes: RightsChange[] = [
      ...(known === undefined && given.length > 0
        ? [{ kind: 'put-person' as const, subject, attributes: person.attributes }]
        : []),
      ...given.map((promised) => assignment(subject, promised, before.by, atMs)),
    ]
    const { held: _held, ...rest } = before
    const after: Invitation = { ...rest, accepted: { by: person.id, atMs } }
    return {
      entries:
        changes.length === 0
          ? []
          : [{ kind: 'rights', changes, cause: { command: 'accept-invitation' } }],
      records: [
        {
          collection: INVITATIONS,
          key: id,
          value: JSON.parse(JSON.stringify(after)),
          expectVersion: version,
        },
      ],
      audit: {
        command: 'accept-invitation',
        actor: subject,
        target: id,
        details: { by: before.by, given, left },
      },
    }
  })
}

const REASONS = {
  unknown: 'is unknown',
  used: 'was used already',
  ended: 'has ended',
  revoked: 'was taken back',
  for_another: 'is for another e-mail',
} as const

/** What is given and what is not, by what whoever invited may do now. */
function sorted(world: World, { by, roles }: Invitation, nowMs: number) {
  const asker = askerOf(by)
  const given = roles.filter((promised) => {
    if ((promised.expiresAtMs ?? Number.POSITIVE_INFINITY) <= nowMs) return false
    try {
      requirePromise(world, asker, promised)
      return true
    } catch (error) {
      if (error instanceof Failure) return false
      throw error
    }
  })
  return { given, left: roles.filter((promised) => !given.includes(promised)) }
}

/** Whoever invited, as if they asked now. */
function askerOf(by: string): Asker {
  if (by.startsWith('key:')) {
    return { credential: { kind: 'key', key: by.slice('key:'.length) as KeyId }, mayBeAnyone: true }
  }
  const credential = {
    kind: 'token',
    key: SESSION_KEY,
    capability: { '*': ['*'] },
    subject: by as SubjectId,
  } as const
  return { credential, mayBeAnyone: false }
}

function assignment(
  subject: SubjectId,
  { role, on: resource, notBeforeMs, expiresAtMs }: PromisedRole,
  by: string,
  nowMs: number,
): RightsChange {
  return {
    kind: 'assign',
    tuple: { resource, role, subject },
    ...(notBeforeMs !== undefined && notBeforeMs > nowMs ? { notBeforeMs } : {}),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    by: by as SubjectId | `key:${string}`,
  }
}
