// Who is signed in, set-up of the owner, invitations.

import { keyOf } from '@sayso/policy'
import type { SessionView } from '@sayso/protocol'
import * as z from 'zod'
import { EmailInvalid, EmailTaken, NameInvalid, WeakPassword } from '../../auth/errors.ts'
import { hasOwner } from '../../people/owner.ts'
import { shutOutOf } from '../../people/shut-out.ts'
import type { AppRest } from './deps.ts'
import { ownView, personView } from './person-view.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { ownShape, personShape } from './shapes.ts'
import { register, subjectOf } from './visitor.ts'

const setUpSchema = z.object({
  token: z.string().max(200),
  name: z.string().max(200),
  email: z.string().max(320),
  password: z.string().max(1_000),
})

const sessionShape = z.object({
  title: z.string().describe('what this place is called'),
  person: ownShape.optional(),
  home: z.string().optional().describe('key of the channel people land in'),
  signUp: z.enum(['open', 'invite', 'closed']),
  needsOwner: z.boolean().describe('true until there is an owner'),
  providers: z.array(z.object({ id: z.string(), title: z.string() })),
  mail: z.boolean().describe('whether this server sends mails'),
  names: z.boolean().describe('whether people may sign in by a name: there is a users file'),
  serverTimeMs: z.number(),
  shutOut: z
    .looseObject({
      title: z.string(),
      message: z.string().optional(),
      reason: z.string().optional(),
      untilMs: z.number().optional(),
    })
    .optional()
    .describe(
      'the person is banned from the whole place: why, until when; they get no realtime token',
    ),
  appeal: z.string().optional().describe('where they may turn to: `SAYSO_APPEAL`'),
})
const tag = 'session'

export const sessionRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/session',
    id: 'readSession',
    tag,
    summary: 'This place, and who is signed in',
    needs: { who: 'anyone' },
    answers: { 200: json('The session.', sessionShape) },
    run: async ({ c, deps }) => {
      const { person, cookies } = await deps.signIn.visit(c.req.raw.headers)
      if (person !== undefined) await register(deps, person, false, c.req.raw)
      const { world } = deps.context.standing
      const { tenant, settings } = world.policy.document
      const shutOut = person && shutOutOf(world, subjectOf(person))
      const view: SessionView = {
        title: tenant.title ?? tenant.key,
        signUp: deps.signUp,
        needsOwner: !hasOwner(world),
        providers: deps.signIn.providers,
        mail: deps.outbox !== undefined,
        names: deps.hasNames,
        serverTimeMs: deps.context.now(),
        ...(settings?.home === undefined ? {} : { home: keyOf(settings.home) }),
        ...(person === undefined ? {} : { person: ownView(world, subjectOf(person)) }),
        ...(shutOut === undefined ? {} : { shutOut, ...(deps.appeal && { appeal: deps.appeal }) }),
      }
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
      return c.json(view)
    },
  }),
  route({
    method: 'POST',
    path: '/setup',
    id: 'setUp',
    tag,
    summary: 'Make the owner, with the link the server printed, and sign them in',
    needs: { who: 'own-page' },
    body: {
      schema: setUpSchema,
      example: {
        token: 'from the link',
        name: 'Grace',
        email: 'grace@example.com',
        password: 'four unrelated words here',
      },
    },
    answers: { 201: json('The owner, signed in by cookie.', z.object({ person: personShape })) },
    problems: [
      'set_up_link_wrong',
      'set_up_link_ended',
      'set_up_link_used',
      'email_taken',
      'email_invalid',
      'weak_password',
      'name_invalid',
    ],
    run: async ({ c, deps, body }) => {
      const { person, cookies } = await oneByOne(deps, () => makeOwner(deps, body, c.req.raw))
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
      return c.json({ person: personView(deps.context.standing.world, subjectOf(person)) }, 201)
    },
  }),
]

/** One after the other: two that came at the same moment would both find that there is no owner yet. */
const lastSetUp = new WeakMap<AppRest, Promise<unknown>>()
function oneByOne<T>(deps: AppRest, work: () => Promise<T>): Promise<T> {
  const made = (lastSetUp.get(deps) ?? Promise.resolve()).then(work)
  lastSetUp.set(
    deps,
    made.catch(() => undefined),
  )
  return made
}

async function makeOwner(deps: AppRest, input: z.output<typeof setUpSchema>, request: Request) {
  const { token, ...account } = input
  requireGoodLink(deps, token)
  const made = await deps.signIn.createAccount({ ...account, signedIn: true }).catch(refuseAccount)
  await register(deps, made.person, true, request)
  deps.setUp.use()
  return made
}

function requireGoodLink(deps: AppRest, token: string): void {
  const state = deps.setUp.check(token, deps.context.now())
  if (state === 'good' && !hasOwner(deps.context.standing.world)) return
  if (state === 'wrong') {
    throw new ApiProblem(
      'set_up_link_wrong',
      'this is not the set-up link of this start',
      'use the link the server printed last',
    )
  }
  if (state === 'ended') {
    throw new ApiProblem(
      'set_up_link_ended',
      'the set-up link has ended',
      'restart the server for a new one',
    )
  }
  throw new ApiProblem(
    'set_up_link_used',
    'this server has an owner already',
    'sign in, or ask the owner for an invitation',
  )
}

function refuseAccount(error: unknown): never {
  if (error instanceof EmailTaken) throw new ApiProblem(error.code, error.message, error.remedy)
  if (
    error instanceof EmailInvalid ||
    error instanceof WeakPassword ||
    error instanceof NameInvalid
  ) {
    throw new ApiProblem(error.code, error.message, error.remedy)
  }
  throw error
}
