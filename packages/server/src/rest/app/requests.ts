// Asking to be let in to a channel, and answering it.

import { admissionRole, isRestraint, roleView, type SubjectId } from '@sayso/policy'
import type { AccessRequestsView } from '@sayso/protocol'
import * as z from 'zod'
import { answerRequest } from '../../commands/answer-request.ts'
import { requireVerb } from '../../commands/may.ts'
import { requestAccess } from '../../commands/request-access.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { done } from './done.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, instant, personShape, reason, roleShape } from './shapes.ts'

const answerSchema = z.object({
  person: z.string().min(1).max(256),
  reason,
  expires_at: instant.optional().describe('when what is given ends by itself'),
})
const MINUTE_MS = 60_000
const YEAR_MS = 366 * 24 * 60 * MINUTE_MS
const askSchema = z.object({
  note: z.string().max(500).optional(),
  forMs: z.int().min(MINUTE_MS).max(YEAR_MS).optional().describe('for how long; absent: for good'),
  role: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('a role of theirs there; absent: to be let in'),
})
const requestsShape = z.object({
  requests: z.array(
    z.object({
      person: personShape,
      atMs: z.number(),
      note: z.string().optional(),
      forMs: z.number().optional().describe('for how long; absent: for good'),
      role: roleShape.optional().describe('a role of theirs that is to last longer, or to end'),
      ends: z.literal(true).optional().describe('the role holds them back and is to end'),
    }),
  ),
  gives: roleShape.optional().describe('the role people get who are let in'),
})

const path = '/channels/:key/requests'
const tag = 'channels'

export const requestRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path,
    id: 'listRequests',
    tag,
    summary: 'Who asks to be let in, the longest waiting first',
    needs: { who: 'signed-in', asks: '`admit` on the channel' },
    params: KEY_PARAM,
    answers: { 200: json('The requests.', requestsShape) },
    problems: ['resource_unknown'],
    run: ({ c, deps, asker, params }) => {
      const { world } = deps.context.standing
      const resource = channelResource(world, params.key, asker)
      requireVerb(world, asker, 'admit', resource)
      const role = admissionRole(world, resource)
      const requests = [...world.facts.requestsOn(resource)]
        .map(([subject, { atMs, note, forMs, role: kept }]) => ({
          person: personView(world, subject, false),
          atMs,
          ...(note === undefined ? {} : { note }),
          ...(forMs === undefined ? {} : { forMs }),
          ...(kept === undefined ? {} : { role: roleView(world.policy, kept, resource) }),
          ...(kept !== undefined && isRestraint(world, kept, resource)
            ? { ends: true as const }
            : {}),
        }))
        .sort((a, b) => a.atMs - b.atMs)
      return c.json({
        requests,
        ...(role === undefined ? {} : { gives: roleView(world.policy, role, resource) }),
      } satisfies AccessRequestsView)
    },
  }),
  route({
    method: 'POST',
    path,
    id: 'requestAccess',
    tag,
    summary:
      'Ask to be let in to a listed channel, to keep a role that ends, or to lose a restraint',
    needs: { who: 'signed-in', asks: 'an identity; the channel is listed, or the role is theirs' },
    params: KEY_PARAM,
    body: { schema: askSchema, example: { note: 'I work on this.', forMs: 3_600_000 } },
    answers: changed,
    problems: ['resource_unknown', 'conflict'],
    run: async ({ c, deps, asker, params, body: { note, forMs, role } }) => {
      const resource = channelResource(deps.context.standing.world, params.key, asker)
      const said = {
        ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }),
        ...(forMs === undefined ? {} : { forMs }),
        ...(role === undefined ? {} : { role }),
      }
      return done(c, await requestAccess(deps.context, asker, { kind: 'ask', resource, ...said }))
    },
  }),
  route({
    method: 'DELETE',
    path,
    id: 'withdrawRequest',
    tag,
    summary: 'Take your request back',
    needs: { who: 'signed-in', asks: 'an identity' },
    params: KEY_PARAM,
    answers: changed,
    problems: ['resource_unknown', 'conflict'],
    run: async ({ c, deps, asker, params }) => {
      const resource = channelResource(deps.context.standing.world, params.key, asker)
      return done(c, await requestAccess(deps.context, asker, { kind: 'withdraw', resource }))
    },
  }),
  answerRoute('admit', 'Let somebody in who asked'),
  answerRoute('decline', 'Refuse somebody who asked'),
]

function answerRoute(kind: 'admit' | 'decline', summary: string): AppRoute {
  return route({
    method: 'POST',
    path: `${path}/${kind}`,
    id: `${kind}Request`,
    tag,
    summary,
    needs: { who: 'signed-in', asks: '`admit` on the channel' },
    params: KEY_PARAM,
    body: { schema: answerSchema, example: { person: 'p1', reason: 'welcome' } },
    answers: changed,
    problems: ['resource_unknown', 'conflict'],
    run: async ({ c, deps, asker, params, body: { person, reason, expires_at } }) => {
      const resource = channelResource(deps.context.standing.world, params.key, asker)
      const subject = `user:${person}` as SubjectId
      const more = {
        ...(reason === undefined ? {} : { reason }),
        ...(expires_at === undefined ? {} : { expiresAtMs: expires_at }),
      }
      return done(c, await answerRequest(deps.context, asker, { kind, resource, subject, ...more }))
    },
  })
}
