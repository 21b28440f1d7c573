// People of the tenant as one channel sees them, with what the reader may do about them; and their pictures.

import {
  channelOf,
  planDemote,
  planPromote,
  type ResourceId,
  roleView,
  type SubjectId,
  type World,
} from '@sayso/policy'
import type { MoveView, PeopleView, RoleView } from '@sayso/protocol'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { require } from '../../commands/may.ts'
import { requireMove } from '../../commands/move.ts'
import { effectOf } from '../../people/effect.ts'
import { rolesOf } from '../../people/roles.ts'
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
    command: z.enum(['promote', 'demote']),
    allowed: z.boolean(),
    to: roleShape.describe('the role they would have afterwards'),
    effect: z.string().describe('what it lets them do, or why it is refused'),
  })
  .meta({ id: 'Move' })
const peopleShape = z.object({
  people: z.array(personShape.extend({ roles: z.array(roleShape), moves: z.array(moveShape) })),
})

export const channelPeopleRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/channels/:key/people',
    id: 'listChannelPeople',
    tag: 'channels',
    summary: 'People as a channel sees them, with what you may do about each',
    needs: { who: 'signed-in', asks: '`subscribe` on the channel' },
    params: KEY_PARAM,
    answers: { 200: json(`At most ${MAX_PEOPLE} people, by name.`, peopleShape) },
    problems: ['resource_unknown'],
    run: ({ c, deps, asker, params }) => {
      const { world } = deps.context.standing
      const resource = channelResource(world, params.key)
      const channel = channelOf(world.policy, resource)
      if (channel === undefined)
        throw new Failure('resource_unknown', `\`${resource}\` governs no channel`)
      require(world, asker, 'subscribe', channel)
      return c.json({ people: peopleOf(world, asker, resource) } satisfies PeopleView)
    },
  }),
  route({
    method: 'GET',
    path: '/people/:id/picture',
    id: 'readPicture',
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

function peopleOf(world: World, asker: Asker, resource: ResourceId): PeopleView['people'] {
  const people: PeopleView['people'][number][] = []
  for (const [subject] of world.facts.people()) {
    if (people.length >= MAX_PEOPLE) break
    people.push({
      ...personView(world, subject, false),
      roles: rolesOf(world, subject, resource),
      moves: movesOf(world, asker, resource, subject),
    })
  }
  return people.sort((a, b) => a.name.localeCompare(b.name))
}
/** The resource of type and key behind a channel of our pages. @throws {Failure} `resource_unknown` */
export function channelResource(world: World, key: string): ResourceId {
  const home = world.policy.document.settings?.home
  const type =
    home === undefined
      ? Object.keys(world.policy.document.types)[0]
      : home.slice(0, home.indexOf(':'))
  const resource = resourceNamed(`${type}:${key}`)
  if (resource === undefined || world.facts.resource(resource) === undefined) {
    throw new Failure('resource_unknown', `there is no \`${key}\`, or you may not see it`)
  }
  return resource
}

/** What could be done to a person here: only moves that would change something; a refused one says why. */
function movesOf(world: World, asker: Asker, resource: ResourceId, subject: SubjectId): MoveView[] {
  const promotion = world.policy.document.settings?.promotions?.find(({ type }) =>
    resource.startsWith(`${type}:`),
  )
  if (promotion === undefined) return []
  const moves: MoveView[] = []
  const plans = {
    promote: planPromote(world, resource, subject),
    demote: planDemote(world, resource, subject),
  }
  for (const command of ['promote', 'demote'] as const) {
    const plan = plans[command]
    if ('refused' in plan) continue
    const role = command === 'promote' ? promotion.gives : promotion.replaces
    const to: RoleView = roleView(world.policy, role, resource)
    const refusal = refusalOf(world, asker, command, resource)
    moves.push({
      command,
      allowed: refusal === undefined,
      to,
      effect: refusal ?? effectOf(world, resource, plan),
    })
  }
  return moves
}

function refusalOf(
  world: World,
  asker: Asker,
  command: MoveView['command'],
  resource: ResourceId,
): string | undefined {
  try {
    requireMove(world, asker, { command, resource })
    return undefined
  } catch (error) {
    if (error instanceof Failure) return `You may not ${command} people here`
    throw error
  }
}
