// Cross-origin rules of the Ably routes: any origin may call them, as they ignore cookies. They never cover /api.

import type { MiddlewareHandler } from 'hono'

const ALLOWED = 'authorization, content-type, accept, x-ably-version, ably-agent, x-ably-clientid'
const EXPOSED = 'Link, X-Ably-ErrorCode, X-Ably-ErrorMessage, X-Ably-ServerId'

/** Stock clients send with credentials mode on, so the origin is echoed; nothing here is decided by a cookie. */
export const ablyCors: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  if (origin === undefined) return next()
  const headers = {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': EXPOSED,
    vary: 'Origin',
  }
  if (c.req.method === 'OPTIONS') {
    return new Response(null, {
      status: 204,
      headers: {
        ...headers,
        'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': ALLOWED,
        'access-control-max-age': '7200',
      },
    })
  }
  await next()
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
}
