// What a reader may do, folded from snapshots and changes in their order. Pure: the sockets are in `live.ts`.

import type {
  AllPermissionsChange,
  AllPermissionsSnapshot,
  CauseView,
  ChannelPermissionsChange,
  ChannelPermissionsSnapshot,
  ResourceView,
  RoleView,
} from '@sayso/protocol'

/**
 * The answer to one question. `known` is false until the server has said something about it. `message` and `remedy`
 * say why not, where the question was about a message.
 */
export type Answer = {
  readonly allowed: boolean
  readonly known: boolean
  readonly message?: string
  readonly remedy?: string
}

/** A resource seen before and after, with what it was before. */
export type ChangedResource = ResourceView & {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  readonly before: ResourceView
}

/**
 * One change of rights as told to listeners. Without a `cause` it was found out on coming back.
 *
 * `gained` and `lost` are what one may enter now and could not before, and the other way round, whether it was hidden
 * or shown locked. Locked resources that come or go are told to nobody.
 */
export type PermissionChange = {
  readonly roles: readonly RoleView[]
  readonly rolesBefore: readonly RoleView[]
  readonly gained: readonly ResourceView[]
  readonly changed: readonly ChangedResource[]
  readonly lost: readonly ResourceView[]
  readonly cause?: CauseView
  readonly revision: number
  readonly atMs?: number
}

/** Everything known. `lost` remembers what was taken away, so that a question about it is answered and not asked. */
export type Permissions = {
  readonly known: boolean
  readonly subject: string
  readonly roles: readonly RoleView[]
  /** In the order screens list them. */
  readonly resources: readonly ResourceView[]
  readonly revision: number
  /** What the people who run the place give this person's screens. */
  readonly clientData?: Readonly<Record<string, unknown>> | undefined
  readonly lost: ReadonlySet<string>
  /** Answers of single views, by the name they were asked under. */
  readonly single: ReadonlyMap<string, ChannelPermissionsSnapshot>
}

export type Folded = { readonly next: Permissions; readonly change?: PermissionChange }

export const ALLOWED: Answer = Object.freeze({ allowed: true, known: true })
export const DENIED: Answer = Object.freeze({ allowed: false, known: true })
export const UNKNOWN: Answer = Object.freeze({ allowed: false, known: false })

export const NOTHING: Permissions = Object.freeze({
  known: false,
  subject: '',
  roles: [],
  resources: [],
  revision: -1,
  lost: new Set<string>(),
  single: new Map<string, ChannelPermissionsSnapshot>(),
})

/** Finds a visible resource by its own name (`channel:lobby`) or by the channel it governs (`chat:lobby`). */
export function findResource(state: Permissions, name: string): ResourceView | undefined {
  return state.resources.find((view) => view.resource === name || view.channel === name)
}

/** Answers from what is known now; `name` is a resource or a channel. */
export function answer(state: Permissions, action: string, name: string): Answer {
  const view = findResource(state, name) ?? state.single.get(name)
  if (view !== undefined) return view.actions.includes(action) ? ALLOWED : DENIED
  return state.lost.has(name) ? DENIED : UNKNOWN
}

/** Replaces everything by a snapshot. If an earlier one is known, what differs is told as a change without a cause. */
export function foldSnapshot(state: Permissions, snapshot: AllPermissionsSnapshot): Folded {
  const resources = inOrder(snapshot.resources)
  const visible = new Set(resources.map((view) => view.resource))
  const gone = state.resources.filter((view) => !visible.has(view.resource))
  const next: Permissions = {
    known: true,
    subject: snapshot.subject,
    roles: snapshot.roles,
    resources,
    clientData: unchanged(state.clientData, snapshot.clientData),
    revision: snapshot.revision,
    lost: withoutVisible([...state.lost, ...gone.flatMap(namesOf)], resources),
    single: state.single,
  }
  return state.known && state.subject === snapshot.subject
    ? { next, ...told(difference(state, next, gone)) }
    : { next }
}

/** The same value while it says the same, so that nothing is drawn anew for it. */
function unchanged<T>(before: T, now: T): T {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now
}

/** Folds one change. One that the snapshot already contained is skipped. */
export function foldChange(state: Permissions, change: AllPermissionsChange): Folded {
  if (!state.known || change.revision <= state.revision) return { next: state }
  const lostNames = new Set(change.lost.map((one) => one.resource))
  const fresh = [...change.gained, ...change.changed.map(bare)]
  const freshNames = new Set(fresh.map((view) => view.resource))
  const gone = state.resources.filter((view) => lostNames.has(view.resource))
  const kept = state.resources.filter(
    (view) => !lostNames.has(view.resource) && !freshNames.has(view.resource),
  )
  const resources = inOrder([...kept, ...fresh])
  const next: Permissions = {
    ...state,
    roles: change.roles,
    resources,
    clientData: unchanged(state.clientData, change.clientData),
    revision: change.revision,
    lost: withoutVisible([...state.lost, ...change.lost.flatMap(namesOf)], resources),
  }
  const changed = change.changed.map((one) => ({
    ...one,
    before: state.resources.find((view) => view.resource === one.resource) ?? bare(one),
  }))
  const told = { ...difference(state, next, gone), cause: change.cause, atMs: change.atMs }
  return { next, change: { ...told, changed: changed.filter(staysOpen) } }
}

/** Takes over the answer of a single view, asked under `name`. */
export function foldSingle(
  state: Permissions,
  name: string,
  view: ChannelPermissionsSnapshot | ChannelPermissionsChange,
  isSnapshot: boolean,
): Folded {
  const before = state.single.get(name)
  if (!isSnapshot && before !== undefined && view.revision <= before.revision)
    return { next: state }
  const single = new Map(state.single)
  single.set(name, { ...bare(view), revision: view.revision })
  const next = { ...state, single }
  if (before === undefined || findResource(state, name) !== undefined) return { next }
  const changed = [{ ...bare(view), ...moved(before.actions, view.actions), before: bare(before) }]
  const change: PermissionChange = {
    roles: state.roles,
    rolesBefore: state.roles,
    gained: [],
    changed,
    lost: [],
    revision: view.revision,
    ...('cause' in view ? { cause: view.cause, atMs: view.atMs } : {}),
  }
  return { next, ...told(change) }
}

function difference(
  before: Permissions,
  after: Permissions,
  lost: readonly ResourceView[],
): PermissionChange {
  const known = new Map(before.resources.map((view) => [view.resource, view]))
  const changed: ChangedResource[] = []
  const closed: ResourceView[] = []
  for (const view of after.resources) {
    const old = known.get(view.resource)
    if (old === undefined) continue
    if (isOpen(old) && !isOpen(view)) closed.push(old)
    const actions = moved(old.actions, view.actions)
    const isMoved = actions.gained.length + actions.lost.length > 0
    const one = { ...view, ...actions, before: old }
    if (staysOpen(one) && (isMoved || !sameRoles(old.roles, view.roles))) changed.push(one)
  }
  const wasOpen = (view: ResourceView) => {
    const old = known.get(view.resource)
    return old !== undefined && isOpen(old)
  }
  return {
    roles: after.roles,
    rolesBefore: before.roles,
    gained: after.resources.filter((view) => isOpen(view) && !wasOpen(view)),
    changed,
    lost: [...lost.filter(isOpen), ...closed],
    revision: after.revision,
  }
}

function isOpen(view: ResourceView): boolean {
  return view.locked !== true
}

/** Changed and neither opened nor closed by it. One that stays locked counts too: a request may have been answered. */
function staysOpen(one: ChangedResource): boolean {
  return isOpen(one) === isOpen(one.before)
}

function told(change: PermissionChange): { change?: PermissionChange } {
  const count = change.gained.length + change.changed.length + change.lost.length
  return count > 0 || !sameRoles(change.rolesBefore, change.roles) ? { change } : {}
}

function moved(before: readonly string[], after: readonly string[]) {
  return {
    gained: after.filter((action) => !before.includes(action)),
    lost: before.filter((action) => !after.includes(action)),
  }
}

function sameRoles(one: readonly RoleView[], other: readonly RoleView[]): boolean {
  const key = (roles: readonly RoleView[]) => roles.map((role) => `${role.on}#${role.role}`).sort()
  return key(one).join('\n') === key(other).join('\n')
}

function inOrder(views: readonly ResourceView[]): readonly ResourceView[] {
  const last = Number.MAX_SAFE_INTEGER
  return [...views].sort(
    (one, other) =>
      (one.order ?? last) - (other.order ?? last) ||
      one.title.localeCompare(other.title) ||
      one.resource.localeCompare(other.resource),
  )
}

function withoutVisible(names: readonly string[], visible: readonly ResourceView[]) {
  const shown = new Set(visible.flatMap(namesOf))
  return new Set(names.filter((name) => !shown.has(name)))
}

function namesOf(one: { readonly resource: string; readonly channel?: string }): string[] {
  return one.channel === undefined ? [one.resource] : [one.resource, one.channel]
}

/** What every view has, and what it may have. */
const FIELDS = [
  'channel',
  'about',
  'glyph',
  'order',
  'locked',
  'requested',
  'requests',
  'untilMs',
  'restraints',
  'paceSeconds',
  'readOnly',
  'archived',
  'blocked',
  'previews',
  'listed',
  'join',
  'people',
] as const satisfies readonly (keyof ResourceView)[]

/** A view without what came with it. */
function bare(view: ResourceView): ResourceView {
  const { resource, title, actions, roles } = view
  const there = FIELDS.filter((field) => view[field] !== undefined)
  return {
    resource,
    title,
    actions,
    roles,
    ...Object.fromEntries(there.map((field) => [field, view[field]])),
  }
}
