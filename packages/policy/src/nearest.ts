// The smallest set of changes that would turn a decision: tried out on copies of the world, fewest first.

import type { RightsChange } from './change.ts'
import { decide } from './decide.ts'
import type { Question } from './decision.ts'
import { versionIn } from './engine/engine.ts'
import { editsAgainst } from './why/edit.ts'
import { foldRights, type World } from './world.ts'

/** Longer advice helps nobody. */
const MOST_CHANGES = 4
/** Worlds tried before giving up. */
const MOST_TRIALS = 150

type Trial = { readonly world: World; readonly changes: readonly RightsChange[] }

/**
 * The fewest changes of facts that turn the answer to a question, found by trying; empty if there are none near.
 *
 * Giving and taking roles, parting relations, switching yes-or-no attributes, making a resource that is missing: never
 * the policy, never the question. None of them can be left out. Of equally few, those that do least come first.
 */
export function nearestChanges(world: World, question: Question): readonly RightsChange[] {
  const { isOwner } = versionIn(world)
  const found = search(world, question)
  // The world in use is read far more often than what was tried on it: it gets the fast tables back.
  if (isOwner) world.facts.withAll([])
  return found
}

function search(world: World, question: Question): readonly RightsChange[] {
  const { allowed } = decide(world, question)
  const turns = (changed: World) => decide(changed, question).allowed !== allowed
  for (const { world: changed, changes } of trialsFrom(world, question)) {
    if (turns(changed)) return withoutIdle(world, changes, turns)
  }
  return []
}

/** Worlds with more and more changes, each set of changes once. */
function* trialsFrom(world: World, question: Question): Generator<Trial> {
  const tried = new Set<string>()
  const trials: Trial[] = [{ world, changes: [] }]
  // Grows while it is walked: fewest changes first.
  for (const trial of trials) {
    if (trial.changes.length >= MOST_CHANGES) return
    for (const change of editsOf(trial.world, question)) {
      const changes = [...trial.changes, change]
      const name = nameOf(changes)
      const changed = foldRights(trial.world, [change], world.revision)
      if (tried.has(name) || changed.facts === trial.world.facts) continue
      if (tried.size >= MOST_TRIALS) return
      tried.add(name)
      trials.push({ world: changed, changes })
      yield { world: changed, changes }
    }
  }
}

function editsOf(world: World, question: Question): readonly RightsChange[] {
  const [reason] = decide(world, question).reasons
  return reason ? editsAgainst(world, question, reason) : []
}

/** The same changes in another order are the same set. */
function nameOf(changes: readonly RightsChange[]): string {
  return changes
    .map((change) => JSON.stringify(change))
    .sort()
    .join('\n')
}

/** A change that was needed only on the way there is left out again. */
function withoutIdle(
  world: World,
  changes: readonly RightsChange[],
  turns: (changed: World) => boolean,
): readonly RightsChange[] {
  return changes.reduce<readonly RightsChange[]>((kept, change) => {
    const fewer = kept.filter((one) => one !== change)
    return turns(foldRights(world, fewer, world.revision)) ? fewer : kept
  }, changes)
}
