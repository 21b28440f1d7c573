// Live permissions on a realtime connection: listens to `[permissions]*`, asks single views on demand, tells what changed.

import type { ActionOf, ChannelOf, PolicyDocument, ResourceOf } from '@sayso/policy'
import type { ResourceView, RoleView } from '@sayso/protocol'
import {
  type Answer,
  answer,
  type Folded,
  findResource,
  foldChange,
  foldSingle,
  foldSnapshot,
  NOTHING,
  type PermissionChange,
  type Permissions,
  UNKNOWN,
} from './fold.ts'
import { type About, Questions } from './questions.ts'
import type { RealtimePort, StateChange, ViewChannel, ViewMessage } from './realtime-port.ts'
import { readAll, readAnswer, readChannel } from './views.ts'

/**
 * Who the reader is. `live` is false while the connection is gone, and until every kept answer has been given anew: the
 * last answers are kept but may be old.
 */
export type UserView = {
  readonly id: string
  readonly roles: readonly RoleView[]
  readonly live: boolean
  /** What the people who run the place give this person's screens: `clientData` of the users file. */
  readonly clientData?: Readonly<Record<string, unknown>>
}

/** What `can` takes as a place: `channel:lobby`, or the channel it governs, `chat:lobby`. */
export type PlaceOf<P> = ResourceOf<P> | ChannelOf<P>

/**
 * The reader's rights, always as the server last said.
 *
 * `can`, `resources`, `roles` and `user` return the same value until something changes. Asking about a resource the
 * server has not listed asks it, once; the answer is `known: false` until it comes.
 *
 * With the type of a policy made by `definePolicy`, only its actions, resources and channels compile.
 */
export type LivePermissions<P = PolicyDocument> = {
  /**
   * May I do `action` on `resource` (`channel:lobby`) or on the channel it governs (`chat:lobby`)? With `about`: may I
   * do it with that message? Such questions stand on the server until they are not read any more; at most 50 stand, and
   * when all of those are in use the next one stays `known: false`.
   */
  can(action: ActionOf<P>, resource: PlaceOf<P>, about?: About): Answer
  /** True once the first snapshot has come. */
  known(): boolean
  user(): UserView
  /** What the reader may see, in the order screens list it. */
  resources(): readonly ResourceView[]
  /** Roles on the tenant. */
  roles(): readonly RoleView[]
  /** Calls back whenever any answer may have changed. Returns the way out. */
  subscribe(listener: () => void): () => void
  /** Calls back with each change of rights, once, in order. Returns the way out. */
  onChange(listener: (change: PermissionChange) => void): () => void
  /** Leaves the views. Nothing is told afterwards. */
  close(): void
}

type View = { readonly channel: ViewChannel; stop(): void }

/** Follows the rights of whoever the connection belongs to. Close it when done. */
export function permissions<P = PolicyDocument>(realtime: RealtimePort): LivePermissions<P> {
  let state: Permissions = NOTHING
  let isListed = false
  let isClosed = false
  let user: UserView = { id: '', roles: [], live: false }
  const listeners = new Set<() => void>()
  const changeListeners = new Set<(change: PermissionChange) => void>()

  const redraw = () => {
    if (isClosed) return
    user = userOf(user, state, isListed && places.questions.isFresh())
    for (const listener of [...listeners]) listener()
  }
  const take = (folded: Folded, listed: boolean) => {
    if (isClosed) return
    const hasChanged = folded.next !== state || listed !== isListed
    state = folded.next
    isListed = listed
    if (!hasChanged) return
    redraw()
    if (folded.change === undefined) return
    for (const listener of [...changeListeners]) listener(folded.change)
  }
  const onAll = (message: ViewMessage) => {
    const read = readAll(message)
    if (read?.kind === 'snapshot') take(foldSnapshot(state, read.snapshot), true)
    if (read?.kind === 'change') take(foldChange(state, read.change), isListed)
  }
  const onSingle = (name: string, message: ViewMessage) => {
    const read = readChannel(message)
    if (read?.kind === 'snapshot') take(foldSingle(state, name, read.snapshot, true), isListed)
    if (read?.kind === 'change') take(foldSingle(state, name, read.change, false), isListed)
  }
  const places = placeViews(realtime, onSingle, redraw)
  const stale = () => take({ next: state }, false)
  const onConnection = (change: StateChange) => {
    if (change.current === 'connected') return
    places.questions.silent()
    stale()
  }
  realtime.connection.on(onConnection)
  const all = open(realtime, '[permissions]*', onAll, stale)

  return {
    can: (action, resource, about) => {
      if (about !== undefined) return places.questions.read(action, resource, about)
      const now = answer(state, action, resource)
      // Only once the list is here is it certain that the list says nothing about it. Later than now: `can` is called
      // while a screen is being drawn, and drawing must not touch the connection.
      if (now === UNKNOWN && state.known) queueMicrotask(() => places.open(resource))
      return now
    },
    known: () => state.known,
    user: () => user,
    resources: () => state.resources,
    roles: () => state.roles,
    subscribe: (listener) => joined(listeners, listener),
    onChange: (listener) => joined(changeListeners, listener),
    close: () => {
      isClosed = true
      realtime.connection.off(onConnection)
      all.stop()
      places.stop()
      listeners.clear()
      changeListeners.clear()
    },
  }
}

/** Finds the view of a resource by its name or by its channel. */
export function resourceNamed(
  views: readonly ResourceView[],
  name: string,
): ResourceView | undefined {
  return findResource({ ...NOTHING, resources: views }, name)
}

function open(
  realtime: RealtimePort,
  name: string,
  onMessage: (message: ViewMessage) => void,
  onGone: (current: string) => void,
): View {
  const channel = realtime.channels.get(name)
  const onState = (change: StateChange) => {
    if (change.current !== 'attached' && change.current !== 'update') onGone(change.current)
  }
  channel.on(onState)
  // Subscribing attaches. A refusal shows as a channel state, and the answers stay unknown.
  channel.subscribe(onMessage).catch(() => undefined)
  return {
    channel,
    stop: () => {
      channel.off(onState)
      channel.unsubscribe(onMessage)
      channel.detach().catch(() => undefined)
    },
  }
}

/** The views of single places, each opened once, on demand, and the questions that stand on them. */
function placeViews(
  realtime: RealtimePort,
  onMessage: (name: string, message: ViewMessage) => void,
  changed: () => void,
) {
  const views = new Map<string, View>()
  let isStopped = false
  const openView = (name: string) => {
    if (isStopped || views.has(name)) return
    const heard = (message: ViewMessage) => {
      const said = readAnswer(message)
      if (said !== undefined) return questions.answered(said)
      if (readChannel(message)?.kind === 'snapshot') questions.begin(name)
      onMessage(name, message)
    }
    const gone = (current: string) =>
      current === 'failed' ? questions.failed(name) : questions.silent(name)
    views.set(name, open(realtime, `[permissions]${name}`, heard, gone))
  }
  const questions = new Questions({
    open: openView,
    publish: async (name, event, data) => views.get(name)?.channel.publish(event, data),
    changed,
  })
  return {
    questions,
    open: openView,
    stop: () => {
      isStopped = true
      for (const view of views.values()) view.stop()
      views.clear()
    },
  }
}

/** The same value while it says the same. */
function userOf(before: UserView, state: Permissions, live: boolean): UserView {
  const [id, roles, clientData] = [personOf(state.subject), state.roles, state.clientData]
  const isSame =
    before.id === id &&
    before.roles === roles &&
    before.live === live &&
    before.clientData === clientData
  if (isSame) return before
  return { id, roles, live, ...(clientData === undefined ? {} : { clientData }) }
}

function joined<T>(set: Set<T>, one: T): () => void {
  set.add(one)
  return () => set.delete(one)
}

function personOf(subject: string): string {
  return subject.startsWith('user:') ? subject.slice('user:'.length) : subject
}
