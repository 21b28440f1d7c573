// One app in motion: its log, its world, its hub, its keys. A server has one; a sandbox may add more.

import { randomBytes } from 'node:crypto'
import { emptyWorld, foldRights, type World } from '@sayso/policy'
import type {
  Analytics,
  DecisionLog,
  FeedEntry,
  Finder,
  Snapshot,
  Store,
  Trimmer,
} from '@sayso/store'
import { type KeyRing, keyRing } from './access/key-ring.ts'
import { KEY_USES_EVERY_MS, KeyUses } from './access/key-uses.ts'
import { RollUps } from './analytics/roll-ups.ts'
import { Reads } from './audit/reads.ts'
import type { ForeignTokens } from './auth/foreign-tokens.ts'
import type { Sealer } from './auth/sealed.ts'
import { backlogReader } from './backlog.ts'
import { cutOff, cutShutOut, cutViews } from './connections.ts'
import type { Context } from './context.ts'
import { DecisionChanges } from './decision-changes.ts'
import { DecisionRate } from './decision-rate.ts'
import { Desk } from './desk/desk.ts'
import { VisitorsNow } from './desk/visitors/door.ts'
import { tidyDevices } from './desk/visitors/tidy.ts'
import { type FilesOptions, openFiles } from './files/files.ts'
import { Hub } from './hub.ts'
import type { BatchEncoder } from './live-connection.ts'
import { Decisions } from './observe/decisions.ts'
import type { DecisionsLogged } from './observe/decisions-logged.ts'
import { FinderWatch } from './observe/finder-watch.ts'
import type { Log } from './observe/log.ts'
import { Meter } from './observe/meter.ts'
import { Overview } from './observe/overview.ts'
import { Refusals } from './observe/refusals.ts'
import { watchStore } from './observe/store-watch.ts'
import { OneByOne } from './one-by-one.ts'
import { News } from './own/news.ts'
import { OwnStates } from './own/own-states.ts'
import { Pace } from './pace.ts'
import { Plans } from './plans/plans.ts'
import { PublishRate } from './publish-rate.ts'
import { Holds } from './retention/holds.ts'
import { Retention, type RetentionOptions } from './retention/retention.ts'
import { Shadow } from './shadow/shadow.ts'
import { steadyNow } from './steady-clock.ts'
import { TimeKeeper } from './time-keeper.ts'
import { Turn } from './turn.ts'
import { Typing } from './typing.ts'
import { Webhooks } from './webhooks/webhooks.ts'

/** How often browsers of visitors who do not come back are forgotten; milliseconds. */
const TIDY_EVERY_MS = 6 * 3_600_000

export type OneApp = {
  readonly context: Context
  readonly hub: Hub
  readonly turn: Turn
  readonly ring: KeyRing
  readonly webhooks: Webhooks
  readonly decisionChanges: DecisionChanges
  /** A sentence while its store is in trouble. */
  readonly trouble: () => string | undefined
  readonly meter: Meter
  readonly overview: Overview
  /** Sets no more timers, and writes down what was only noted. */
  readonly stop: () => Promise<void>
}

export type OneAppOptions = {
  readonly appId: string
  readonly sealer: Sealer
  readonly encode: BatchEncoder
  readonly log: Log
  readonly foreign?: ForeignTokens | undefined
  /** One of the apps beside the main one: nobody without a key of it learns that it exists. */
  readonly isHidden?: boolean
  /** Publishes per second on one channel; 0: no limit. */
  readonly channelRate?: number
  /** Questions per second of one key; 0: no limit. */
  readonly decisionRate?: number
  /** Webhooks may go to private addresses and by plain http. */
  readonly privateWebhooks?: boolean
  /** Absent: no decision is kept. */
  readonly decisions?: DecisionLog
  /** Default `checks`. */
  readonly decisionsLogged?: DecisionsLogged
  /** Absent: no numbers of the past are kept. */
  readonly analytics?: Analytics
  /** Absent: what was said is kept for good. */
  readonly trimmer?: Trimmer
  /** Where files are kept, and how much. */
  readonly files: Pick<FilesOptions, 'folder' | 'limits' | 'links'>
}

/** One whose messages can be found; without an index there is no search. */
export type IndexedStore = Store & {
  readonly finder?: () => Finder
  readonly stats?: () => { readonly committedAtMs: number }
}

/** Loads what is stored and starts to fold the feed. Nothing may write to the store before this returns. */
export async function openApp(store: IndexedStore, options: OneAppOptions): Promise<OneApp> {
  const { appId, encode, log } = options
  const snapshot = await store.load()
  const meter = new Meter()
  const noted = notedBy(options, (): World => hub.world, meter)
  const turn = new Turn((run) => setImmediate(run), steadyNow)
  const hub: Hub = hubOf(snapshot, store, { encode, log, noted, turn, meter })
  const uses = await new KeyUses(steadyNow).load(store)
  const watch = watchStore(store, steadyNow)
  const webhooks = webhooksOf(store, hub, options)
  const plans = new Plans(() => time.plan())
  const shadow = tried(watch.store, hub, noted, log)
  const time = timeKeeper(() => context, plans, log)
  const finding = new FinderWatch()
  const own = ownStatesOf(store, hub, log)
  const [news, desk] = [newsOf(own, hub), deskOf(store, hub, log, () => context)]
  const keeping = await keepingOf(store, options, { context: () => context, hub: () => hub })
  const context: Context = {
    ...limitOf(options),
    ...noted,
    ...keeping,
    standing: hub,
    store: desk.attend(plans.attend(own.attend(webhooks.attend(keeping.attend(watch.store))))),
    desk,
    plans,
    shadow,
    own,
    finder: store.finder && finding.watch(store.finder),
    now: steadyNow,
    randomId,
    appId,
    reads: new Reads(steadyNow),
    time,
    ...countersOf(store, hub, desk, log),
    files: filesOf(options, watch.store, (file) => keeping.holds.onFile(hub.world, file)),
    amending: new OneByOne(),
    analytics: options.analytics,
  }
  const decisionChanges = new DecisionChanges(steadyNow, (error) => log.error('decisions', error))
  store.subscribe((entries) => {
    desk.foresee(entries)
    folding({ hub, decisionChanges, meter, turn }, entries, store.stats?.().committedAtMs)
    news.fold(entries)
    desk.fold(entries)
    if (!entries.some((entry) => entry.kind === 'rights')) return
    uses.keep(hub.world.keys)
    time.plan()
    keeping.fold(entries)
  })
  await webhooks.reload()
  await Promise.all([context.pace.load(store), plans.load(store), shadow.load(), desk.load()])
  await begin(context, time, desk)
  const rollUps = rollUpsOf(options, hub)
  const stopFlushing = flushing(() => uses.flush(store), log)
  const timers = [time, webhooks, news, own.whereabouts, rollUps]
  const stop = stopping(context, desk, timers, stopFlushing)
  const seen = { hub, meter, webhooks, time, plans, ...noted, store: watch, finder: finding }
  const overview = new Overview({ ...seen, now: steadyNow, more: () => [rollUps.condition()] })
  const ring = ringOf(options, hub, uses)
  const { trouble } = watch
  return { context, hub, turn, ring, webhooks, decisionChanges, meter, overview, trouble, stop }
}

/** What ended while nobody ran ends before anybody is answered; what is past goes meanwhile. */
async function begin(context: Context, time: TimeKeeper, desk: Desk): Promise<void> {
  time.plan()
  await time.settle()
  desk.open(context)
  context.retention.soon()
}

/** Timers first, then what is under way, then what was only noted. */
function stopping(
  { retention, files, shadow }: Context,
  desk: Desk,
  timers: readonly { stop(): void }[],
  stopFlushing: () => Promise<void>,
): OneApp['stop'] {
  return async () => {
    for (const each of timers) each.stop()
    await retention.stop()
    await Promise.all([files.stop(), shadow.stop(), desk.stop()])
    await stopFlushing()
  }
}

function ringOf(
  { appId, sealer, foreign, isHidden = false }: OneAppOptions,
  hub: Hub,
  uses: KeyUses,
): KeyRing {
  return keyRing(appId, () => hub.world, sealer, uses, { foreign, isHidden })
}

type Folding = Pick<OneApp, 'hub' | 'decisionChanges' | 'meter' | 'turn'>

/** The hub as of what is stored. */
function hubOf(
  snapshot: Snapshot,
  store: Store,
  parts: Pick<OneAppOptions, 'encode' | 'log'> & {
    readonly noted: Pick<Context, 'refusals'>
    readonly turn: Turn
    readonly meter: Meter
  },
): Hub {
  const { encode, log, noted, turn, meter } = parts
  return new Hub({
    world: foldRights(emptyWorld, snapshot.changes, snapshot.rightsRevision),
    revision: snapshot.revision,
    head: snapshot.serial,
    encode,
    meter,
    now: steadyNow,
    soon: turn.early,
    later: (run) => void setImmediate(run),
    refused: (failure) => noted.refusals.note(failure),
    keepPresence: (notes) =>
      store.notePresence(notes).catch((error: unknown) => log.error('presence', error)),
    readBacklog: backlogReader(store, (error) => log.error('backlog', error)),
  })
}

/** How often people and visitors do things. Browsers that do not come back are forgotten in quiet. */
function countersOf(
  store: Store,
  hub: Hub,
  { book }: Desk,
  log: Log,
): Pick<Context, 'pace' | 'typing' | 'visitors'> {
  const tidy = () => tidyDevices(store, () => hub.world, steadyNow())
  setInterval(() => tidy().catch((error) => log.error('visitors', error)), TIDY_EVERY_MS).unref()
  const visitors = new VisitorsNow(steadyNow, book)
  return { pace: new Pace(steadyNow), typing: new Typing(steadyNow), visitors }
}

function timeKeeper(context: () => Context, plans: Plans, log: OneAppOptions['log']): TimeKeeper {
  const report = (error: unknown) => log.error('time', error)
  return new TimeKeeper({ context, plans, timer: timed, report })
}

function tried(
  store: Store,
  hub: Hub,
  { decisions }: Pick<Context, 'decisions'>,
  log: Log,
): Shadow {
  return new Shadow({
    store,
    world: () => hub.world,
    watch: (watcher) => decisions.watch(watcher),
    now: steadyNow,
    timer: timed,
    report: (error) => log.error('shadow', error),
  })
}

function notedBy(
  { decisions: log, decisionsLogged: logged = 'checks' }: OneAppOptions,
  world: () => World,
  meter: Meter,
): Pick<Context, 'refusals' | 'decisions'> {
  const decisions = new Decisions({ log, logged, now: steadyNow, world, meter })
  return { refusals: new Refusals(decisions), decisions }
}

function limitOf({
  channelRate = 0,
  decisionRate = 0,
}: OneAppOptions): Pick<Context, 'channelRate' | 'decisionRate'> {
  return {
    ...(channelRate > 0 && { channelRate: { perSecond: channelRate, rate: new PublishRate() } }),
    ...(decisionRate > 0 && { decisionRate: new DecisionRate(decisionRate, steadyNow) }),
  }
}

function rollUpsOf({ analytics, decisions, log }: OneAppOptions, hub: Hub): RollUps {
  return new RollUps({
    analytics,
    position: () => hub.revision + (decisions?.counters().written ?? 0),
    now: steadyNow,
    report: (error) => log.error('analytics', error),
  })
}

function filesOf(
  { files, log }: OneAppOptions,
  store: Store,
  isHeld: FilesOptions['isHeld'],
): Context['files'] {
  const report = (error: unknown) => log.error('files', error)
  return openFiles({ ...files, store, now: steadyNow, isHeld, report })
}

/** Holds are known before anything can be removed; how long things are kept is looked at again with every policy. */
async function keepingOf(
  store: Store,
  { trimmer, log }: OneAppOptions,
  parts: Pick<RetentionOptions, 'context' | 'hub'>,
) {
  const holds = await new Holds(steadyNow).load(store)
  const report = (error: unknown) => log.error('retention', error)
  const retention = new Retention({ ...parts, trimmer, timer: timed, report })
  const isPolicy = (entry: FeedEntry) =>
    entry.kind === 'rights' && entry.changes.some(({ kind }) => kind === 'put-policy')
  return {
    holds,
    retention,
    attend: (inner: Store) => holds.attend(inner),
    fold: (entries: readonly FeedEntry[]) => entries.some(isPolicy) && retention.soon(),
  }
}

function timed(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function webhooksOf(store: Store, hub: Hub, { sealer, log, ...options }: OneAppOptions): Webhooks {
  return new Webhooks({
    store,
    world: () => hub.world,
    sealer,
    now: steadyNow,
    allowPrivate: options.privateWebhooks === true,
    report: (error) => log.error('webhooks', error),
  })
}

function ownStatesOf(store: Store, hub: Hub, log: Log): OwnStates {
  const report = (error: unknown) => log.error('own state', error)
  const world = () => hub.world
  return new OwnStates({ store, world, timer: timed, now: steadyNow, head: () => hub.head, report })
}

function deskOf(store: Store, hub: Hub, log: Log, context: () => Context): Desk {
  const report = (error: unknown) => log.error('desk', error)
  return new Desk({ store, hub, context, timer: timed, report })
}

function newsOf(own: OwnStates, hub: Hub): News {
  return new News({
    world: () => hub.world,
    listeners: () => own.listeners(),
    tell: (listener, news) => own.tellNews(listener, news),
    timer: timed,
  })
}

/** Folds entries in their order; what a change of rights ends is ended before the next one. */
function folding(
  { hub, decisionChanges, meter, turn }: Folding,
  entries: readonly FeedEntry[],
  committedAtMs: number | undefined,
): void {
  meter.committed(committedAtMs)
  const { sinceMs } = meter
  for (const entry of entries) {
    const before = hub.world
    meter.told(entry)
    meter.sinceMs = sinceMs
    hub.fold([entry])
    if (entry.kind !== 'rights') continue
    decisionChanges.fold({ before, after: hub.world, entry })
    cutOff(hub, entry, steadyNow())
    cutShutOut(hub, entry.changes, steadyNow())
    cutViews(hub, steadyNow())
    // Sockets write in the order in which they were touched: behind the last that is told of this.
    const told = { leave: () => meter.revoked(sinceMs) }
    void hub.settled().then(() => turn.touch(told))
  }
}

/** Writes down at intervals what was only noted; what it returns does it once more and ends it. */
function flushing(work: () => Promise<void>, log: Log): () => Promise<void> {
  const flush = () => work().catch((error) => log.error('key uses', error))
  const timer = setInterval(flush, KEY_USES_EVERY_MS).unref()
  return () => {
    clearInterval(timer)
    return flush()
  }
}

/** Letters and digits: it stands in ids, before colons and dots. */
function randomId(bytes = 13): string {
  return randomBytes(bytes).toString('base64url').replaceAll(/[-_]/g, 'x')
}
