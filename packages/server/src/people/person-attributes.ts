// What the policy is told of somebody who signs in.

import type { Attributes } from '@sayso/policy'
import type { Person } from '../auth/sign-in.ts'

/** Name, e-mail, whether it is confirmed, and whether there is a picture. */
export function attributesOf(person: Person): Attributes {
  const { name, email, emailVerified, pictureUrl } = person
  return {
    name,
    verified: emailVerified,
    ...(email === undefined ? {} : { email }),
    ...(pictureUrl === undefined ? {} : { picture: true }),
  }
}
