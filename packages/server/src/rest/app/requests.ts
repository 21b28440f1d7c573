// Asking to be let in to a channel, and answering it; how a channel is shown.

import { type Attributes, admissionRole, roleView, type SubjectId } from '@sayso/policy'
import type { AccessRequestsView } from '@sayso/protocol'
import * as z from 'zod'
import { answerRequest } from '../../commands/answer-request.ts'
import { describeResource } from '../../commands/describe-resource.ts'
import { requireVerb } from '../../commands/may.ts'
import { requestAccess } from '../../commands/request-access.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { done } from './done.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, personShape, reason, roleShape } from './shapes.ts'

const answerSchema = z.object({ person: z.string().min(1).max(256), reason })
const describeSchema = z
  .strictObject({
    title: z.string().min(1).max(80),
    about: z.string().max(250),
    order: z.number().describe('screens list by this first'),
    listed: z.boolean().describe('shown, locked, to people who may not enter'),
  })
  .partial()
const requestsShape = z.object({
  requests: z.array(
    z.object({ person: personShape, atMs: z.number(), note: z.string().optional() }),
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
      const resource = channelResource(world, params.key)
      requireVerb(world, asker, 'admit', resource)
      const role = admissionRole(world, resource)
      const requests = [...world.facts.requestsOn(resource)]
        .map(([subject, { atMs, note }]) => ({
          person: personView(world, subject, false),
          atMs,
          ...(note === undefined ? {} : { note }),
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
    summary: 'Ask to be let in to a listed channel',
    needs: { who: 'signed-in', asks: 'an identity; the channel is listed' },
    params: KEY_PARAM,
    body: {
      schema: z.object({ note: z.string().max(500).optional() }),
      example: { note: 'I work on this.' },
    },
    answers: changed,
    problems: ['resource_unknown', 'conflict'],
    run: async ({ c, deps, asker, params, body: { note } }) => {
      const resource = channelResource(deps.context.standing.world, params.key)
      const said = note === undefined || note.trim() === '' ? {} : { note: note.trim() }
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
      const resource = channelResource(deps.context.standing.world, params.key)
      return done(c, await requestAccess(deps.context, asker, { kind: 'withdraw', resource }))
    },
  }),
  answerRoute('admit', 'Let somebody in who asked'),
  answerRoute('decline', 'Refuse somebody who asked'),
  route({
    method: 'PATCH',
    path: '/channels/:key',
    id: 'describeChannel',
    tag,
    summary: 'How a channel is shown; what is absent stays',
    needs: { who: 'signed-in', asks: '`configure` on the channel' },
    params: KEY_PARAM,
    body: { schema: describeSchema, example: { title: 'Harbour', listed: true } },
    answers: changed,
    problems: ['resource_unknown'],
    run: async ({ c, deps, asker, params, body }) => {
      const attributes: Attributes = JSON.parse(JSON.stringify(body))
      const resource = channelResource(deps.context.standing.world, params.key)
      return done(c, await describeResource(deps.context, asker, { resource, attributes }))
    },
  }),
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
    run: async ({ c, deps, asker, params, body: { person, reason } }) => {
      const resource = channelResource(deps.context.standing.world, params.key)
      const subject = `user:${person}` as SubjectId
      const why = reason === undefined ? {} : { reason }
      return done(c, await answerRequest(deps.context, asker, { kind, resource, subject, ...why }))
    },
  })
}
