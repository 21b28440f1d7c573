// The sandbox's two routes.

import { errorInfo } from '@sayso/protocol'
import { Hono } from 'hono'
import { errorInfoOf } from '../../ably/errors.ts'
import type { Sandbox } from '../../sandbox.ts'
import { answer, answerError } from './answer.ts'
import { readBody } from './body.ts'
import type { AblyRest } from './deps.ts'

export function sandboxRoutes(
  sandbox: Sandbox,
  deps: Pick<AblyRest, 'maxBodyBytes' | 'report'>,
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
  app.onError((error, c) => {
    const { info, expected } = errorInfoOf(error)
    if (!expected) deps.report('sandbox', error)
    return answerError(c, info)
  })
  return app
}
