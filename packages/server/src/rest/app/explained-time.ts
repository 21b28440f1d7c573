// The world a question is about: that of now, one to come if nothing but time goes on, or one that was.

import { dueChanges, foldRights, type Revision, type World } from '@sayso/policy'
import type { Asker } from '../../commands/asker.ts'
import { requirePlace } from '../../commands/require-place.ts'
import { beginningOf, worldAtTime } from '../../past-world.ts'
import { versionOf } from '../../policy-version.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem } from './problem.ts'

/** What is asked about. */
export type Asked = {
  readonly world: World
  /** If it is over. */
  readonly past?: Past
}

export type Past = {
  readonly atMs: number
  /** Version of the policy that was in force. */
  readonly policy: string
  /** From here on the past is known. */
  readonly sinceMs: number
}

/**
 * @param atMs absent: now
 * @throws {Failure} `denied`: what was takes `explain`, also about oneself, as all changes since the first are folded for it
 * @throws {ApiProblem} `past_unknown`
 */
export async function askedAt(
  deps: AppRest,
  asker: Asker,
  atMs: number | undefined,
): Promise<Asked> {
  const { standing, now, refusals } = deps.context
  if (atMs === undefined) return { world: standing.world }
  if (atMs > now()) return { world: passed(standing.world, atMs) }
  refusals.noting(() => requirePlace(standing.world, asker, 'explain'))
  return wasAt(deps, atMs)
}

async function wasAt({ context }: AppRest, atMs: number): Promise<Asked> {
  const { store, standing } = context
  const { revision } = standing.world
  const [sinceMs, [last]] = await Promise.all([
    beginningOf(store),
    store.rightsAfter({ revision: (revision - 1) as Revision, limit: 1 }),
  ])
  if (sinceMs === undefined || atMs < sinceMs)
    throw new ApiProblem(
      'past_unknown',
      'nothing is known of that time',
      sinceMs === undefined
        ? 'ask about now'
        : `ask about ${new Date(sinceMs).toISOString()} or later`,
    )
  const isAsNow = last !== undefined && last.atMs <= atMs && last.revision === revision
  const found = isAsNow ? standing.world : await worldAtTime(store, atMs)
  if (found === undefined)
    throw new ApiProblem(
      'past_unknown',
      'too many rights have changed to fold them all again',
      'open a refusal of that time by its id',
    )
  // What had come to its end and was not committed yet, as the server stood still.
  const world = passed(found, atMs)
  return { world, past: { atMs, policy: versionOf(world.policy.document), sinceMs } }
}

/** Times added to each other at most: each brings what has come by then in pieces. */
const MOST_STEPS = 1_000
const AT_ONCE = 1_000

/** The world as time alone makes it. */
function passed(world: World, atMs: number): World {
  let then = world
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const changes = dueChanges(then, atMs, AT_ONCE)
    if (changes.length === 0) break
    then = foldRights(then, changes, world.revision)
  }
  return then
}
