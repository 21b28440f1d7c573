// Where one is signed in, and signing out there: the browser on the lost phone, or everywhere.

import * as z from 'zod'
import type { SignedIn } from '../../auth/sign-in.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { signedIn } from './visitor.ts'

const tag = 'people'
const sessionShape = z
  .object({
    id: z.string(),
    current: z.boolean().describe('the one that asks'),
    startedAt: z.string(),
    seenAt: z.string().describe('when it was last renewed: once a day, as long as it is used'),
    endsAt: z.string(),
    device: z.string().optional().describe('as the browser names itself'),
    address: z.string().optional(),
  })
  .meta({ id: 'OwnSession', description: 'One place somebody is signed in at.' })

export const ownSessionRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/me/sessions',
    id: 'listOwnSessions',
    tag,
    summary: 'Where the signed-in person is signed in',
    needs: { who: 'session' },
    answers: { 200: json('The latest first.', z.object({ items: z.array(sessionShape) })) },
    run: async ({ c, deps }) => {
      const person = await signedIn(deps, c)
      return c.json({ items: await sessionsOf(deps, person) })
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions',
    id: 'endOwnSessions',
    tag,
    summary: 'Sign out everywhere',
    about: 'What is connected by one of the sessions is cut off before this answers.',
    needs: { who: 'session' },
    query: z.object({ keep: z.enum(['current']).optional().describe('stay signed in here') }),
    answers: { 200: json('They have ended.', z.object({ ended: z.int() })) },
    run: async ({ c, deps, query }) => {
      const { id, sessionId } = await signedIn(deps, c)
      const kept = query.keep === 'current' ? sessionId : undefined
      return c.json({ ended: await deps.signIn.accounts.endSessions(id, kept) })
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions/:id',
    id: 'endOwnSession',
    tag,
    summary: 'Sign out in one place',
    needs: { who: 'session' },
    params: { id: 'of the session' },
    answers: { 200: json('It has ended.', z.object({ ended: z.int() })) },
    problems: ['session_unknown'],
    run: async ({ c, deps, params }) => {
      const { id } = await signedIn(deps, c)
      if (await deps.signIn.accounts.endSession(id, params.id)) return c.json({ ended: 1 })
      throw new ApiProblem(
        'session_unknown',
        'you have no such session',
        'list your sessions: it may have ended by itself',
      )
    },
  }),
]

async function sessionsOf(deps: AppRest, { id, sessionId }: SignedIn) {
  const at = (ms: number) => new Date(ms).toISOString()
  const open = await deps.signIn.accounts.sessions(id)
  return open.map(({ startedAtMs, seenAtMs, endsAtMs, ...session }) => ({
    ...session,
    current: session.id === sessionId,
    startedAt: at(startedAtMs),
    seenAt: at(seenAtMs),
    endsAt: at(endsAtMs),
  }))
}
