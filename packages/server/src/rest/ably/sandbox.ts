// The sandbox's two routes, and the way of every other request to the app its credential names.

import { errorInfo } from '@sayso/protocol'
import { Hono, type MiddlewareHandler } from 'hono'
import { errorInfoOf } from '../../ably/errors.ts'
import { claimedApp } from '../../access/claimed-app.ts'
import type { Sandbox } from '../../sandbox.ts'
import { answer, answerError } from './answer.ts'
import { readBody } from './body.ts'
import { presented } from './credentials.ts'
import type { AblyRest } from './deps.ts'
import { ablyRest } from './routes.ts'

export function sandboxRoutes(
  sandbox: Sandbox,
  deps: Pick<AblyRest, 'keys' | 'maxBodyBytes' | 'report'>,
): Hono {
  const app = new Hono()
  app.post('/apps', async (c) =>
    answer(c, 201, await sandbox.create(await readBody(c, deps.maxBodyBytes))),
  )
  app.delete('/apps/:id', async (c) => {
    const removed = await sandbox.remove(c.req.param('id'))
    return removed
      ? new Response(null, { status: 204 })
      : answerError(c, errorInfo('not_found', 'there is no such app'))
  })
  app.use(toItsApp(sandbox, deps))
  app.onError((error, c) => {
    const { info, expected } = errorInfoOf(error)
    if (!expected) deps.report('sandbox', error)
    return answerError(c, info)
  })
  return app
}

/** A request of a sandbox app is answered by that app's own routes. */
function toItsApp(
  sandbox: Sandbox,
  deps: Pick<AblyRest, 'keys' | 'maxBodyBytes' | 'report'>,
): MiddlewareHandler {
  const routes = new WeakMap<object, Hono>()
  return async (c, next) => {
    const [, keyName] = /^\/keys\/([^/.]+)\./.exec(c.req.path) ?? []
    const app = sandbox.app(keyName ?? claimedApp(presented(c)) ?? '')
    if (app === undefined) return next()
    const known = routes.get(app) ?? ablyRest({ ...app, ...deps })
    routes.set(app, known)
    return known.fetch(c.req.raw)
  }
}
