// Role assignments as programs read them.

import {
  formatTuple,
  isSubjectSet,
  type RoleTuple,
  type SubjectId,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { nameOf } from '../../people/roles.ts'

export const grantShape = z
  .object({
    grant: z.string().describe('the assignment as text: `channel:lobby#speaker@user:ada`'),
    subject: z.string().describe('a person, or a set such as `group:crew#member`'),
    name: z.string().optional().describe('what the person is called'),
    role: z.string(),
    on: z.string(),
    not_before: z.string().optional(),
    expires_at: z.string().optional(),
    pending: z.literal(true).optional().describe('it has not started and gives nothing yet'),
    by: z
      .string()
      .optional()
      .describe('who gave it; kept for timed grants and those with a reason'),
    by_name: z.string().optional().describe('what they are called'),
    reason: z.string().optional(),
  })
  .meta({ id: 'Grant', description: 'A role somebody was given on a resource or tenant.' })

export function grantView(world: World, tuple: RoleTuple): z.output<typeof grantShape> {
  const { notBeforeMs, expiresAtMs, by, reason } = world.facts.grant(tuple) ?? {}
  return {
    grant: formatTuple(tuple),
    subject: tuple.subject,
    ...(isSubjectSet(tuple.subject) ? {} : { name: nameOf(world, tuple.subject) }),
    role: tuple.role,
    on: tuple.resource,
    ...(notBeforeMs === undefined
      ? {}
      : { not_before: new Date(notBeforeMs).toISOString(), pending: true as const }),
    ...(expiresAtMs === undefined ? {} : { expires_at: new Date(expiresAtMs).toISOString() }),
    ...(by === undefined ? {} : { by, by_name: nameOf(world, by) }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** Everything assigned to a person or set, pending ones too, sorted by their text. */
export function tuplesOf(world: World, subject: RoleTuple['subject']): readonly RoleTuple[] {
  const { facts } = world
  const held = facts
    .heldBy(subject)
    .flatMap(([resource, roles]) => roles.map((role) => ({ resource, role, subject })))
  const pending = [...facts.pending()].map(([tuple]) => tuple)
  return sorted([...held, ...pending.filter((each) => each.subject === subject)])
}

export function grantsOf(world: World, subject: SubjectId) {
  return tuplesOf(world, subject).map((tuple) => grantView(world, tuple))
}

/** By their text, each once. */
function sorted(tuples: readonly RoleTuple[]): readonly RoleTuple[] {
  const byText = new Map(tuples.map((tuple) => [formatTuple(tuple), tuple]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tuple]) => tuple)
}
