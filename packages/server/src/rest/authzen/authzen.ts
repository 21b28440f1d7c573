// The AuthZEN Authorization API 1.0: decisions and searches for any enforcement point that holds a key for it.

import type { World } from '@sayso/policy'
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { authenticate } from '../../access/authenticate.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import type { Asker } from '../../commands/asker.ts'
import type { Context } from '../../context.ts'
import { TooManyDecisions } from '../../decision-rate.ts'
import type { Answering } from '../../observe/decisions.ts'
import { readBytes } from '../bytes.ts'
import { RequestRefused } from './entities.ts'
import { answerMany, answerOne } from './evaluate.ts'
import { searchActions, searchResources, searchSubjects } from './search.ts'

export type AuthzenRest = {
  readonly context: Context
  readonly ring: KeyRing
  /** The base that callers know, without a slash at the end. */
  readonly publicUrl: () => string
  readonly maxBodyBytes: number
  /** Where a request comes from; undefined if that is not known. */
  readonly addressOf: (request: Request) => string | undefined
  readonly report: (what: string, error: unknown) => void
}

type Door = {
  readonly path: string
  /** Its name in the discovery document. */
  readonly endpoint: string
  readonly answer: (world: World, body: unknown, answering: Answering) => unknown
}

/** Every door wants a key with the scope `decisions` or `admin`. */
export const AUTHZEN_DOORS: readonly Door[] = [
  { path: '/access/v1/evaluation', endpoint: 'access_evaluation_endpoint', answer: answerOne },
  { path: '/access/v1/evaluations', endpoint: 'access_evaluations_endpoint', answer: answerMany },
  {
    path: '/access/v1/search/subject',
    endpoint: 'search_subject_endpoint',
    answer: searchSubjects,
  },
  {
    path: '/access/v1/search/resource',
    endpoint: 'search_resource_endpoint',
    answer: searchResources,
  },
  { path: '/access/v1/search/action', endpoint: 'search_action_endpoint', answer: searchActions },
]

export function authzenRest(deps: AuthzenRest): Hono {
  const app = new Hono()
  app.get('/.well-known/authzen-configuration', (c) => c.json(discovery(deps.publicUrl())))
  app.use('/access/v1/*', echo)
  for (const { path, answer } of AUTHZEN_DOORS) {
    app.post(path, async (c) => {
      const asker = requireKey(deps, c)
      const { key } = asker.credential
      const { standing, decisions, decisionRate } = deps.context
      decisionRate?.charge(key)
      const body = await readBody(c, deps.maxBodyBytes)
      // The request itself has paid for one.
      decisionRate?.owe(key, questionsIn(body) - 1)
      return c.json(answer(standing.world, body, decisions.answering('authzen', asker)) as object)
    })
    app.all(path, () => plain(405, 'use POST', { allow: 'POST' }))
  }
  app.onError((error, c) => {
    if (error instanceof RequestRefused) {
      const { status, message } = error
      const challenge = { 'www-authenticate': 'Bearer realm="sayso"' }
      return withId(c, plain(status, message, status === 401 ? challenge : {}))
    }
    if (error instanceof TooManyDecisions) {
      return withId(c, plain(429, error.message, { 'retry-after': String(error.retryAfter) }))
    }
    deps.report('authzen', error)
    return withId(c, plain(500, 'something went wrong on the server'))
  })
  return app
}

function discovery(base: string): Readonly<Record<string, string>> {
  const endpoints = AUTHZEN_DOORS.map(({ endpoint, path }) => [endpoint, `${base}${path}`])
  return { policy_decision_point: base, ...Object.fromEntries(endpoints) }
}

/** @throws {RequestRefused} 401 for nobody, 403 for a key that may not ask */
function requireKey({ ring, context, addressOf }: AuthzenRest, c: HonoContext): Asker {
  const [scheme = '', value = ''] = c.req.header('authorization')?.split(' ', 2) ?? []
  const key = keyIn(scheme.toLowerCase(), value)
  if (key === undefined) throw new RequestRefused(401, 'send an API key as a bearer token')
  const recognition = authenticate(ring, { key }, context.now(), addressOf(c.req.raw))
  if (!recognition.ok) {
    const isElsewhere = recognition.failure.name === 'key_address_refused'
    throw new RequestRefused(
      401,
      isElsewhere ? recognition.failure.message : 'the API key is not valid',
    )
  }
  const { asker } = recognition.who
  const { credential } = asker
  const scopes = context.standing.world.keys.get(credential.key)?.scopes ?? []
  if (scopes.includes('decisions') || scopes.includes('admin')) return asker
  throw new RequestRefused(403, 'this key may not ask for decisions: give it the scope `decisions`')
}

function questionsIn(body: unknown): number {
  const { evaluations } = (body ?? {}) as { readonly evaluations?: unknown }
  return Array.isArray(evaluations) && evaluations.length > 0 ? evaluations.length : 1
}

function keyIn(scheme: string, value: string): string | undefined {
  if (scheme === 'bearer' && value !== '') return value
  return scheme === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : undefined
}

/** @throws {RequestRefused} 400, 413 */
async function readBody(c: HonoContext, maxBytes: number): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new RequestRefused(400, 'send the request as `application/json`')
  }
  const bytes = await readBytes(c.req.raw, maxBytes).catch(() => {
    throw new RequestRefused(413, `the request is larger than ${maxBytes} bytes`)
  })
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new RequestRefused(400, 'the request is not JSON')
  }
}

/** A request's own id comes back with its answer, whatever the answer is. */
const echo: MiddlewareHandler = async (c, next) => {
  await next()
  const id = c.req.header('x-request-id')
  if (id !== undefined) c.res.headers.set('x-request-id', id)
  c.res.headers.set('cache-control', 'no-store')
}

function withId(c: HonoContext, response: Response): Response {
  const id = c.req.header('x-request-id')
  if (id !== undefined) response.headers.set('x-request-id', id)
  return response
}

function plain(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(message, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  })
}
