// The owner from the environment: made once, without the set-up page.

import type { SubjectId } from '@sayso/policy'
import { EmailTaken } from './auth/errors.ts'
import type { SignIn } from './auth/sign-in.ts'
import { registerPerson } from './commands/register-person.ts'
import type { Context } from './context.ts'
import { hasOwner } from './people/owner.ts'
import { attributesOf } from './people/person-attributes.ts'
import type { Settings } from './settings.ts'

/** @throws {Error} if the e-mail belongs to somebody who is not the owner */
export async function createOwner(
  context: Context,
  signIn: SignIn,
  owner: Settings['owner'],
): Promise<void> {
  if (owner === undefined || hasOwner(context.standing.world)) return
  const [name = 'Owner'] = owner.email.split('@')
  try {
    const { person } = await signIn.createAccount({ name, ...owner, signedIn: false })
    const subject = `user:${person.id}` as SubjectId
    await registerPerson(context, { subject, attributes: attributesOf(person), owner: true })
  } catch (error) {
    if (!(error instanceof EmailTaken)) throw error
    throw new Error(
      'SAYSO_OWNER_EMAIL belongs to an account that is not the owner; use another or the set-up link',
    )
  }
}
