// What only somebody who signed in may do, and no key: two keys are not two people.

import { type Asker, actorOf } from './asker.ts'
import { Failure } from './failure.ts'

/** @throws {Failure} `identity_required` */
export function requirePerson(asker: Asker): void {
  const { credential } = asker
  if (credential.kind === 'token' && credential.subject !== undefined) return
  throw new Failure('identity_required', 'a second person is a person: a key is nobody', {
    remedy: 'sign in',
  })
}

/** @throws {Failure} `denied`: nobody is their own second person */
export function requireAnother(asker: Asker, by: string): void {
  requirePerson(asker)
  if (actorOf(asker) !== by) return
  throw new Failure('denied', 'you have asked for this yourself', {
    remedy: 'have somebody else approve it',
  })
}
