// Whose own things are asked for: only who has an identity of their own has any.

import { isVisitorCredential } from '../desk/visitors/credential.ts'
import { idOf } from '../people/roles.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'

/** The id of the person who asks; undefined for keys, for who is anonymous, and for visitors of sites. */
export function oneself({ credential }: Asker): string | undefined {
  if (credential.kind !== 'token' || credential.subject === undefined) return undefined
  if (isVisitorCredential(credential)) return undefined
  return credential.subject.startsWith('user:') ? idOf(credential.subject) : undefined
}

/** @throws {Failure} `client_id_required` */
export function requireOneself(asker: Asker): string {
  const person = oneself(asker)
  if (person !== undefined) return person
  throw new Failure('client_id_required', 'only a person keeps something of their own', {
    remedy: 'come with a token that has a `clientId`, or sign in',
  })
}
