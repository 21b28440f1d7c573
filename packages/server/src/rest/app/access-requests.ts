// Everybody who waits for an answer, in all channels together: the inbox of whoever may let people in.

import {
  type AccessRequest,
  type Action,
  admissionRole,
  channelOf,
  decide,
  isRestraint,
  keyOf,
  type ResourceId,
  roleView,
  type SubjectId,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { mayAdminister } from '../../commands/require-admin.ts'
import { resourceIdIn } from './names-in.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { pageQuery, pageShape, personShape, roleShape } from './shapes.ts'

const waitingShape = z
  .object({
    request: z.string().describe('names it: `channel:launch user:p1`'),
    person: personShape,
    on: z.string().describe('the resource'),
    key: z.string().describe('its key, for admitting and declining'),
    title: z.string(),
    atMs: z.number(),
    note: z.string().optional(),
    forMs: z.number().optional().describe('for how long; absent: for good'),
    role: roleShape.optional().describe('a role of theirs that is to last longer, or to end'),
    ends: z.literal(true).optional().describe('the role holds them back and is to end'),
    gives: roleShape.optional().describe('the role they get if they are let in'),
  })
  .meta({ id: 'WaitingRequest' })

export const accessRequestRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/access_requests',
    id: 'listAccessRequests',
    tag: 'grants',
    summary: 'Who asks to be let in anywhere, the longest waiting first',
    about: 'Of the channels in which you may answer; of others nothing is said.',
    needs: { who: 'signed-in', asks: '`admit` on the resource of each request' },
    query: pageQuery.extend({
      on: z.string().max(321).optional().describe('only of this resource'),
      q: z.string().max(200).optional().describe('part of the name of who asks'),
    }),
    answers: { 200: json('One page.', pageShape(waitingShape)) },
    problems: ['invalid'],
    run: ({ c, deps, asker, query }) => {
      const { world } = deps.context.standing
      const { on, q, limit, after } = query
      const resource = on === undefined ? undefined : resourceIdIn(on)
      const wanted = q?.trim().toLowerCase() ?? ''
      const all = waitingIn(world, asker, resource)
        .filter((each) => nameFits(world, each.subject, wanted))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
      const start = after === undefined ? 0 : all.findIndex((each) => placeOf(each) > after)
      const page = start < 0 ? [] : all.slice(start, start + limit)
      const last = page.at(-1)
      const hasMore = last !== undefined && start + limit < all.length
      const items = page.map((each) => waitingView(world, each))
      return c.json({ items, ...(hasMore ? { next: placeOf(last) } : {}) })
    },
  }),
]

type Waiting = {
  readonly subject: SubjectId
  readonly resource: ResourceId
  readonly request: AccessRequest
}

function waitingIn(world: World, asker: Asker, only: ResourceId | undefined): Waiting[] {
  const found: Waiting[] = []
  for (const resource of only === undefined ? everyResource(world) : [only]) {
    const requests = world.facts.requestsOn(resource)
    if (requests.length === 0 || !mayAdmit(world, asker, resource)) continue
    for (const [subject, request] of requests) found.push({ subject, resource, request })
  }
  return found
}

function* everyResource({ facts, policy }: World): Generator<ResourceId> {
  for (const type of policy.types.keys()) {
    for (const [resource] of facts.resourcesOfType(type)) yield resource
  }
}

function mayAdmit(world: World, asker: Asker, resource: ResourceId): boolean {
  const { credential, isForeman } = asker
  if (isForeman === true) return true
  if (credential.kind === 'key') return mayAdminister(world, asker)
  const { subject } = credential
  if (subject === undefined) return false
  return decide(world, { subject, action: 'admit' as Action, resource }).allowed
}

/** Fixed width, so that texts sort as instants do. */
function placeOf({ request, resource, subject }: Waiting): string {
  return `${String(request.atMs).padStart(16, '0')} ${resource} ${subject}`
}

function nameFits(world: World, subject: SubjectId, wanted: string): boolean {
  return wanted === '' || personView(world, subject).name.toLowerCase().includes(wanted)
}

function waitingView(world: World, { subject, resource, request }: Waiting) {
  const { atMs, note, forMs, role } = request
  const gives = admissionRole(world, resource)
  const { title } = world.facts.resource(resource) ?? {}
  return {
    request: `${resource} ${subject}`,
    person: personView(world, subject, false),
    on: resource,
    key: keyOf(resource),
    title: typeof title === 'string' ? title : (channelOf(world.policy, resource) ?? resource),
    atMs,
    ...(note === undefined ? {} : { note }),
    ...(forMs === undefined ? {} : { forMs }),
    ...(role === undefined ? {} : { role: roleView(world.policy, role, resource) }),
    ...(role !== undefined && isRestraint(world, role, resource) ? { ends: true as const } : {}),
    ...(gives === undefined ? {} : { gives: roleView(world.policy, gives, resource) }),
  }
}
