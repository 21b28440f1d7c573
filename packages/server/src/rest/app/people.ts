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
import { Hono } from 'hono'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import { require } from '../../commands/may.ts'
import { requireMove } from '../../commands/move.ts'
import { effectOf } from '../../people/effect.ts'
import { rolesOf } from '../../people/roles.ts'
import { resourceNamed } from '../../resource-named.ts'
import type { AppRest } from './deps.ts'
import { personView } from './person-view.ts'
import { ApiProblem } from './problem.ts'
import { caller, signedIn } from './visitor.ts'

/** People listed at most; more are found by search. */
const MAX_PEOPLE = 1_000

export function peopleRoutes(deps: AppRest): Hono {
  const app = new Hono()
  app.get('/channels/:key/people', async (c) => {
    const asker = await caller(deps, c)
    const { world } = deps.context.standing
    const resource = channelResource(world, c.req.param('key'))
    const channel = channelOf(world.policy, resource)
    if (channel === undefined)
      throw new Failure('resource_unknown', `\`${resource}\` governs no channel`)
    require(world, asker, 'subscribe', channel)
    const people: PeopleView['people'][number][] = []
    for (const [subject] of world.facts.people()) {
      if (people.length >= MAX_PEOPLE) break
      people.push({
        ...personView(world, subject, false),
        roles: rolesOf(world, subject, resource),
        moves: movesOf(world, asker, resource, subject),
      })
    }
    people.sort((a, b) => a.name.localeCompare(b.name))
    c.header('cache-control', 'no-store')
    return c.json({ people } satisfies PeopleView)
  })
  app.get('/people/:id/picture', async (c) => {
    await signedIn(deps, c)
    const picture = await deps.pictures.read(c.req.param('id'))
    if (picture === undefined)
      throw new ApiProblem(404, 'no_picture', 'No picture', 'there is no picture of this person')
    return new Response(Buffer.from(picture.bytes), {
      headers: {
        'content-type': picture.contentType,
        'cache-control': 'private, max-age=3600',
        'x-content-type-options': 'nosniff',
        etag: `"${picture.version}"`,
      },
    })
  })
  return app
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
