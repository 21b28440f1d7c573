// Everything HTTP on one port: health, then the doors of the app a request is for, then pages. One listener, one order.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import { encodeBody, errorBody, errorInfo } from '@sayso/protocol'
import { Hono, type MiddlewareHandler } from 'hono'
import { errorInfoOf } from '../ably/errors.ts'
import type { ConnectionKeys } from '../access/connection-key.ts'
import type { Apps } from '../apps.ts'
import type { Pictures } from '../auth/avatar.ts'
import { clientAddresses } from '../auth/client-address.ts'
import { sealer } from '../auth/sealed.ts'
import type { SetUpLink } from '../auth/set-up-link.ts'
import type { SignIn } from '../auth/sign-in.ts'
import { OwnerContexts } from '../desk/visitors/owner-context.ts'
import { WIDGET_SECRETS } from '../desk/widgets/widget.ts'
import type { HeldApp } from '../held-apps.ts'
import type { SetUp } from '../installation/installation.ts'
import type { Outbox } from '../mail/outbox.ts'
import { health } from '../observe/health.ts'
import type { Log } from '../observe/log.ts'
import { mayCollect as collects } from '../observe/metrics.ts'
import type { OneApp } from '../one-app.ts'
import type { Desk } from '../people/invitation-desk.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Settings } from '../settings.ts'
import { answerError } from './ably/answer.ts'
import { notFound } from './ably/credentials.ts'
import { ablyRest } from './ably/routes.ts'
import { sandboxRoutes } from './ably/sandbox.ts'
import { appRest } from './app/app.ts'
import type { AppRest, Privacy } from './app/deps.ts'
import { foremanOf, refuseUnknownApp } from './app/foreman.ts'
import { problemOf, problemResponse } from './app/problem.ts'
import { claimOf } from './app-of.ts'
import { authzenRest } from './authzen/authzen.ts'
import { filesRest } from './files.ts'
import { pages } from './pages.ts'
import { permitDoor } from './permit/door.ts'
import { Organization } from './permit/organization.ts'
import { permitRest } from './permit/routes.ts'
import { readWidgetFiles } from './widget/widget-files.ts'
import { widgetRest } from './widget/widget-rest.ts'

export type Http = {
  readonly core: OneApp & {
    readonly log: Log
    readonly signIn: SignIn
    readonly desk: Desk
    readonly outbox?: Outbox
    readonly hasNames: boolean
    readonly setUp: SetUpLink
    readonly keys: ConnectionKeys
    readonly apps: Apps
    readonly sandbox?: Sandbox
    readonly privacy: Privacy
  }
  readonly settings: Settings
  readonly secret: string
  readonly publicUrl: () => string
  readonly origins: () => ReadonlySet<string>
  readonly pages: string
  /** Folder of the built widget. */
  readonly widget: string
  readonly pictures: Pictures
  readonly installation: SetUp
  readonly metrics: () => string
}

type Bindings = { readonly incoming: IncomingMessage }

export function requestListener(
  http: Http,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { core } = http
  const report = (what: string, error: unknown) => core.log.error(what, error)
  const sockets = new WeakMap<Request, string>()
  const remoteAddress = (request: Request) => sockets.get(request) ?? ''
  const app = new Hono<{ Bindings: Bindings }>()
  app.use(async (c, next) => {
    sockets.set(c.req.raw, c.env.incoming.socket.remoteAddress ?? '')
    await next()
  })
  const trouble = () => core.trouble() ?? core.apps.trouble()
  const mayCollect = (request: Request) =>
    collects(http.settings.metrics, remoteAddress(request), request.headers)
  app.route('/', health({ trouble, metrics: http.metrics, mayCollect }))
  if (core.sandbox !== undefined) {
    const { maxFrameBytes: maxBodyBytes } = http.settings
    app.route('/', sandboxRoutes(core.sandbox, { maxBodyBytes, report }))
  }
  const doors = doorsOf(http, remoteAddress, report)
  app.use(toItsApp(core.apps, doors))
  app.route('/', doors.main)
  app.route('/', pages(http.pages))
  app.notFound((c) => answerError(c, notFound()))
  app.onError((error, c) => {
    const { problem, expected } = problemOf(error)
    const { info, expected: isWire } = errorInfoOf(error)
    if (!expected && !isWire) report('http', error)
    return c.req.path.startsWith('/api/') ? problemResponse(problem) : answerError(c, info)
  })
  const listener = getRequestListener(app.fetch, {
    errorHandler: (error) => {
      if (error instanceof RequestError) return unreadable()
      report('http', error)
      return new Response(null, { status: 500 })
    },
  })
  return (request, response) => void listener(request, response)
}

type Doors = {
  readonly main: Hono
  readonly mainDeps: AppRest
  readonly of: (app: HeldApp) => Hono
}

/** What is not the same for the main app and the others. */
type OfMainApp = Pick<AppRest, 'apps' | 'foreman' | 'pictures' | 'privacy' | 'installation'>

/** Pictures are of people who sign in: those of the main app. */
const NO_PICTURES: Pictures = {
  keep: async () => ({ ok: true, known: true }),
  read: async () => undefined,
  remove: async () => undefined,
}

/** Every route that serves an app, made once for each. */
function doorsOf(
  { core, settings, ...http }: Http,
  remoteAddress: AppRest['remoteAddress'],
  report: AppRest['report'],
): Doors {
  const client = clientAddresses(settings.trustedProxies)
  const shared = {
    signIn: core.signIn,
    desk: core.desk,
    hasNames: core.hasNames,
    ...(core.outbox === undefined ? {} : { outbox: core.outbox }),
    setUp: core.setUp,
    secret: http.secret,
    signUp: settings.signUp,
    ...(settings.appeal === undefined ? {} : { appeal: settings.appeal }),
    publicUrl: http.publicUrl,
    origins: http.origins,
    remoteAddress,
    addressOf: (request: Request) =>
      client(remoteAddress(request), request.headers.get('x-forwarded-for') ?? undefined),
    report,
  }
  const organization = new Organization(core.apps)
  const widgetFiles = readWidgetFiles(http.widget)
  const made = (app: HeldApp, more: OfMainApp) => {
    const ownerContexts = ownerContextsOf(app, http.secret)
    const erasures = app.erasures ?? core.privacy.erasures
    const deps = { ...app, ...shared, ...more, erasures, ownerContexts, maxBodyBytes: 65_536 }
    const doors = new Hono()
    doors.route('/', appRest(deps))
    doors.route('/', filesRest(deps))
    doors.route('/', widgetRest(deps, widgetFiles))
    const large = { ...deps, maxBodyBytes: settings.maxFrameBytes }
    doors.route('/', authzenRest(large))
    doors.route('/', permitRest(permitDoor(app, organization, shared)))
    doors.route('/', ablyRest(large))
    return { doors, deps }
  }
  const { pictures, installation } = http
  const main = made(core, { apps: core.apps, pictures, privacy: core.privacy, installation })
  const others = new WeakMap<HeldApp, Hono>()
  return {
    main: main.doors,
    mainDeps: main.deps,
    of(app) {
      const known =
        others.get(app) ?? made(app, { foreman: foremanOf(main.deps), pictures: NO_PICTURES }).doors
      others.set(app, known)
      return known
    },
  }
}

function ownerContextsOf({ context, webhooks }: HeldApp, secret: string): OwnerContexts {
  const { now, randomId } = context
  const { allowPrivate } = webhooks
  const { open } = sealer(secret, WIDGET_SECRETS)
  return new OwnerContexts({ now, randomId, open, allowPrivate })
}

/** A request for another app is answered by that app's own doors. */
function toItsApp(apps: Apps, doors: Doors): MiddlewareHandler {
  return async (c, next) => {
    const claim = claimOf(c)
    if (claim === undefined || claim.appId === apps.main.context.appId) return next()
    const app = await apps.find(claim.appId)
    if (app !== undefined) return doors.of(app).fetch(c.req.raw)
    // A credential of an app that is not here is one that nobody knows.
    return claim.by === 'credential' ? next() : refuseUnknownApp(doors.mainDeps, c)
  }
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
