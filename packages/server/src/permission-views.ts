// The live views of rights: what one connection may do, as a snapshot and then as differences. Pure: worlds in, payloads out.

import { isDeepStrictEqual } from 'node:util'
import {
  allowedActions,
  type Cause,
  type ChannelName,
  type Credential,
  channelOf,
  decide,
  isListed,
  listedResources,
  permissionDiff,
  type ResourceId,
  resourceOf,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type {
  AllPermissionsChange,
  AllPermissionsSnapshot,
  CauseView,
  ChannelPermissionsChange,
  ChannelPermissionsSnapshot,
  ResourceView,
  RoleView,
} from '@sayso/protocol'
import { deskOf, visibleChannels } from './desk/desk-type.ts'
import { isVisitorCredential } from './desk/visitors/credential.ts'
import { described } from './people/described.ts'
import { restrainedAt, restraintsOf } from './people/restraints.ts'
import { idOf, nameOf, rolesOf, tenantOf } from './people/roles.ts'
import type { Asked } from './standing-questions.ts'

/** What a view last said, so that only differences are sent. */
export type View = { readonly questions: ReadonlyMap<string, Asked> } & (
  | { readonly kind: 'channel'; readonly channel: ChannelName; readonly last: ResourceView }
  | {
      readonly kind: 'all'
      readonly last: ReadonlyMap<string, ResourceView>
      readonly roles: readonly RoleView[]
      readonly clientData: ClientData | undefined
    }
)

type ClientData = NonNullable<AllPermissionsSnapshot['clientData']>

const NO_QUESTIONS: View['questions'] = new Map()

/** Opens the view of one channel. Hidden and missing look alike: no actions, no roles, the key for a title. */
export function openChannelView(
  world: World,
  credential: Credential,
  channel: ChannelName,
): { view: View; snapshot: ChannelPermissionsSnapshot } {
  const last = channelView(world, credential, channel)
  return {
    view: { kind: 'channel', channel, last, questions: NO_QUESTIONS },
    snapshot: { ...last, revision: world.revision },
  }
}

/** Opens the view of everything the connection may see. */
export function openAllView(
  world: World,
  credential: Credential,
): { view: View; snapshot: AllPermissionsSnapshot } {
  const last = allViews(world, credential)
  const roles = tenantRoles(world, credential)
  const clientData = clientDataOf(world, credential)
  return {
    view: { kind: 'all', last, roles, clientData, questions: NO_QUESTIONS },
    snapshot: {
      subject: subjectOf(credential) ?? '',
      roles,
      resources: [...last.values()],
      ...(clientData === undefined ? {} : { clientData }),
      revision: world.revision,
    },
  }
}

/** What a rights entry changed in a view; undefined if nothing the reader can see. */
export function changeView(
  view: View,
  world: World,
  credential: Credential,
  entry: { readonly cause: Cause; readonly revision: number; readonly atMs: number },
): { view: View; payload: ChannelPermissionsChange | AllPermissionsChange } | undefined {
  const at = {
    cause: causeView(world, entry.cause, credential),
    revision: entry.revision,
    atMs: entry.atMs,
  }
  return view.kind === 'channel'
    ? changeChannel(view, world, credential, at)
    : changeAll(view, world, credential, at)
}

type At = { readonly cause: CauseView; readonly revision: number; readonly atMs: number }

function changeChannel(
  view: Extract<View, { kind: 'channel' }>,
  world: World,
  credential: Credential,
  at: At,
) {
  const last = channelView(world, credential, view.channel)
  if (sameView(view.last, last)) return undefined
  const { gained, lost } = permissionDiff(view.last.actions, last.actions)
  const payload: ChannelPermissionsChange = { ...last, gained, lost, ...at }
  return { view: { ...view, last }, payload }
}

function changeAll(
  view: Extract<View, { kind: 'all' }>,
  world: World,
  credential: Credential,
  at: At,
) {
  const last = allViews(world, credential)
  const roles = tenantRoles(world, credential)
  const gained: ResourceView[] = []
  const changed: (ResourceView & { gained: readonly string[]; lost: readonly string[] })[] = []
  for (const [resource, now] of last) {
    const before = view.last.get(resource)
    if (before === undefined) gained.push(now)
    else if (!sameView(before, now))
      changed.push({ ...now, ...permissionDiff(before.actions, now.actions) })
  }
  const lost = [...view.last.values()]
    .filter((before) => !last.has(before.resource))
    .map(({ resource, channel }) => ({ resource, ...(channel === undefined ? {} : { channel }) }))
  const clientData = clientDataOf(world, credential)
  const isSame =
    gained.length + changed.length + lost.length === 0 &&
    sameRoles(view.roles, roles) &&
    isDeepStrictEqual(view.clientData, clientData)
  if (isSame) return undefined
  const given = clientData === undefined ? {} : { clientData }
  const payload: AllPermissionsChange = { roles, gained, changed, lost, ...given, ...at }
  return { view: { ...view, last, roles, clientData }, payload }
}

/** The one attribute that is for the person's own screens; INVARIANT: no other is ever told to a client. */
function clientDataOf(world: World, credential: Credential): ClientData | undefined {
  const subject = subjectOf(credential)
  const data = subject && world.facts.person(subject)?.clientData
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data as ClientData)
    : undefined
}

function allViews(world: World, credential: Credential): ReadonlyMap<string, ResourceView> {
  const views = new Map<string, ResourceView>()
  const subject = subjectOf(credential)
  const visible = visibleChannels(world, credential)
  const listed = listedResources(world, credential, deskOf(world)?.type)
  const held = subject === undefined ? [] : restrainedAt(world, subject)
  for (const resource of [...visible, ...listed, ...held]) {
    const channel = channelOf(world.policy, resource)
    if (channel !== undefined) views.set(resource, channelView(world, credential, channel))
  }
  return views
}

function channelView(world: World, credential: Credential, channel: ChannelName): ResourceView {
  const resource = resourceOf(world.policy, channel)
  const actions = allowedActions(world, credential, channel)
  const plain = {
    resource: resource ?? channel,
    channel,
    title: titleOf(resource ?? channel),
    actions,
    roles: [],
  }
  if (resource === undefined) return plain
  const subject = subjectOf(credential)
  const restraints = subject === undefined ? [] : restraintsOf(world, subject, resource)
  const isShut = actions.length === 0 && restraints.length > 0
  const locked = isShut || isListed(world, credential, resource)
  if (actions.length === 0 && !locked) return plain
  return {
    ...plain,
    ...(locked ? { actions: [], locked } : { roles: rolesOf(world, subject, resource) }),
    ...(restraints.length > 0 ? { restraints } : {}),
    ...requestsIn(world, credential, resource, actions),
    ...untilOf(world, credential, resource, actions),
    ...described(world, subject, resource, { locked, mayConfigure: actions.includes('configure') }),
  }
}

/** When time alone may change it; for people only, as keys have no grants. */
function untilOf(
  world: World,
  credential: Credential,
  resource: ResourceId,
  [action]: readonly string[],
): { untilMs?: number } {
  const subject = subjectOf(credential)
  if (subject === undefined || action === undefined) return {}
  const untilMs = decide(world, { subject, action, resource, standing: true }).flipsAtMs
  return untilMs === undefined ? {} : { untilMs }
}

/** What the reader asked for, and what is asked of the reader. */
function requestsIn(
  world: World,
  credential: Credential,
  resource: ResourceId,
  actions: readonly string[],
): Pick<ResourceView, 'requested' | 'requests'> {
  const subject = subjectOf(credential)
  const asked = subject !== undefined && world.facts.request(subject, resource) !== undefined
  const requests = actions.includes('admit') ? [...world.facts.requestsOn(resource)].length : 0
  return { ...(asked ? { requested: true } : {}), ...(requests === 0 ? {} : { requests }) }
}

function titleOf(resource: string): string {
  return resource.slice(resource.indexOf(':') + 1)
}

function tenantRoles(world: World, credential: Credential): readonly RoleView[] {
  return rolesOf(world, subjectOf(credential), tenantOf(world))
}

function subjectOf(credential: Credential): SubjectId | undefined {
  return credential.kind === 'token' ? credential.subject : undefined
}

/** Visitors of sites learn of whoever answers by what is said only. */
function causeView(world: World, cause: Cause, credential: Credential): CauseView {
  const { command, by, reason } = cause
  return {
    command,
    ...(by === undefined || isVisitorCredential(credential)
      ? {}
      : { by: { id: idOf(by), name: nameOf(world, by) } }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** Everything of a view that is a single value. */
const SINGLE = [
  'title',
  'about',
  'glyph',
  'order',
  'locked',
  'requested',
  'requests',
  'untilMs',
  'paceSeconds',
  'readOnly',
  'archived',
  'blocked',
  'previews',
  'listed',
  'join',
] as const satisfies readonly (keyof ResourceView)[]

function sameView(a: ResourceView, b: ResourceView): boolean {
  return (
    SINGLE.every((field) => a[field] === b[field]) &&
    a.actions.length === b.actions.length &&
    a.actions.every((action, index) => action === b.actions[index]) &&
    sameRoles(a.roles, b.roles) &&
    isDeepStrictEqual(a.restraints, b.restraints) &&
    isDeepStrictEqual(a.people, b.people)
  )
}

/** By everything a screen shows: a policy edit may give a role another title and nothing else. */
function sameRoles(a: readonly RoleView[], b: readonly RoleView[]): boolean {
  return a.length === b.length && a.every((role, index) => sameRole(role, b[index]))
}

function sameRole(a: RoleView, b: RoleView | undefined): boolean {
  return (
    a.role === b?.role &&
    a.on === b.on &&
    a.title === b.title &&
    a.glyph === b.glyph &&
    a.tone === b.tone &&
    a.untilMs === b.untilMs
  )
}
