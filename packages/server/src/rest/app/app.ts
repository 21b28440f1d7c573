// Our own JSON API under /api/v1, the token for signed-in sessions, and sign-in itself.

import { Hono } from 'hono'
import { issueSessionToken } from '../../commands/issue-session-token.ts'
import { shutOutOf } from '../../people/shut-out.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem, problemOf, problemResponse } from './problem.ts'
import { routerOf } from './route.ts'
import { APP_ROUTES, OTHER_APP_ROUTES } from './routes.ts'
import { signedIn, subjectOf } from './visitor.ts'

export function appRest(deps: AppRest): Hono {
  const app = new Hono()
  const isMain = deps.foreman === undefined
  if (isMain) signInRoutes(app, deps)
  app.route('/', routerOf(isMain ? APP_ROUTES : OTHER_APP_ROUTES, deps))
  app.onError((error) => {
    const { problem, expected } = problemOf(error)
    if (!expected) deps.report('api', error)
    return problemResponse(problem)
  })
  return app
}

/** Who signs in is a person of the main app, so other apps answer none of this. */
function signInRoutes(app: Hono, deps: AppRest): void {
  app.all('/api/auth/*', (c) => deps.signIn.handle(c.req.raw, deps.remoteAddress(c.req.raw)))
  app.get('/api/realtime/token', async (c) => {
    const person = await signedIn(deps, c)
    refuseShutOut(deps, person)
    return new Response(issueSessionToken(deps.context, deps.ring, person), {
      headers: { 'content-type': 'application/jwt', 'cache-control': 'no-store' },
    })
  })
}

/** Who is shut out of the place is told so by the session; nothing of theirs is connected. */
function refuseShutOut({ context }: AppRest, person: { readonly id: string }): void {
  const shutOut = shutOutOf(context.standing.world, subjectOf(person))
  if (shutOut === undefined) return
  const why = shutOut.message ?? `you are under a restraint here: ${shutOut.title}`
  throw new ApiProblem('shut_out', why, 'ask whoever runs this place')
}
