// Changing rights over our own API: promote, demote, give and take roles. Answers when it holds in every open session.

import { parseResourceId, type ResourceId, type SubjectId, type World } from '@sayso/policy'
import * as z from 'zod'
import { assignRole } from '../../commands/assign-role.ts'
import { Failure } from '../../commands/failure.ts'
import { move } from '../../commands/move.ts'
import { isVisitor } from '../../desk/visitors/visitor.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { done } from './done.ts'
import { type AppRoute, route } from './route.ts'
import { changed, instant, reason } from './shapes.ts'

const person = z
  .string()
  .min(1)
  .max(320)
  .describe('id of a person, or an e-mail address that a provider vouched for')
const moveSchema = z.object({ person, reason })
const promoteSchema = moveSchema.extend({
  expires_at: instant.optional().describe('of a promotion: when it ends by itself'),
})
const assignmentSchema = z.object({
  person,
  role: z.string().min(1).max(64),
  on: z.string().max(321).describe('`channel:lobby` or `tenant:<key>`'),
  reason,
  not_before: instant.optional(),
  expires_at: instant.optional(),
})

export const rightsRoutes: readonly AppRoute[] = [
  moveRoute('promote', 'Give somebody the promoted role of a channel'),
  moveRoute('demote', 'Take the promoted role of a channel back'),
  assignmentRoute('assign', 'Give a role, for good or for a time'),
  assignmentRoute('unassign', 'Take a role'),
]

function moveRoute(command: 'promote' | 'demote', summary: string): AppRoute {
  return route({
    method: 'POST',
    path: `/channels/:key/${command}`,
    id: command,
    tag: 'channels',
    summary,
    needs: { who: 'signed-in', asks: `\`${command}\` on the channel` },
    params: KEY_PARAM,
    body: {
      schema: promoteSchema,
      example: { person: 'p1', reason: 'knows the place' },
    },
    answers: changed,
    problems: ['resource_unknown', 'person_unknown', 'conflict', 'invalid'],
    run: async ({ c, deps, asker, params, body }) => {
      const { world } = deps.context.standing
      const committed = await move(deps.context, asker, {
        command,
        resource: channelResource(world, params.key, asker),
        subject: personOf(world, body.person),
        ...(body.reason === undefined ? {} : { reason: body.reason }),
        ...(body.expires_at === undefined ? {} : { expiresAtMs: body.expires_at }),
      })
      return done(c, committed)
    },
  })
}

function assignmentRoute(kind: 'assign' | 'unassign', summary: string): AppRoute {
  return route({
    method: kind === 'assign' ? 'POST' : 'DELETE',
    path: '/role_assignments',
    id: `${kind}Role`,
    tag: 'grants',
    summary,
    needs: {
      who: 'signed-in',
      asks: '`assign-role` on the resource, or the action that restrains there',
    },
    body: {
      schema: assignmentSchema,
      example: { person: 'p1', role: 'moderator', on: 'channel:general' },
    },
    answers: changed,
    problems: ['person_unknown', 'role_unknown', 'invalid'],
    run: async ({ c, deps, asker, body }) => {
      const { world } = deps.context.standing
      const committed = await assignRole(deps.context, asker, {
        kind,
        subject: personOf(world, body.person),
        role: body.role,
        resource: resourceOf(body.on),
        ...windowOf(deps.context.now(), body),
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      })
      return done(c, committed)
    },
  })
}

/** A person by id, or by a verified e-mail as an alias. @throws {Failure} `person_unknown` */
export function personOf(world: World, text: string): SubjectId {
  const byId = `user:${text}` as SubjectId
  const known = world.facts.person(byId)
  // Visitors of sites hold nothing but what the desk gives them.
  if (known !== undefined && !isVisitor(known)) return byId
  const email = text.toLowerCase()
  for (const [subject, attributes] of world.facts.people()) {
    // An address nobody vouched for proves nothing: anybody may have typed it.
    if (attributes.verified !== true || typeof attributes.email !== 'string') continue
    // What a site says of its visitors makes nobody of them here.
    if (isVisitor(attributes)) continue
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
