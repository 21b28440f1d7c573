// What only somebody who signed in may do, and no key: two keys are not two people.

import { type Asker, actorOf } from './asker.ts'
import { Failure } from './failure.ts'

/** @throws {Failure} `identity_required` */
export function requirePerson(asker: Asker): void {
  if (isPerson(asker)) return
  throw new Failure('identity_required', 'a second person is a person: a key is nobody', {
    remedy: 'sign in',
  })
}

/** Refuses a token that names nobody: what is asked for is asked by a person or a key. @throws {Failure} `identity_required` */
export function requireNamed(asker: Asker): void {
  if (asker.credential.kind !== 'key') requirePerson(asker)
}

/** @throws {Failure} `denied`: nobody is their own second person */
export function requireAnother(asker: Asker, by: string): void {
  requirePerson(asker)
  if (actorOf(asker) !== by) return
  throw new Failure('denied', 'you have asked for this yourself', {
    remedy: 'have somebody else approve it',
  })
}

function isPerson({ credential }: Asker): boolean {
  return credential.kind === 'token' && credential.subject !== undefined
}
