// Our own JSON API under /api/v1, the token for signed-in sessions, and sign-in itself.

import { Hono } from 'hono'
import { issueSessionToken } from '../../commands/issue-session-token.ts'
import type { AppRest } from './deps.ts'
import { problemOf, problemResponse } from './problem.ts'
import { routerOf } from './route.ts'
import { APP_ROUTES } from './routes.ts'
import { signedIn } from './visitor.ts'

export function appRest(deps: AppRest): Hono {
  const app = new Hono()
  app.all('/api/auth/*', (c) => deps.signIn.handle(c.req.raw, deps.remoteAddress(c.req.raw)))
  app.get('/api/realtime/token', async (c) => {
    const person = await signedIn(deps, c)
    return new Response(issueSessionToken(deps.context, deps.ring, person.id), {
      headers: { 'content-type': 'application/jwt', 'cache-control': 'no-store' },
    })
  })
  app.route('/', routerOf(APP_ROUTES, deps))
  app.onError((error) => {
    const { problem, expected } = problemOf(error)
    if (!expected) deps.report('api', error)
    return problemResponse(problem)
  })
  return app
}
