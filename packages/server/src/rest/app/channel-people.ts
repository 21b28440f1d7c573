// People of the tenant as one channel sees them, with what the reader may do about them; and their pictures.

import { channelOf, isListed, knowsOf, type ResourceId, tenantOf, type World } from '@sayso/policy'
import type { PeopleView } from '@sayso/protocol'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { require } from '../../commands/may.ts'
import { homeType } from '../../people/home.ts'
import { countedBy, type Member, membersOf } from '../../people/members.ts'
import { movesOf } from '../../people/moves.ts'
import { namedLike } from '../../people/named-like.ts'
import { idOf, rolesOf } from '../../people/roles.ts'
import { resourceNamed } from '../../resource-named.ts'
import { personView } from './person-view.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { personShape, roleShape } from './shapes.ts'

/** People listed at most; more are found by search. */
const MAX_PEOPLE = 1_000

export const KEY_PARAM = { key: 'key of the channel’s resource, such as `general`' }

const moveShape = z
  .object({
    command: z.enum(['promote', 'demote', 'restrain', 'release', 'admit']),
    action: z.string().optional().describe('the action it takes, such as `mute`'),
    allowed: z.boolean(),
    to: roleShape.describe('the role they would have afterwards'),
    effect: z.string().describe('what it lets them do, or why it is refused'),
    changes: z
      .object({
        gained: z.array(z.string()),
        lost: z.array(z.string()),
        opens: z.array(z.string()).describe('titles of other channels'),
        closes: z.array(z.string()),
      })
      .optional()
      .describe('the same as values'),
  })
  .meta({ id: 'Move' })
const countsShape = z.array(z.object({ role: roleShape.optional(), people: z.int() }))
const peopleShape = z.object({
  people: z.array(personShape.extend({ roles: z.array(roleShape), moves: z.array(moveShape) })),
  next: z.string().optional().describe('give it as `after` for the next page'),
  counts: countsShape
    .optional()
    .describe('who is in, by strongest role, whatever was asked for; with `scope=members`'),
  found: countsShape
    .optional()
    .describe('the same of those who were asked for; with `scope=members`, and `q` or `ids`'),
})
const peopleQuery = z.object({
  scope: z
    .enum(['all', 'members'])
    .default('all')
    .describe('`members`: only who holds a role that counts there, strongest first'),
  q: z.string().max(200).optional().describe('part of a name'),
  ids: z.string().max(8_000).optional().describe('only these, separated by commas'),
  limit: z.coerce.number().int().min(1).max(MAX_PEOPLE).default(MAX_PEOPLE),
  after: z.string().max(320).optional().describe('`next` of the page before'),
  from: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('place of the first one, counted from 0, in place of `after`'),
})

export const channelPeopleRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/channels/:key/people',
    id: 'listChannelPeople',
    inView: true,
    tag: 'channels',
    summary: 'People as a channel sees them, with what you may do about each',
    needs: { who: 'signed-in', asks: '`subscribe` on the channel' },
    params: KEY_PARAM,
    query: peopleQuery,
    answers: {
      200: json(`One page: all by name, members by their strongest role and name.`, peopleShape),
    },
    problems: ['resource_unknown'],
    run: ({ c, deps, asker, params, query }) => {
      const { world } = deps.context.standing
      const resource = channelResource(world, params.key, asker)
      const channel = channelOf(world.policy, resource)
      if (channel === undefined)
        throw new Failure('resource_unknown', `\`${resource}\` governs no channel`)
      require(world, asker, 'subscribe', channel)
      return c.json(peopleOf(world, asker, resource, query) satisfies PeopleView)
    },
  }),
  route({
    method: 'GET',
    path: '/people/:id/picture',
    id: 'readPicture',
    inView: true,
    tag: 'people',
    summary: 'The picture of a person',
    needs: { who: 'session' },
    params: { id: 'id of the person' },
    answers: { 200: { what: 'The picture.', type: 'image/*' } },
    problems: ['no_picture'],
    run: async ({ deps, params }) => {
      const picture = await deps.pictures.read(params.id)
      if (picture === undefined)
        throw new ApiProblem('no_picture', 'there is no picture of this person')
      return new Response(Buffer.from(picture.bytes), {
        headers: {
          'content-type': picture.contentType,
          'cache-control': 'private, max-age=3600',
          'x-content-type-options': 'nosniff',
          etag: `"${picture.version}"`,
        },
      })
    },
  }),
]

function peopleOf(
  world: World,
  asker: Asker,
  resource: ResourceId,
  query: z.output<typeof peopleQuery>,
): PeopleView {
  const { all, ranks, counts } = membersOf(world, resource)
  const isMembers = query.scope === 'members'
  const isNarrowed = query.q !== undefined || query.ids !== undefined
  const ordered = isMembers ? all : [...all].sort((a, b) => a.name.localeCompare(b.name))
  const isWanted = wantedBy(query)
  const found = ordered.filter((member) => (!isMembers || member.isIn) && isWanted(member))
  const start = query.from ?? (query.after === undefined ? 0 : placeAfter(found, query.after))
  const page = found.slice(start, start + query.limit)
  const last = page.at(-1)
  const isMore = start + page.length < found.length
  return {
    people: page.map(({ subject }) => ({
      ...personView(world, subject, false),
      roles: rolesOf(world, subject, resource),
      moves: movesOf(world, asker, resource, subject),
    })),
    ...(isMore && last !== undefined ? { next: idOf(last.subject) } : {}),
    ...(isMembers ? { counts } : {}),
    ...(isMembers && isNarrowed ? { found: countedBy(ranks, found) } : {}),
  }
}

function wantedBy({
  q,
  ids,
}: {
  readonly q?: string | undefined
  readonly ids?: string | undefined
}): (member: Member) => boolean {
  const only = ids === undefined ? undefined : new Set(ids.split(','))
  const isCalled = namedLike(q ?? '')
  return ({ subject, name }) =>
    (only === undefined || only.has(idOf(subject))) && (q === undefined || isCalled(name))
}

/** Where the page after somebody begins; after whoever is gone, at the beginning. */
function placeAfter(found: readonly Member[], after: string): number {
  return found.findIndex(({ subject }) => idOf(subject) === after) + 1
}

/** The resource behind a channel of our pages: of the type people land in, else of any that governs channels. @throws {Failure} `resource_unknown` */
export function channelResource(world: World, key: string, asker: Asker): ResourceId {
  const home = homeType(world)
  const types = [home, ...world.policy.governing.map(({ name }) => name)]
  for (const type of types) {
    const resource = type === undefined ? undefined : resourceNamed(`${type}:${key}`)
    const isThere = resource !== undefined && world.facts.resource(resource) !== undefined
    if (isThere && isKnownTo(world, asker, resource)) return resource
  }
  throw new Failure('resource_unknown', `there is no \`${key}\`, or you may not see it`)
}

/** For whoever may not know of it, it is as if it were not there. */
function isKnownTo(world: World, { credential, isForeman }: Asker, resource: ResourceId): boolean {
  if (isForeman === true) return true
  if (credential.kind === 'key') {
    const { tenant } = world.keys.get(credential.key) ?? {}
    return tenant === undefined || tenant === tenantOf(world, resource)
  }
  const { subject } = credential
  if (subject === undefined) return false
  return knowsOf(world, subject, resource) || isListed(world, credential, resource)
}
