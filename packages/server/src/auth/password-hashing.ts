// Hashing a password is slow on purpose. A few at a time, so that a flood of guesses does not slow down every channel.

import { APIError } from 'better-auth/api'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { personOfMark } from './file-people.ts'
import type { FilePeople } from './sign-in-options.ts'

/** A hash keeps one core busy for some 50 ms; two at once leave the rest to messages. */
const AT_ONCE = 2
/** Further ones are turned away: the last of these has waited about two seconds. */
const MAX_WAITING = 64

/** Lets `atOnce` pieces of work run and `maxWaiting` wait, in order; `turnAway` is thrown at any more. */
export function limited(atOnce: number, maxWaiting: number, turnAway: () => Error) {
  const waiting: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < atOnce) running += 1
    else if (waiting.length >= maxWaiting) throw turnAway()
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // A place is handed on, not freed and taken again: nobody slips in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/**
 * Passwords as the library hashes them (scrypt, on the thread pool), a few at a time.
 *
 * @param filePeople whose passwords stand elsewhere: in place of a hash their accounts hold a mark
 */
export function passwordHashing(filePeople?: FilePeople) {
  const take = limited(AT_ONCE, MAX_WAITING, busy)
  return {
    hash: (password: string) => take(() => hashPassword(password)),
    verify: (given: { readonly hash: string; readonly password: string }) =>
      take(async () => {
        const person = personOfMark(given.hash)
        if (person === undefined) return verifyPassword(given)
        return (await filePeople?.verify(person, given.password)) === true
      }),
  }
}

function busy(): APIError {
  return new APIError('SERVICE_UNAVAILABLE', {
    code: 'SIGN_IN_BUSY',
    message: 'Very many people are signing in just now. Try again in a few seconds.',
  })
}
