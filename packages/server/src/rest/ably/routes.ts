// The Ably REST interface at its own root paths: one table, and the router built from it.

import { errorInfo } from '@sayso/protocol'
import type { Hono } from 'hono'
import { errorInfoOf } from '../../ably/errors.ts'
import { annotationRoutes } from './annotations.ts'
import { answer, answerError } from './answer.ts'
import { batchRoutes } from './batch.ts'
import { channelRoutes } from './channels.ts'
import { chatRoutes } from './chat.ts'
import { ablyCors } from './cors.ts'
import type { AblyRest } from './deps.ts'
import { keyRoutes } from './keys.ts'
import { type Route, routerOf } from './route.ts'

/** Every route of the interface, with what it needs. */
export const ABLY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/time',
    needs: { who: 'anyone' },
    run: ({ c, deps }) => answer(c, 200, [deps.context.now()]),
  },
  {
    method: 'GET',
    path: '/stats',
    needs: { who: 'credential', may: ['stats'], on: 'all' },
    // Numbers of the app are kept elsewhere; clients take an empty list for "nothing yet".
    run: ({ c }) => answer(c, 200, []),
  },
  ...keyRoutes,
  ...channelRoutes,
  ...batchRoutes,
  ...annotationRoutes,
  ...chatRoutes,
]

/** Whatever lies under these is the interface's, so that a browser is told what is not there. */
const OURS = ['/channels/*', '/keys/*', '/push/*', '/chat/:version{v[0-9]+}/*'] as const

export function ablyRest(deps: AblyRest): Hono {
  const app = routerOf(ABLY_ROUTES, deps, ablyCors)
  for (const path of OURS) app.use(path, ablyCors)
  app.all('/push/*', (c) =>
    answerError(c, errorInfo('not_supported', 'this server has no push notifications')),
  )
  app.onError((error, c) => {
    const { info, expected } = errorInfoOf(error)
    if (!expected) deps.report('rest', error)
    return answerError(c, info)
  })
  return app
}
