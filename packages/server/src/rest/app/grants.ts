// Grants: roles given on resources and tenants, with their starts and ends; and the roles there are.

import { formatTuple, parseTuple, type RoleTuple, smallest, type World } from '@sayso/policy'
import * as z from 'zod'
import { changeFacts } from '../../commands/change-facts.ts'
import { assignOf } from './change-body.ts'
import { done } from './done.ts'
import { grantShape, grantView, tuplesOf } from './grant-view.ts'
import { resourceIdIn, tupleIn } from './names-in.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageOf, pageQuery, pageShape, reason } from './shapes.ts'

const tag = 'grants'
const params = { grant: 'the assignment as text, such as `channel:lobby%23speaker@user:ada`' }
const needs = { who: 'person-or-key', may: 'assign-role' } as const
const instantText = z.string().max(40).optional().describe('ISO-8601 with a zone')

const listQuery = pageQuery.extend({
  subject: z.string().max(700).optional().describe('`user:ada`, or a set'),
  on: z.string().max(321).optional().describe('the resource or tenant'),
  role: z.string().max(64).optional(),
  timed: z
    .enum(['true', 'false'])
    .optional()
    .describe('only those with a start or an end, or without'),
})

const listGrants = route({
  method: 'GET',
  path: '/grants',
  id: 'listGrants',
  tag,
  summary: 'Who was given which role where, also what waits for its start',
  needs: { who: 'person-or-key', may: 'read-people' },
  query: listQuery,
  answers: { 200: json('One page, sorted by text.', pageShape(grantShape)) },
  problems: ['invalid'],
  run: ({ c, deps, query }) => {
    const { world } = deps.context.standing
    const { items, ...next } = pageOf(chosen(world, query), query, formatTuple)
    return c.json({ items: items.map((tuple) => grantView(world, tuple)), ...next })
  },
})

const readGrant = route({
  method: 'GET',
  path: '/grants/:grant',
  id: 'readGrant',
  tag,
  summary: 'One grant',
  needs: { who: 'person-or-key', may: 'read-people' },
  params,
  answers: { 200: json('The grant.', grantShape) },
  problems: ['grant_unknown', 'invalid'],
  run: ({ c, deps, params: { grant } }) => {
    const { world } = deps.context.standing
    const tuple = tupleIn(grant)
    requireThere(world, tuple)
    return c.json(grantView(world, tuple))
  },
})

const putGrant = route({
  method: 'PUT',
  path: '/grants/:grant',
  id: 'putGrant',
  tag,
  summary: 'Give a role, or say anew when it starts and ends',
  about: 'A grant that is there already is replaced: without `expires_at` it has no end any more.',
  needs,
  params,
  body: {
    schema: z.strictObject({ not_before: instantText, expires_at: instantText, reason }),
    example: { expires_at: '2027-01-31T18:00:00Z', reason: 'stands in for Grace' },
  },
  answers: changed,
  problems: ['invalid', 'role_unknown', 'resource_unknown'],
  run: async ({ c, deps, asker, params: { grant }, body }) => {
    const tuple = tupleIn(grant)
    const nowMs = deps.context.now()
    const changes = () => [assignOf({ assign: formatTuple(tuple), ...body }, nowMs)]
    const as = { command: 'assign-role', target: formatTuple(tuple) }
    const why = body.reason === undefined ? {} : { reason: body.reason }
    return done(c, await changeFacts(deps.context, asker, { changes, as, ...why }))
  },
})

const endGrant = route({
  method: 'DELETE',
  path: '/grants/:grant',
  id: 'endGrant',
  tag,
  summary: 'End a grant now',
  needs,
  params,
  answers: changed,
  problems: ['invalid', 'grant_unknown'],
  run: async ({ c, deps, asker, params: { grant } }) => {
    const tuple = tupleIn(grant)
    const changes = (world: World) => {
      requireThere(world, tuple)
      return [{ kind: 'unassign', tuple } as const]
    }
    const as = { command: 'unassign-role', target: formatTuple(tuple) }
    return done(c, await changeFacts(deps.context, asker, { changes, as }))
  },
})

export const grantRoutes: readonly AppRoute[] = [listGrants, readGrant, putGrant, endGrant]

/** One page, and one more if there is one. Pages of all grants begin where the last one ended, in an order that is kept. */
function chosen(world: World, query: z.output<typeof listQuery>): readonly RoleTuple[] {
  const { subject, on, role, timed, limit, after } = query
  const resource = on === undefined ? undefined : resourceIdIn(on)
  const isMeant = (tuple: RoleTuple) =>
    (resource === undefined || tuple.resource === resource) &&
    (role === undefined || tuple.role === role) &&
    (timed === undefined || isTimed(world, tuple) === (timed === 'true'))
  const first = (tuples: Iterable<RoleTuple>, most: number) =>
    smallest(textsOf(tuples, isMeant), after, most)
  const { facts } = world
  if (subject !== undefined)
    return first(tuplesOf(world, subject as RoleTuple['subject']), limit + 1).map(parseTuple)
  if (timed === 'true')
    return first(
      [...facts.windows()].map(([tuple]) => tuple),
      limit + 1,
    ).map(parseTuple)
  const found: string[] = []
  for (const place of resource === undefined ? facts.placesInOrder(after) : [resource]) {
    found.push(...first(facts.assignmentsOn(place), limit + 1 - found.length))
    if (found.length > limit) break
  }
  return found.map(parseTuple)
}

function* textsOf(
  tuples: Iterable<RoleTuple>,
  isMeant: (tuple: RoleTuple) => boolean,
): Generator<string> {
  for (const tuple of tuples) if (isMeant(tuple)) yield formatTuple(tuple)
}

function isTimed({ facts }: World, tuple: RoleTuple): boolean {
  const { notBeforeMs, expiresAtMs } = facts.grant(tuple) ?? {}
  return notBeforeMs !== undefined || expiresAtMs !== undefined
}

/** @throws {ApiProblem} `grant_unknown` */
function requireThere(world: World, tuple: RoleTuple): void {
  if (world.facts.grant(tuple) !== undefined) return
  throw new ApiProblem(
    'grant_unknown',
    `there is no grant \`${formatTuple(tuple)}\``,
    'list the grants of the person or the resource',
  )
}
