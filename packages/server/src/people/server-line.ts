// The line the server writes into a channel when roles change there: a sentence for everybody, a value for screens.

import type { NewMessage } from '@sayso/channel'
import {
  channelOf,
  foldRights,
  isRestraint,
  type ResourceId,
  type RightsChange,
  type RoleName,
  roleView,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { ServerLine } from '@sayso/protocol'
import type { NewEntry } from '@sayso/store'
import { type Asker, actorOf } from '../commands/asker.ts'
import { idOf, nameOf, rolesOf } from './roles.ts'

/** What the line tells: the command, on what, to whom. */
export type LineOf = {
  readonly command: string
  readonly resource: ResourceId
  readonly subject: SubjectId
  readonly reason?: string
}

/** Writes the line as it will be true once the changes hold. */
export function serverLine(
  world: World,
  by: string,
  move: LineOf,
  changes: readonly RightsChange[],
): NewMessage {
  const after = foldRights(world, changes, world.revision)
  const roles = rolesOf(after, move.subject, move.resource)
  const line: ServerLine = {
    event: 'roles_changed',
    command: move.command,
    subject: { id: idOf(move.subject), name: nameOf(world, move.subject) },
    by: { id: idOf(by), name: nameOf(world, by) },
    roles,
    ...(move.reason === undefined ? {} : { reason: move.reason }),
  }
  const role = roles.find((view) => view.on === move.resource)?.title ?? 'no role'
  const data = `${line.subject.name} was made ${role.toLowerCase()} by ${line.by?.name ?? 'the server'}`
  return { name: 'sayso.roles_changed', data, extras: { sayso: line } }
}

/** The line that tells of a message that was pinned, or taken down again. */
export function pinLine(
  world: World,
  by: string,
  kind: 'pin' | 'unpin',
  message: string,
): NewMessage {
  const subject = { id: idOf(by), name: nameOf(world, by) }
  const event = kind === 'pin' ? 'message_pinned' : 'message_unpinned'
  const line: ServerLine = { event, command: kind, subject, roles: [], message }
  const data = `${subject.name} ${kind === 'pin' ? 'pinned a message' : 'took a pinned message down'}`
  return { name: `sayso.${event}`, data, extras: { sayso: line } }
}

/** The line of a restraint that is given or taken: `Ada was muted by Grace`. */
export function restraintLine(
  world: World,
  by: string,
  move: LineOf & { readonly role: RoleName; readonly untilMs?: number },
  changes: readonly RightsChange[],
): NewMessage {
  const { resource, subject, role, untilMs, reason } = move
  const after = foldRights(world, changes, world.revision)
  const isGiven = changes.some(({ kind }) => kind === 'assign')
  const restraint = {
    ...roleView(world.policy, role, resource),
    ...(untilMs === undefined ? {} : { untilMs }),
  }
  const line: ServerLine = {
    event: isGiven ? 'restrained' : 'released',
    command: move.command,
    subject: { id: idOf(subject), name: nameOf(world, subject) },
    by: { id: idOf(by), name: nameOf(world, by) },
    roles: rolesOf(after, subject, resource),
    restraint,
    ...(reason === undefined ? {} : { reason }),
  }
  const what = `${isGiven ? 'was' : 'is no longer'} ${restraint.title.toLowerCase()}`
  const data = `${line.subject.name} ${what}${isGiven ? ` by ${line.by?.name}` : ''}`
  return { name: `sayso.${line.event}`, data, extras: { sayso: line } }
}

type RoleSaid = {
  readonly kind: 'assign' | 'unassign'
  readonly subject: SubjectId
  readonly role: RoleName
  readonly resource: ResourceId
  readonly reason?: string
  readonly expiresAtMs?: number
}

/** Everybody there hears of somebody who is held back, and of what a person gives or takes; a key's is its own affair. */
export function roleLines(
  world: World,
  asker: Asker,
  input: RoleSaid,
  changes: readonly RightsChange[],
): NewEntry[] {
  const { kind, subject, role, resource, reason, expiresAtMs } = input
  const channel = channelOf(world.policy, resource)
  const isRestraining = isRestraint(world, role, resource)
  if (channel === undefined || !(isRestraining || asker.credential.kind === 'token')) return []
  if (kind === 'unassign' && !world.facts.has({ resource, role, subject })) return []
  const by = actorOf(asker)
  const line = {
    command: `${kind}-role`,
    resource,
    subject,
    ...(reason === undefined ? {} : { reason }),
  }
  const untilMs = expiresAtMs === undefined ? {} : { untilMs: expiresAtMs }
  const message = isRestraining
    ? restraintLine(world, by, { ...line, role, ...untilMs }, changes)
    : serverLine(world, by, line, changes)
  return [{ kind: 'publish', channel, messages: [message] }]
}
