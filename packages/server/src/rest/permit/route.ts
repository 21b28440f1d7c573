// What the table of routes is made of: the address, what the key must be good for, and the work. The router is built from
// the table, so a route cannot be without its need.

import { Hono, type Context as HonoContext } from 'hono'
import { admit } from './admit.ts'
import type { Call, Needs } from './call.ts'
import type { PermitRest } from './deps.ts'
import { notFound, troubleResponse } from './trouble.ts'

export type PermitRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Names after colons; absolute. */
  readonly path: string
  readonly needs: Needs
  readonly run: (call: Call) => Response | Promise<Response>
}

/** The routes of one kind under each of the addresses it is served at. */
export function under(
  prefixes: readonly string[],
  routes: readonly PermitRoute[],
): readonly PermitRoute[] {
  return prefixes.flatMap((prefix) =>
    routes.map((route) => ({ ...route, path: `${prefix}${route.path}` })),
  )
}

export function routerOf(routes: readonly PermitRoute[], deps: PermitRest): Hono {
  const app = new Hono()
  for (const { method, path, needs, run } of routes) {
    app.on(method, path, async (c) => {
      c.header('cache-control', 'no-store')
      return run(await admit(c, deps, needs))
    })
  }
  for (const path of ['/v2/*', '/facts/*', '/v1/data/*']) {
    app.all(path, (c) => {
      throw notFound('address', c.req.path)
    })
  }
  app.onError((error) => {
    const { response, expected } = troubleResponse(error)
    if (!expected) deps.report('permit', error)
    return response
  })
  return app
}

/** The part of the path after a colon, decoded. */
export function param(c: HonoContext, name: string): string {
  return c.req.param(name) ?? ''
}

export function noContent(): Response {
  return new Response(null, { status: 204 })
}
