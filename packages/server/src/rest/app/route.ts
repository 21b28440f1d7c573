// What the table of our own API is made of: the address, who is let in, what goes in and out, and the work. The router and
// the OpenAPI document are built from the table, so a route cannot be without its permission or its description.

import type { KeyScope, World } from '@sayso/policy'
import { Hono, type Context as HonoContext } from 'hono'
import type * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { requirePlace, type TenantAction } from '../../commands/require-place.ts'
import { requireTenants } from '../../commands/require-tenants.ts'
import type { AppRest } from './deps.ts'
import { once } from './idempotency.ts'
import { readBody, readJson } from './json.ts'
import { lookingOn } from './looking-on.ts'
import { type AnyProblemCode, ApiProblem } from './problem.ts'
import { caller, requireOwnPage, sessionOnly, VIEW_HEADER } from './visitor.ts'

/**
 * Who may call a route.
 *
 * - `anyone`: nobody is looked at.
 * - `own-page`: nobody is looked at, but a page of this server has to ask.
 * - `session`: a signed-in person by cookie, no key.
 * - `signed-in`: a person or a key; what exactly is needed the command decides, `asks` says it to readers.
 * - `person-or-key`: a person with the action on the tenant, or a key with the scope `admin`. It is asked before anything
 *   else is read.
 */
export type Needs =
  | { readonly who: 'anyone' }
  | { readonly who: 'own-page' }
  | { readonly who: 'session' }
  | {
      readonly who: 'signed-in'
      readonly asks: string
      /** A realtime token may as well, within what it and its key may do. */
      readonly hasTokens?: true
    }
  | {
      readonly who: 'person-or-key'
      readonly may: TenantAction
      /** A key with this scope may as well. */
      readonly scope?: KeyScope
      /** The action on any tenant lets in; what is answered is about those tenants. */
      readonly orOfTenant?: true
    }

/** One answer of a route; without a schema it has no body, with a `type` the body is of that content type. */
export type Answer = {
  readonly what: string
  readonly schema?: z.ZodType
  readonly type?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The names that stand in a path after colons. */
type Names<P extends string> = P extends `${infer Head}/${infer Rest}`
  ? Names<Head> | Names<Rest>
  : P extends `:${infer Name}`
    ? Name
    : never

/** One request on its way through a route. */
export type Call<Name extends string, Q, B, N extends Needs> = {
  readonly c: HonoContext
  readonly deps: AppRest
  readonly asker: N extends { who: 'anyone' | 'own-page' } ? undefined : Asker
  readonly params: Readonly<Record<Name, string>>
  readonly query: Q
  readonly body: B
  /** Of a route that takes bytes; else those of the JSON. */
  readonly bytes: Uint8Array
}

/** What all routes have in common. */
export type RouteText = {
  readonly method: Method
  /** Below `/api/v1`; names after colons. */
  readonly path: string
  /** Unique, camelCase: what generated clients call it. */
  readonly id: string
  readonly tag: string
  /** A sentence without a full stop. */
  readonly summary: string
  /** More, as Markdown. */
  readonly about?: string
  readonly needs: Needs
  /** What the names in the path are. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: z.ZodObject
  readonly body?: BodyOf<z.ZodType>
  /** It takes bytes, not JSON. */
  readonly raw?: { readonly maxBytes: number }
  /** Whoever looks on as somebody else may ask it; else it refuses them with `view_only`. */
  readonly inView?: true
  readonly answers: Readonly<Record<number, Answer>>
  /** Problems of its own, beside those its needs and body bring. */
  readonly problems?: readonly AnyProblemCode[]
}

type BodyOf<B extends z.ZodType> = {
  readonly schema: B
  readonly example: z.input<B>
  /** Default: what the server takes everywhere. */
  readonly maxBytes?: number
}

type Work = (call: Call<string, unknown, unknown, Needs>) => Response | Promise<Response>
export type AppRoute = RouteText & { readonly run: Work }

type Row<P extends string, N extends Needs, Q extends z.ZodObject, B extends z.ZodType> = Omit<
  RouteText,
  'path' | 'needs' | 'params' | 'query' | 'body'
> & {
  readonly path: P
  readonly needs: N
  readonly query?: Q
  readonly body?: BodyOf<B>
  readonly run: (call: Call<Names<P>, z.output<Q>, z.output<B>, N>) => Response | Promise<Response>
} & ([Names<P>] extends [never]
    ? { readonly params?: never }
    : { readonly params: Readonly<Record<Names<P>, string>> })

/** A row of the table, typed by its own path and schemas. */
export function route<
  const P extends string,
  const N extends Needs,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(row: Row<P, N, Q, B>): AppRoute {
  // What `run` is given is read by the row's own schemas.
  return row as unknown as AppRoute
}

/** An answer with a JSON body. */
export function json(what: string, schema: z.ZodType): Answer {
  return { what, schema }
}

/** Builds the router of a table. Nobody reaches a route without what the table says it needs. */
export function routerOf(routes: readonly AppRoute[], deps: AppRest): Hono {
  const app = new Hono()
  for (const each of routes) {
    app.on(each.method, `/api/v1${each.path}`, (c) => serve(each, deps, c))
  }
  return app
}

async function serve(route: AppRoute, deps: AppRest, c: HonoContext): Promise<Response> {
  const asker = await (c.req.header(VIEW_HEADER) === undefined
    ? admitted(route.needs, deps, c)
    : lookingOn(deps, c, route.inView === true))
  const query = route.query === undefined ? {} : queryOf(c, route.query)
  const { body: taken, raw } = route
  const most = raw?.maxBytes ?? Math.max(taken?.maxBytes ?? 0, deps.maxBodyBytes)
  const bytes = await readBody(c, most)
  c.header('cache-control', 'no-store')
  const work = async () => {
    const body = taken && readJson(bytes, taken.schema)
    return route.run({ c, deps, asker: asker as Asker, params: c.req.param(), query, body, bytes })
  }
  const key = c.req.header('idempotency-key')
  if (key === undefined || route.method === 'GET' || asker === undefined) return work()
  return once(deps, c, { key, asker, bytes }, work)
}

async function admitted(needs: Needs, deps: AppRest, c: HonoContext): Promise<Asker | undefined> {
  if (needs.who === 'anyone') return undefined
  if (needs.who === 'own-page') {
    requireOwnPage(deps, c)
    return undefined
  }
  if (needs.who === 'session') return sessionOnly(deps, c)
  if (needs.who === 'signed-in') return caller(deps, c, needs.hasTokens === true)
  const asker = await caller(deps, c)
  const { standing, refusals } = deps.context
  if (needs.scope !== undefined && hasScope(standing.world, asker, needs.scope)) return asker
  refusals.noting(() =>
    needs.orOfTenant === true
      ? requireTenants(standing.world, asker, needs.may)
      : requirePlace(standing.world, asker, needs.may),
  )
  return asker
}

function hasScope(world: World, { credential }: Asker, scope: KeyScope): boolean {
  if (credential.kind !== 'key') return false
  return world.keys.get(credential.key)?.scopes.includes(scope) === true
}

/** @throws {ApiProblem} `query_invalid`, naming the first parameter that is wrong */
function queryOf(c: HonoContext, schema: z.ZodObject): unknown {
  const result = schema.safeParse(c.req.query())
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const name = issue?.path.join('.') ?? ''
  const detail = name === '' ? (issue?.message ?? '') : `\`${name}\`: ${issue?.message}`
  throw new ApiProblem('query_invalid', detail, 'the reference lists the parameters')
}
