// Channels over our own API: made, described, joined, left; conversations between a few people; what a change would do.

import { type Attributes, keyOf, type ResourceId, type RightsChange } from '@sayso/policy'
import type { EffectView, MadeChannel } from '@sayso/protocol'
import * as z from 'zod'
import { describeResource, requireDescribe } from '../../commands/describe-resource.ts'
import { joinChannel } from '../../commands/join-channel.ts'
import { makeChannel } from '../../commands/make-channel.ts'
import { MOST_IN_DIRECT, startDirect } from '../../commands/start-direct.ts'
import { LONGEST_PACE_S } from '../../pace.ts'
import { impactOf, tryOut } from '../../simulation.ts'
import { channelResource, KEY_PARAM } from './channel-people.ts'
import { done, doneView } from './done.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, doneShape } from './shapes.ts'

const tag = 'channels'
const path = '/channels/:key'

const title = z.string().trim().min(1).max(80)
const about = z.string().max(250)
const listed = z.boolean().describe('shown, locked, to people who may not enter')
const join = z.enum(['open', 'request']).describe('`open`: who knows of it may come in')
const describeSchema = z
  .strictObject({
    title,
    about,
    order: z.number().describe('screens list by this first'),
    listed,
    join,
    previews: z.boolean().describe('false: links have no previews'),
    readOnly: z.boolean().describe('only those write whom the policy names'),
    paceSeconds: z
      .int()
      .min(0)
      .max(LONGEST_PACE_S)
      .describe('slow mode: seconds between two messages of one person; 0 is off'),
    archived: z.boolean().describe('nobody writes any more'),
  })
  .partial()
const makeSchema = z.strictObject({
  title,
  about: about.optional(),
  listed: listed.optional(),
  join: join.optional(),
})
const directSchema = z.strictObject({
  people: z
    .array(z.string().min(1).max(256))
    .min(1)
    .max(MOST_IN_DIRECT - 1)
    .describe('ids of the others'),
})
const madeShape = doneShape.extend({ key: z.string() }).meta({ id: 'MadeChannel' })
const effectShape = z
  .object({
    people: z.int().describe('how many gain or lose something'),
    live: z.int().describe('how many of them are connected now'),
    gained: z.array(z.string()),
    lost: z.array(z.string()),
    revision: z.int(),
  })
  .meta({ id: 'ChannelEffect' })

export const channelRoutes: readonly AppRoute[] = [
  route({
    method: 'POST',
    path: '/channels',
    id: 'makeChannel',
    tag,
    summary: 'Make a channel; its key is the title and a few random characters',
    needs: { who: 'signed-in', asks: '`create-channel` on the tenant' },
    body: { schema: makeSchema, example: { title: 'Launch', listed: true, join: 'open' } },
    answers: { 201: json('It is there.', madeShape) },
    problems: ['type_unknown', 'invalid'],
    run: async ({ c, deps, asker, body: { title: named, ...more } }) => {
      const attributes: Attributes = JSON.parse(JSON.stringify(more))
      const { resource, ...made } = await makeChannel(deps.context, asker, {
        title: named,
        attributes,
      })
      return c.json({ ...doneView(made), key: keyOf(resource) } satisfies MadeChannel, 201)
    },
  }),
  route({
    method: 'PATCH',
    path,
    id: 'describeChannel',
    tag,
    summary: 'How a channel is shown and treated; what is absent stays',
    needs: {
      who: 'signed-in',
      asks: '`configure` on the channel; `set-pace` for slow mode, `archive` for the archive',
    },
    params: KEY_PARAM,
    body: { schema: describeSchema, example: { title: 'Harbour', listed: true } },
    answers: changed,
    problems: ['resource_unknown'],
    run: async ({ c, deps, asker, params, body }) => {
      const attributes: Attributes = JSON.parse(JSON.stringify(body))
      const resource = channelResource(deps.context.standing.world, params.key, asker)
      return done(c, await describeResource(deps.context, asker, { resource, attributes }))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/effect`,
    id: 'channelEffect',
    tag,
    summary: 'What a change of a channel would do to people, before anybody makes it',
    needs: { who: 'signed-in', asks: 'what the change itself asks' },
    params: KEY_PARAM,
    body: { schema: describeSchema, example: { readOnly: true } },
    answers: { 200: json('Nothing has changed.', effectShape) },
    problems: ['resource_unknown'],
    run: async ({ c, deps, asker, params, body }) => {
      const { standing, refusals } = deps.context
      const { world } = standing
      const resource = channelResource(world, params.key, asker)
      const attributes: Attributes = JSON.parse(JSON.stringify(body))
      refusals.noting(() => requireDescribe(world, asker, { resource, attributes }))
      const whole = { ...world.facts.resource(resource), ...attributes }
      const change: RightsChange = { kind: 'put-resource', resource, attributes: whole }
      const pause = () => new Promise<void>((resolve) => setImmediate(resolve))
      const impact = impactOf(await tryOut(deps, world, [change], pause))
      const here = impact.samples.filter((flip) => flip.resource === resource)
      return c.json({
        people: impact.people,
        live: impact.live.people,
        gained: [...new Set(here.flatMap(({ gained }) => [...gained]))],
        lost: [...new Set(here.flatMap(({ lost }) => [...lost]))],
        revision: impact.revision,
      } satisfies EffectView)
    },
  }),
  joining('join', 'Come in to an open channel', 'an identity; the channel is listed and open'),
  joining('leave', 'Give up your roles on a channel', 'an identity'),
  route({
    method: 'POST',
    path: '/directs',
    id: 'startDirect',
    tag,
    summary: 'The conversation of yourself with a few people; made if there is none',
    needs: { who: 'signed-in', asks: '`message-people` on the tenant, to make one' },
    body: { schema: directSchema, example: { people: ['p2'] } },
    answers: { 200: json('It is there.', madeShape) },
    problems: ['type_unknown', 'person_unknown', 'invalid', 'identity_required'],
    run: async ({ c, deps, asker, body }) => {
      const { resource, ...made } = await startDirect(deps.context, asker, body.people)
      return c.json({ ...doneView(made), key: keyOf(resource) } satisfies MadeChannel)
    },
  }),
]

function joining(kind: 'join' | 'leave', summary: string, asks: string): AppRoute {
  return route({
    method: 'POST',
    path: `${path}/${kind}`,
    id: `${kind}Channel`,
    tag,
    summary,
    needs: { who: 'signed-in', asks },
    params: KEY_PARAM,
    answers: changed,
    problems: ['resource_unknown', 'conflict'],
    run: async ({ c, deps, asker, params }) => {
      const resource: ResourceId = channelResource(deps.context.standing.world, params.key, asker)
      return done(c, await joinChannel(deps.context, asker, { kind, resource }))
    },
  })
}
