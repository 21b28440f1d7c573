// Changing rights over our own API: promote, demote, give and take roles. Answers when it holds in every open session.

import {
  parseInstant,
  parseResourceId,
  type ResourceId,
  type SubjectId,
  type World,
} from '@sayso/policy'
import { Hono, type Context as HonoContext } from 'hono'
import * as z from 'zod'
import { assignRole } from '../../commands/assign-role.ts'
import { Failure } from '../../commands/failure.ts'
import { move } from '../../commands/move.ts'
import type { AppRest } from './deps.ts'
import { done } from './done.ts'
import { readJson } from './json.ts'
import { channelResource } from './people.ts'
import { caller } from './visitor.ts'

const reason = z.string().max(500).optional()
const person = z.string().min(1).max(320)
const instant = z
  .string()
  .max(40)
  .transform((text) => parseInstant(text) ?? Number.NaN)
  .refine((at) => !Number.isNaN(at), 'write an instant like `2027-01-31T18:00:00Z`')
  .optional()
const moveSchema = z.object({ person, reason })
const assignmentSchema = z.object({
  person,
  role: z.string().min(1).max(64),
  on: z.string().max(321),
  reason,
  not_before: instant,
  expires_at: instant,
})

export function rightsRoutes(deps: AppRest): Hono {
  const app = new Hono()
  for (const command of ['promote', 'demote'] as const) {
    app.post(`/channels/:key/${command}`, async (c) => {
      const asker = await caller(deps, c)
      const input = await readJson(c, moveSchema, deps.maxBodyBytes)
      const { world } = deps.context.standing
      const committed = await move(deps.context, asker, {
        command,
        resource: channelResource(world, c.req.param('key')),
        subject: personOf(world, input.person),
        ...(input.reason === undefined ? {} : { reason: input.reason }),
      })
      return done(c, committed)
    })
  }
  const assignment = (kind: 'assign' | 'unassign') => async (c: HonoContext) => {
    const asker = await caller(deps, c)
    const input = await readJson(c, assignmentSchema, deps.maxBodyBytes)
    const { world } = deps.context.standing
    const committed = await assignRole(deps.context, asker, {
      kind,
      subject: personOf(world, input.person),
      role: input.role,
      resource: resourceOf(input.on),
      ...windowOf(deps.context.now(), input),
      ...(input.reason === undefined ? {} : { reason: input.reason }),
    })
    return done(c, committed)
  }
  app.post('/role_assignments', assignment('assign'))
  app.delete('/role_assignments', assignment('unassign'))
  return app
}

/** A person by id, or by a verified e-mail as an alias. @throws {Failure} `person_unknown` */
function personOf(world: World, text: string): SubjectId {
  const byId = `user:${text}` as SubjectId
  if (world.facts.person(byId) !== undefined) return byId
  const email = text.toLowerCase()
  for (const [subject, attributes] of world.facts.people()) {
    // An address nobody vouched for proves nothing: anybody may have typed it.
    if (attributes.verified !== true || typeof attributes.email !== 'string') continue
    if (attributes.email.toLowerCase() === email) return subject
  }
  throw new Failure('person_unknown', `there is nobody called \`${text}\``, {
    remedy: 'use an id or e-mail of somebody who has signed in',
  })
}

function resourceOf(text: string): ResourceId {
  try {
    return parseResourceId(text)
  } catch {
    throw new Failure('invalid', `\`${text}\` is not a resource`, {
      remedy: 'write it as `channel:lobby`',
    })
  }
}

/** A start that is past is none. */
function windowOf(
  nowMs: number,
  said: { readonly not_before?: number | undefined; readonly expires_at?: number | undefined },
) {
  const { not_before: starts, expires_at: ends } = said
  return {
    ...(starts === undefined || starts <= nowMs ? {} : { notBeforeMs: starts }),
    ...(ends === undefined ? {} : { expiresAtMs: ends }),
  }
}
