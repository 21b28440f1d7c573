// Who asks: the credential of a connection or request, and the identity it speaks as.

import type { Action, ChannelName, Credential, SubjectId, TokenFacts } from '@sayso/policy'
import type { AuditLine, DecisionDoor, NewRecord } from '@sayso/store'
import type { UserClaims } from '../access/user-claims.ts'
import { Failure } from './failure.ts'

export type Seconding = {
  /** Who asked: `user:…`, another person than the asker, or `key:…`. */
  readonly askedBy: string
  /** The person who seconded what a key asked for; another one than the asker. */
  readonly seconded?: string
  /** Ends what was asked for, with what is done and once. */
  readonly end: NewRecord
}

export type Asker = {
  readonly credential: Credential
  /** The confirmed identity; absent is anonymous; a key or wildcard token without one may speak as anyone. */
  readonly clientId?: string
  /** True for a key or a token for `*` that has not settled on an identity. */
  readonly mayBeAnyone: boolean
  readonly connectionId?: string
  /** An administrator of the installation at work in another app: may there what its administrators may. */
  readonly isForeman?: true
  /** The app whose person that is: ids of people are an app's own. */
  readonly homeApp?: string
  /** Who looks on through the eyes of this person: everything may be read, nothing done. */
  readonly viewer?: SubjectId
  /** They are the second person for what somebody else has asked for, and carry it out. */
  readonly second?: Seconding
  /** By which door they come; absent: channels. */
  readonly door?: DecisionDoor
  /** Where the request or connection comes from, as the door found it: an IP address, for the audit log. */
  readonly address?: string
  /** The sealed secret that proved it; absent for sessions and other issuers' tokens. */
  readonly provenBy?: string
  /** What an administrator took from this connection, by channel; it holds until the connection is gone. */
  readonly narrowed?: ReadonlyMap<ChannelName, ReadonlySet<Action>>
  /** What the token says besides, if it is one: revocations go by it, and its claims. */
  readonly token?: TokenFacts
  /** What its issuer says of it besides. */
  readonly claims?: UserClaims
}

/** How the audit log names the asker: `user:ada`, `key:first`, and somebody of another app `user:ada@main`. */
export function actorOf({
  credential,
  homeApp,
}: Pick<Asker, 'credential' | 'homeApp'>): SubjectId | `key:${string}` {
  if (credential.kind !== 'token' || credential.subject === undefined)
    return `key:${credential.key}`
  return homeApp === undefined
    ? credential.subject
    : (`${credential.subject}@${homeApp}` as SubjectId)
}

/** Who and whence, for an audit line. */
export function auditBy(asker: Asker): Pick<AuditLine, 'actor' | 'address'> {
  const { address } = asker
  return { actor: actorOf(asker), ...(address !== undefined && { address }) }
}

/**
 * Settles the clientId of one message: filled from the identity, or checked against it.
 *
 * @throws {Failure} `client_id_mismatch`
 */
export function identify(asker: Asker, claimed: string | undefined): string | undefined {
  if (claimed === undefined) return asker.clientId
  if (claimed !== '*' && claimed !== '' && (asker.mayBeAnyone || claimed === asker.clientId))
    return claimed
  throw new Failure(
    'client_id_mismatch',
    `the clientId \`${claimed}\` is not the one of this credential`,
  )
}
