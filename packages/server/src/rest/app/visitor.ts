// Who calls our own API: a signed-in session by cookie, or an API key. Cookies count only for calls from our own pages.

import type { SubjectId } from '@sayso/policy'
import { errorRow } from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import { authenticate, proveFirst, type Unrecognised } from '../../access/authenticate.ts'
import type { Person, SignedIn } from '../../auth/sign-in.ts'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { SESSION_KEY } from '../../commands/found-app.ts'
import { registerPerson } from '../../commands/register-person.ts'
import { attributesOf } from '../../people/person-attributes.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem } from './problem.ts'

/** Carries the token of whoever looks on as somebody else. */
export const VIEW_HEADER = 'sayso-view'

/** How the command line calls itself. */
const COMMAND_LINE_AGENT = 'sayso-cli'

export function subjectOf(person: Pick<Person, 'id'>): SubjectId {
  return `user:${person.id}` as SubjectId
}

/** The signed-in person, registered with the policy. @throws {ApiProblem} `not_signed_in` */
export async function signedIn(app: AppRest, c: HonoContext): Promise<SignedIn> {
  const person = await app.signIn.session(c.req.raw.headers)
  if (person === undefined) {
    throw new ApiProblem('not_signed_in', 'nobody is signed in here', 'sign in and try again')
  }
  await register(app, person, false, c.req.raw)
  return person
}

/** Registers somebody with the policy; cheap when nothing is new. */
export async function register(
  app: AppRest,
  person: Person,
  owner: boolean,
  request: Request,
): Promise<void> {
  const attributes = attributesOf(person)
  const address = app.addressOf(request)
  const from = address === undefined ? {} : { address }
  await registerPerson(app.context, { subject: subjectOf(person), attributes, owner, ...from })
  if (person.pictureUrl !== undefined)
    void app.pictures.keep(person.id, person.pictureUrl).catch(() => undefined)
}

/** The caller as commands see it: a key if one is presented, else the signed-in person. */
export async function caller(app: AppRest, c: HonoContext, hasTokens = false): Promise<Asker> {
  const asker = { ...(await proved(app, c, hasTokens)), door: doorOf(c) }
  const address = app.addressOf(c.req.raw)
  return address === undefined ? asker : { ...asker, address }
}

async function proved(app: AppRest, c: HonoContext, hasTokens: boolean): Promise<Asker> {
  const header = c.req.header('authorization')
  const key = presentedKey(header)
  const [scheme = '', token = ''] = header?.split(' ', 2) ?? []
  const isToken = hasTokens && key === undefined && scheme.toLowerCase() === 'bearer'
  if (key === undefined && !isToken) return personIn(app, c)
  const presented = key === undefined ? { token } : { key }
  await proveFirst(app.ring, presented)
  const address = app.addressOf(c.req.raw)
  const recognition = authenticate(app.ring, presented, app.context.now(), address)
  if (!recognition.ok) throw refused(recognition.failure)
  const { asker } = recognition.who
  // A view asks by its header, where it may ask at all.
  if (asker.viewer !== undefined && c.req.method !== 'GET' && c.req.method !== 'HEAD')
    throw new Failure('view_only', 'a view of somebody only reads', { remedy: 'leave the view' })
  return asker
}

/** The command line says that it is one. */
function doorOf(c: HonoContext): 'api' | 'cli' {
  return c.req.header('user-agent')?.startsWith(COMMAND_LINE_AGENT) === true ? 'cli' : 'api'
}

function refused({ name, message }: Unrecognised): ApiProblem {
  if (name !== 'key_address_refused') return new ApiProblem('key_invalid', message)
  return new ApiProblem('address_refused', message, errorRow(name).remedy)
}

/** The signed-in person, whatever key is presented. */
export async function sessionOnly(app: AppRest, c: HonoContext): Promise<Asker> {
  const asker = await personIn(app, c)
  const address = app.addressOf(c.req.raw)
  return address === undefined ? asker : { ...asker, address }
}

async function personIn(app: AppRest, c: HonoContext): Promise<Asker> {
  if (app.foreman !== undefined) return app.foreman(c)
  requireOwnPage(app, c)
  return personAsker(await signedIn(app, c))
}

function personAsker(person: Person): Asker {
  const subject = subjectOf(person)
  return {
    // The session's own rights are the policy's alone; the capability bounds realtime tokens, not this door.
    credential: { kind: 'token', key: SESSION_KEY, capability: { '*': ['*'] }, subject },
    clientId: person.id,
    mayBeAnyone: false,
  }
}

function presentedKey(header: string | undefined): string | undefined {
  const [scheme = '', value = ''] = header?.split(' ', 2) ?? []
  if (scheme.toLowerCase() === 'bearer' && value.includes(':')) return value
  if (scheme.toLowerCase() === 'basic') return Buffer.from(value, 'base64').toString('utf8')
  return undefined
}

/** A cookie is sent by the browser whoever asks: a write must come from a page of ours. */
export function requireOwnPage(app: Pick<AppRest, 'origins'>, c: HonoContext): void {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return
  const origin = c.req.header('origin')
  if (origin !== undefined && app.origins().has(origin)) return
  throw new ApiProblem(
    'foreign_origin',
    'this call did not come from a page of this server',
    'open the page at the address the server printed',
  )
}
