// Everything HTTP on one port: health, Ably REST, our own API, pages. One listener, one order.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import { encodeBody, errorBody, errorInfo } from '@sayso/protocol'
import { Hono } from 'hono'
import type { ConnectionKeys } from '../access/connection-key.ts'
import type { KeyRing } from '../access/key-ring.ts'
import type { Pictures } from '../auth/avatar.ts'
import type { SetUpLink } from '../auth/set-up-link.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { health } from '../observe/health.ts'
import type { Log } from '../observe/log.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Settings } from '../settings.ts'
import { answerError } from './ably/answer.ts'
import { notFound } from './ably/credentials.ts'
import { ablyRest } from './ably/routes.ts'
import { sandboxRoutes } from './ably/sandbox.ts'
import { appRest } from './app/app.ts'
import { authzenRest } from './authzen/authzen.ts'
import { pages } from './pages.ts'
import { permitDeps } from './permit/deps.ts'
import { permitRest } from './permit/routes.ts'

export type Http = {
  readonly core: {
    readonly context: Context
    readonly hub: Hub
    readonly ring: KeyRing
    readonly log: Log
    readonly signIn: SignIn
    readonly setUp: SetUpLink
    readonly trouble: () => string | undefined
    readonly keys: ConnectionKeys
    readonly sandbox?: Sandbox
  }
  readonly settings: Settings
  readonly secret: string
  readonly publicUrl: () => string
  readonly origins: () => ReadonlySet<string>
  readonly pages: string
  readonly pictures: Pictures
  readonly counters: () => Readonly<Record<string, number>>
}

type Bindings = { readonly incoming: IncomingMessage }

export function requestListener(
  http: Http,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { core, settings } = http
  const report = (what: string, error: unknown) => core.log.error(what, error)
  const addresses = new WeakMap<Request, string>()
  const app = new Hono<{ Bindings: Bindings }>()
  app.use(async (c, next) => {
    addresses.set(c.req.raw, c.env.incoming.socket.remoteAddress ?? '')
    await next()
  })
  app.route('/', health({ trouble: core.trouble, counters: http.counters }))
  app.route(
    '/',
    appRest({
      ...core,
      secret: http.secret,
      signUp: settings.signUp,
      publicUrl: http.publicUrl,
      origins: http.origins,
      pictures: http.pictures,
      maxBodyBytes: 65_536,
      remoteAddress: (request) => addresses.get(request) ?? '',
      report,
    }),
  )
  const authzen = { publicUrl: http.publicUrl, maxBodyBytes: settings.maxFrameBytes, report }
  app.route('/', authzenRest({ ...core, ...authzen }))
  app.route('/', permitRest(permitDeps(core, (request) => addresses.get(request) ?? '')))
  if (core.sandbox !== undefined) {
    const { keys } = core
    const maxBodyBytes = settings.maxFrameBytes
    app.route('/', sandboxRoutes(core.sandbox, { keys, maxBodyBytes, report }))
  }
  app.route('/', ablyRest({ ...core, maxBodyBytes: settings.maxFrameBytes, report }))
  app.route('/', pages(http.pages))
  app.notFound((c) => answerError(c, notFound()))
  const listener = getRequestListener(app.fetch, {
    errorHandler: (error) => {
      if (error instanceof RequestError) return unreadable()
      report('http', error)
      return new Response(null, { status: 500 })
    },
  })
  return (request, response) => void listener(request, response)
}

/** A request line or host that makes no address: the sender's mistake, and no route to answer it. */
function unreadable(): Response {
  const info = errorInfo('bad_request', 'the address of the request cannot be read')
  const { bytes, contentType } = encodeBody('json', errorBody(info))
  return new Response(Buffer.from(bytes), {
    status: info.statusCode,
    headers: { 'content-type': contentType },
  })
}
