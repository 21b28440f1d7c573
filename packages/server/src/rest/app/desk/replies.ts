// Answers that operators say often, and the teams that conversations can be passed to.

import { keyOf } from '@sayso/policy'
import * as z from 'zod'
import { changeReply, dropReply, makeReply } from '../../../commands/desk/keep-reply.ts'
import { conversationNamed, requireDesk } from '../../../desk/desk-type.ts'
import { type Reply, repliesOf } from '../../../desk/replies.ts'
import { deskTeams } from '../../../desk/teams.ts'
import { tenantResource } from '../../../desk/widgets/widget.ts'
import { type AppRoute, json, route } from '../route.ts'
import { tenantAsked } from './conversations.ts'
import { requireOfDesk } from './operators.ts'
import { id, text } from './shapes.ts'

const tag = 'desk'
const ofDesk = {
  who: 'signed-in',
  asks: 'that you are an operator of the tenant, or `manage-desk` there',
} as const
const managing = { who: 'signed-in', asks: '`manage-desk` in the tenant' } as const
const tenantQuery = z.object({ tenant: id.optional().describe('key; absent: the place itself') })
const params = { id: 'id of the reply' }
const problems = ['desk_not_set_up'] as const
const said = z.strictObject({
  shortcut: z
    .string()
    .regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'letters, digits, `-` and `_`')
    .describe('typed after a slash'),
  text: text.describe('`{visitor.name}` and `{operator.name}` are filled in'),
  team: id.optional().describe('key of the team it is for'),
})
const replyShape = said.extend({ id: z.string(), tenant: z.string() }).meta({ id: 'CannedReply' })
const example = { shortcut: 'hello', text: 'Hello {visitor.name}, how can I help?' }
const teamShape = z.object({ key: z.string(), title: z.string() }).meta({ id: 'DeskTeam' })

const view = ({ team, ...reply }: Reply) => ({ ...reply, ...(team !== undefined && { team }) })

export const replyRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/desk/replies',
    id: 'listReplies',
    tag,
    summary: 'Answers that are said often, by shortcut',
    needs: ofDesk,
    query: tenantQuery,
    answers: { 200: json('All of them.', z.object({ items: z.array(replyShape) })) },
    problems,
    run: async ({ c, deps: { context }, asker, query }) => {
      const { world } = context.standing
      requireDesk(world)
      const tenant = tenantAsked(world, asker, query.tenant)
      context.refusals.noting(() => requireOfDesk(world, asker, tenant))
      const items = await repliesOf(context.store, (each) => each === tenant)
      return c.json({ items: items.map(view) })
    },
  }),
  route({
    method: 'POST',
    path: '/desk/replies',
    id: 'makeReply',
    tag,
    summary: 'Add an answer that is said often',
    needs: managing,
    body: { schema: said.extend({ tenant: id.optional() }), example },
    answers: { 201: json('It is there.', replyShape) },
    problems: [...problems, 'too_many'],
    run: async ({ c, deps: { context }, asker, body: { tenant: named, ...body } }) => {
      const tenant = tenantAsked(context.standing.world, asker, named)
      return c.json(view(await makeReply(context, asker, tenant, body)), 201)
    },
  }),
  route({
    method: 'PUT',
    path: '/desk/replies/:id',
    id: 'putReply',
    tag,
    summary: 'Change one',
    needs: managing,
    params,
    body: { schema: said, example },
    answers: { 200: json('As it is now.', replyShape) },
    problems: [...problems, 'resource_unknown'],
    run: async ({ c, deps: { context }, asker, params: own, body }) =>
      c.json(view(await changeReply(context, asker, own.id, body))),
  }),
  route({
    method: 'DELETE',
    path: '/desk/replies/:id',
    id: 'removeReply',
    tag,
    summary: 'Take one away',
    needs: managing,
    params,
    answers: { 204: { what: 'It is gone.' } },
    problems: [...problems, 'resource_unknown'],
    run: async ({ c, deps: { context }, asker, params: own }) => {
      await dropReply(context, asker, own.id)
      return c.body(null, 204)
    },
  }),
  route({
    method: 'GET',
    path: '/desk/teams',
    id: 'listTeams',
    tag,
    summary: 'The teams that conversations can be passed to',
    about: 'Groups of the tenant with the attribute `desk: true`.',
    needs: ofDesk,
    query: tenantQuery,
    answers: { 200: json('All of them, by title.', z.object({ items: z.array(teamShape) })) },
    problems,
    run: ({ c, deps: { context }, asker, query }) => {
      const { world } = context.standing
      const desk = requireDesk(world)
      const tenant = tenantAsked(world, asker, query.tenant)
      context.refusals.noting(() => requireOfDesk(world, asker, tenant))
      const items = deskTeams(world, tenantResource(tenant), conversationNamed(desk, 'any'))
        .map((group) => {
          const key = keyOf(group)
          const { title } = world.facts.resource(group) ?? {}
          return { key, title: typeof title === 'string' ? title : key }
        })
        .sort((a, b) => a.title.localeCompare(b.title))
      return c.json({ items })
    },
  }),
]
