// The composition root: the only place that picks a backend and wires the parts. `start` is the whole server.

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KeyId, Policy } from '@sayso/policy'
import {
  createEraser,
  createTrimmer,
  openAnalyticsFiles,
  openDecisionFiles,
  openSqliteStore,
  type SqliteStore,
} from '@sayso/store/sqlite'
import { claimedApp } from './access/claimed-app.ts'
import { type ConnectionKeys, connectionKeys } from './access/connection-key.ts'
import { type Apps, openApps } from './apps.ts'
import { openPictures, type Pictures } from './auth/avatar.ts'
import { clientAddresses } from './auth/client-address.ts'
import { deriveKey } from './auth/derived-key.ts'
import { type ForeignTokens, foreignTokens } from './auth/foreign-tokens.ts'
import { sealer } from './auth/sealed.ts'
import { makeSetUpToken, SetUpLink } from './auth/set-up-link.ts'
import { moveConnection, tickConnections } from './connections.ts'
import { Erasures } from './erasure/erasures.ts'
import { erasuresBeside } from './erasure/erasures-beside.ts'
import { founder } from './founding.ts'
import { type HeldApp, HeldApps, told } from './held-apps.ts'
import { type Installation, openInstallation } from './identity.ts'
import { openSetUp } from './installation/installation.ts'
import { countersOf } from './observe/counters.ts'
import { type Log, openLog } from './observe/log.ts'
import { metricsText } from './observe/metrics.ts'
import { type OneApp, type OneAppOptions, openApp } from './one-app.ts'
import { openPeople, type People } from './open-people.ts'
import { hasOwner } from './people/owner.ts'
import { actionsLacking } from './policy-lacks.ts'
import type { Privacy } from './rest/app/deps.ts'
import { requestListener } from './rest/http.ts'
import { permitDoor } from './rest/permit/door.ts'
import { openOpaPort } from './rest/permit/opa-port.ts'
import { Organization } from './rest/permit/organization.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'
import type { Settings } from './settings.ts'
import { steadyNow } from './steady-clock.ts'
import { waitingRoom } from './waiting-room.ts'
import { presentedIn } from './wire/ably/connect.ts'
import { encodeBatch } from './wire/ably/frames.ts'
import { type Gateway, gateway } from './wire/ably/gateway.ts'
import { type OutboundStats, outboundStats } from './wire/ably/outbound.ts'
import { DEFAULT_LIMITS, type Wire } from './wire/ably/wire.ts'

/** How often connections are looked at: ends of tokens, graces, heartbeats; milliseconds. */
const TICK_MS = 250

/** How often the numbers of each app are taken; milliseconds. */
const SAMPLE_MS = 1_000

/** How long a far end may take to say goodbye when the server stops; milliseconds. */
const CUT_AFTER_MS = 2_000

export type Running = {
  /** Where it can be reached, for example `http://127.0.0.1:8080`. */
  readonly url: string
  readonly port: number
  /** Printed once: the first key made by this start. */
  readonly firstKey: string | undefined
  /** Present until there is an owner. */
  readonly setUpUrl: string | undefined
  readonly counters: () => Readonly<Record<string, number>>
  /** Drains: stops accepting, flushes, tells clients to come back. */
  stop(): Promise<void>
}

export type Options = {
  /** Folder of the built pages. */
  readonly pages?: string
  /** Folder of the built widget. */
  readonly widget?: string
  /** Takes log lines. */
  readonly write?: (line: string) => void
}

type Core = OneApp & {
  readonly store: SqliteStore
  readonly beside: Beside
  readonly log: Log
  readonly keys: ConnectionKeys
  readonly held: HeldApps
  readonly apps: Apps
  readonly sandbox?: Sandbox
}

/** Starts the server; resolves when it answers. @throws {SettingsInvalid | PolicyInvalid | Error} with a sentence */
export async function start(settings: Settings, options: Options = {}): Promise<Running> {
  const log = openLog(
    settings.log,
    Date.now,
    options.write ?? ((line) => process.stderr.write(line)),
  )
  const installation = openInstallation(settings)
  const core = await openCore(settings, installation, log)
  const server = createServer({ maxHeaderSize: 32_768, requestTimeout: 60_000 })
  const letIn = waitingRoom(server)
  await listen(server, settings)
  const { port } = server.address() as AddressInfo
  const local = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`
  const url = settings.publicUrl ?? local
  const { secret } = installation
  const trustedOrigins = loopbackAliases(url)
  const dialect = core.store.authDialect
  const people = await openPeople({ settings, secret, core, dialect, url, trustedOrigins })
  const pictures = openPictures({
    folder: join(settings.data, 'pictures'),
    now: Date.now,
    trustedOrigins: settings.oidc === undefined ? [] : [new URL(settings.oidc.issuer).origin],
  })
  const privacy = await privacyOf(settings, core, people, pictures)
  const report = (error: unknown) => log.error('backups', error)
  const inForce = openSetUp(settings, { now: steadyNow, report })
  const setUpToken = makeSetUpToken(randomBytes)
  const setUp = new SetUpLink(setUpToken, Date.now())
  const stats = outboundStats()
  const door = openGateway(settings, core, stats)
  const counters = () =>
    countersOf({ apps: everyApp(core), known: core.apps, sockets: door.socketCount(), stats })
  letIn({
    request: requestListener({
      core: { ...core, ...people.doors, setUp, privacy },
      settings,
      secret,
      publicUrl: () => url,
      origins: () => new Set([new URL(url).origin, local, ...loopbackAliases(local)]),
      pages: options.pages ?? builtOf('web/dist'),
      widget: options.widget ?? builtOf('widget/dist/served'),
      metrics: () => metricsText(counters(), everyApp(core)),
      pictures,
      installation: inForce,
    }),
    upgrade: door.upgrade,
  })
  const opa = await openOpaPort(settings, (addressOf) => {
    const report = (what: string, error: unknown) => log.error(what, error)
    return permitDoor(core, new Organization(core.apps), { addressOf, report })
  })
  const stopTicking = ticking(core, door)
  for (const { context, hub } of everyApp(core)) sayLacking(log, context.appId, hub.world.policy)
  log.info('started', { url, port })
  return {
    url,
    port,
    firstKey: installation.firstKey?.isNew === true ? installation.firstKey.keyString : undefined,
    setUpUrl: hasOwner(core.hub.world) ? undefined : `${url}/setup?token=${setUpToken}`,
    counters,
    stop: async () => {
      await opa?.close()
      await inForce.backups.stop()
      await privacy.erasures.stop()
      await stop(core, people, server, door, stopTicking)
    },
  }
}

/** A folder of another package, as the builds leave it. */
function builtOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}

async function openCore(settings: Settings, installation: Installation, log: Log): Promise<Core> {
  const store = await openSqliteStore({ folder: settings.data })
  const seal = sealer(installation.secret)
  const { channelRate, decisionRate, privateWebhooks } = settings
  const { logged: decisionsLogged } = settings.decisions
  const beside = filesBeside(settings, log)
  const options = {
    encode: encodeBatch,
    channelRate,
    decisionRate,
    privateWebhooks,
    sealer: seal,
    log,
    decisionsLogged,
  }
  const { appId, secret } = installation
  const hex = (bytes: number) => randomBytes(bytes).toString('hex')
  const boot = hex(4)
  const keysOf = (of: string) => connectionKeys(of, boot, () => hex(6))
  const app = await openApp(store, {
    ...options,
    appId,
    foreign: foreignOf(settings, appId),
    trimmer: createTrimmer(store.authDialect),
    ...beside.of(settings.data),
  })
  // Keys sealed under another secret would fail at the first connection: say so now.
  for (const { sealedSecret, previous } of app.hub.world.keys.values()) {
    seal.open(sealedSecret)
    if (previous !== undefined) seal.open(previous.sealedSecret)
  }
  const found = founder(settings.policyFile, seal)
  const { firstKey } = installation
  await found(app, firstKey)
  if (firstKey !== undefined && !app.hub.world.keys.has(firstKey.keyId as KeyId))
    log.info('root-key', { message: 'SAYSO_ROOT_KEY names a key that was revoked: it stays so' })
  const held = new HeldApps(async (id, folder) => {
    const own = await openSqliteStore({ folder })
    const ownKeys = keysOf(deriveKey(secret, `connections of ${id}`).toString('base64url'))
    const opened = await openApp(own, {
      ...options,
      appId: id,
      ...beside.of(folder),
      trimmer: createTrimmer(own.authDialect),
      isHidden: true,
    })
    const erasures = await erasuresBeside(createEraser(own.authDialect), opened, log)
    return { ...opened, keys: ownKeys, erasures }
  })
  const report = (what: string, error: unknown) => log.error(what, error)
  const keys = keysOf(secret)
  const folder = join(settings.data, 'apps')
  const apps = await openApps({
    main: { ...app, keys },
    held,
    folder,
    found,
    now: Date.now,
    report,
  })
  const sandbox = settings.sandbox ? await openSandbox(settings.data, seal, held) : undefined
  const core = { ...app, store, beside, log, keys, held, apps }
  return { ...core, ...(sandbox === undefined ? {} : { sandbox }) }
}

/** What a crash left of an erasure is done before anybody is answered. */
async function privacyOf(
  { deletedMessages }: Settings,
  { store, hub, context, log }: Core,
  { doors }: People,
  pictures: Pictures,
): Promise<Privacy> {
  const eraser = createEraser(store.authDialect)
  const { accounts } = doors.signIn
  const report = (error: unknown) => log.error('erasure', error)
  const erasures = new Erasures({ context, hub, eraser, accounts, pictures, report })
  await erasures.resume()
  return { eraser, erasures, deletedMessages }
}

type Beside = {
  /** What an app keeps in its folder beside its log. */
  of(folder: string): Pick<OneAppOptions, 'decisions' | 'analytics' | 'files'>
  close(): Promise<void>
}

function filesBeside(settings: Settings, log: Log): Beside {
  const decisions = openDecisionFiles({
    now: steadyNow,
    report: (error) => log.error('decisions', error),
  })
  const analytics = openAnalyticsFiles(steadyNow)
  return {
    of: (folder) => ({
      decisions: decisions.open(folder, settings.decisions.kept),
      analytics: analytics.open(folder, settings.analytics),
      files: filesIn(settings, folder),
    }),
    // Who follows a log lets go of it before its writer closes.
    close: async () => {
      await analytics.close()
      await decisions.close()
    },
  }
}

function filesIn({ files: limits, links }: Settings, folder: string) {
  return { folder: join(folder, 'files'), limits, links }
}

/** The main app, and every other that is open. */
function everyApp(core: Core): readonly OneApp[] {
  return [core, ...core.held.values()]
}

function foreignOf({ jwks }: Settings, appId: string): ForeignTokens | undefined {
  return jwks && foreignTokens({ ...jwks, keyName: `${appId}.${jwks.key}` }, steadyNow)
}

function openGateway(settings: Settings, core: Core, stats: OutboundStats): Gateway {
  const addresses = clientAddresses(settings.trustedProxies)
  const shared = {
    limits: {
      ...DEFAULT_LIMITS,
      outboundBytes: settings.outboundBytes,
      maxFrameBytes: settings.maxFrameBytes,
      connectionRate: settings.connectionRate,
    },
    stats,
    startedAtMs: steadyNow(),
    addressOf: ({ headers, socket }: IncomingMessage) =>
      addresses(socket.remoteAddress, headers['x-forwarded-for']?.toString()),
    later: (run: () => void, ms: number) => void setTimeout(run, ms),
    report: (what: string, error: unknown) => core.log.error(what, error),
  }
  const wire: Wire = { ...core, ...shared }
  const wires = new WeakMap<OneApp, Wire>()
  const wireFor = (app: HeldApp): Wire => {
    const known = wires.get(app) ?? { ...app, ...shared }
    wires.set(app, known)
    return known
  }
  return gateway(wire, (params) => {
    const claimed = claimedApp(presentedIn(params))
    if (claimed === undefined || claimed === core.context.appId) return wire
    const app = core.apps.find(claimed)
    if (app === undefined) return wire
    return app instanceof Promise ? app.then(wireFor) : wireFor(app)
  })
}

/** What happens at intervals in every app. @returns how to end it */
function ticking(core: Core, door: Gateway): () => void {
  const tick = setInterval(() => {
    for (const { hub } of everyApp(core)) tickConnections(hub, steadyNow())
    door.tick()
  }, TICK_MS)
  const sample = setInterval(() => {
    for (const { overview, context } of everyApp(core)) {
      overview.sample()
      context.visitors.site.tick()
    }
  }, SAMPLE_MS)
  return () => {
    clearInterval(tick)
    clearInterval(sample)
  }
}

function listen(server: Server, settings: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** On one's own machine `localhost` and `127.0.0.1` are the same place. */
function loopbackAliases(url: string): string[] {
  const { protocol, hostname, port } = new URL(url)
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return []
  return ['127.0.0.1', 'localhost', '[::1]'].map(
    (host) => `${protocol}//${host}${port === '' ? '' : `:${port}`}`,
  )
}

/** Stop accepting, tell clients to come back, flush what is accepted. */
async function stop(
  core: Core,
  people: People,
  server: Server,
  door: Gateway,
  stopTicking: () => void,
): Promise<void> {
  stopTicking()
  for (const app of everyApp(core)) await app.stop()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const { hub } of everyApp(core)) {
    for (const connection of [...hub.connections()])
      moveConnection(hub, connection, { name: 'drain' }, steadyNow())
  }
  server.closeIdleConnections()
  await people.stop()
  await told()
  await core.beside.close()
  await core.held.close()
  await core.store.close()
  const cut = setTimeout(() => {
    server.closeAllConnections()
    door.cut()
  }, CUT_AFTER_MS)
  await closed
  clearTimeout(cut)
}

/** Said once to whoever upgrades. */
function sayLacking(log: Log, app: string, policy: Policy): void {
  const lacking = actionsLacking(policy)
  if (lacking.length === 0) return
  log.info('policy-lacks-actions', {
    app,
    actions: lacking.join(' '),
    message:
      'the type `tenant` of the policy does not list them: add them in the dashboard, under Policy',
  })
}
