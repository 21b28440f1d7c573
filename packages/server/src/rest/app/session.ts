// Who is signed in, set-up of the owner, invitations.

import { keyOf } from '@sayso/policy'
import type { SessionView } from '@sayso/protocol'
import { Hono } from 'hono'
import * as z from 'zod'
import { EmailInvalid, EmailTaken, NameInvalid, WeakPassword } from '../../auth/errors.ts'
import { INVITATION_MS, makeInvitation } from '../../auth/invitation.ts'
import { requireAdmin } from '../../commands/require-admin.ts'
import { hasOwner } from '../../people/owner.ts'
import type { AppRest } from './deps.ts'
import { readJson } from './json.ts'
import { personView } from './person-view.ts'
import { ApiProblem } from './problem.ts'
import { caller, register, requireOwnPage, subjectOf } from './visitor.ts'

const setUpSchema = z.object({
  token: z.string().max(200),
  name: z.string().max(200),
  email: z.string().max(320),
  password: z.string().max(1_000),
})

export function sessionRoutes(deps: AppRest): Hono {
  const app = new Hono()
  app.get('/session', async (c) => {
    const { person, cookies } = await deps.signIn.visit(c.req.raw.headers)
    if (person !== undefined) await register(deps, person, false)
    const { world } = deps.context.standing
    const { tenant, settings } = world.policy.document
    const view: SessionView = {
      title: tenant.title ?? tenant.key,
      signUp: deps.signUp,
      needsOwner: !hasOwner(world),
      providers: deps.signIn.providers,
      serverTimeMs: deps.context.now(),
      ...(settings?.home === undefined ? {} : { home: keyOf(settings.home) }),
      ...(person === undefined ? {} : { person: personView(world, subjectOf(person)) }),
    }
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    c.header('cache-control', 'no-store')
    return c.json(view)
  })

  // One after the other: two that came at the same moment would both find that there is no owner yet.
  let lastSetUp: Promise<unknown> = Promise.resolve()
  app.post('/setup', async (c) => {
    requireOwnPage(deps, c)
    const input = await readJson(c, setUpSchema, deps.maxBodyBytes)
    const made = lastSetUp.then(() => makeOwner(deps, input))
    lastSetUp = made.catch(() => undefined)
    const { person, cookies } = await made
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json({ person: personView(deps.context.standing.world, subjectOf(person)) }, 201)
  })

  app.post('/invitations', async (c) => {
    const asker = await caller(deps, c)
    requireAdmin(deps.context.standing.world, asker, 'invite people')
    const nowMs = deps.context.now()
    const url = `${deps.publicUrl()}/login?invite=${makeInvitation(deps.secret, nowMs)}`
    return c.json({ url, expiresAt: new Date(nowMs + INVITATION_MS).toISOString() }, 201)
  })
  return app
}

async function makeOwner(deps: AppRest, input: z.output<typeof setUpSchema>) {
  const { token, ...account } = input
  requireGoodLink(deps, token)
  const made = await deps.signIn.createAccount({ ...account, signedIn: true }).catch(refuseAccount)
  await register(deps, made.person, true)
  deps.setUp.use()
  return made
}

function requireGoodLink(deps: AppRest, token: string): void {
  const state = deps.setUp.check(token, deps.context.now())
  if (state === 'good' && !hasOwner(deps.context.standing.world)) return
  if (state === 'wrong') {
    throw new ApiProblem(
      403,
      'set_up_link_wrong',
      'Link not valid',
      'this is not the set-up link of this start',
      'use the link the server printed last',
    )
  }
  if (state === 'ended') {
    throw new ApiProblem(
      410,
      'set_up_link_ended',
      'Link ended',
      'the set-up link has ended',
      'restart the server for a new one',
    )
  }
  throw new ApiProblem(
    410,
    'set_up_link_used',
    'Link used',
    'this server has an owner already',
    'sign in, or ask the owner for an invitation',
  )
}

function refuseAccount(error: unknown): never {
  if (error instanceof EmailTaken)
    throw new ApiProblem(409, error.code, 'E-mail taken', error.message, error.remedy)
  if (
    error instanceof EmailInvalid ||
    error instanceof WeakPassword ||
    error instanceof NameInvalid
  ) {
    throw new ApiProblem(400, error.code, 'Not valid', error.message, error.remedy)
  }
  throw error
}
