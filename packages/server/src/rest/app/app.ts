// Our own JSON API under /api/v1, the token for signed-in sessions, and sign-in itself.

import { Hono } from 'hono'
import { issueSessionToken } from '../../commands/issue-session-token.ts'
import type { AppRest } from './deps.ts'
import { explainRoutes } from './explain.ts'
import { peopleRoutes } from './people.ts'
import { policyRoutes } from './policy.ts'
import { problemOf, problemResponse } from './problem.ts'
import { requestRoutes } from './requests.ts'
import { rightsRoutes } from './rights.ts'
import { sessionRoutes } from './session.ts'
import { signedIn } from './visitor.ts'

export function appRest(deps: AppRest): Hono {
  const app = new Hono()
  if (deps.apps !== undefined) signInRoutes(app, deps)
  app.route('/api/v1', peopleRoutes(deps))
  app.route('/api/v1', rightsRoutes(deps))
  app.route('/api/v1', requestRoutes(deps))
  app.route('/api/v1', policyRoutes(deps))
  app.route('/api/v1', explainRoutes(deps))
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
    return new Response(issueSessionToken(deps.context, deps.ring, person.id), {
      headers: { 'content-type': 'application/jwt', 'cache-control': 'no-store' },
    })
  })
  app.route('/api/v1', sessionRoutes(deps))
}
