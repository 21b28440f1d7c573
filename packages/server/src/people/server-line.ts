// The line the server writes into a channel when roles change there: a sentence for everybody, a value for screens.

import type { NewMessage } from '@sayso/channel'
import {
  foldRights,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { ServerLine } from '@sayso/protocol'
import { idOf, nameOf, rolesOf } from './roles.ts'

type Move = {
  readonly command: string
  readonly resource: ResourceId
  readonly subject: SubjectId
  readonly reason?: string
}

/** Writes the line as it will be true once the changes hold. */
export function serverLine(
  world: World,
  by: string,
  move: Move,
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
