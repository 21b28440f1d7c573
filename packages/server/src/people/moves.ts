// What could be done to somebody on a channel: only what would change something, each with its effect, or why it is refused.

import {
  admissionRole,
  planDemote,
  planPromote,
  promotionOf,
  type ResourceId,
  type RightsChange,
  type RoleName,
  roleView,
  type SubjectId,
  typeOf,
  type World,
} from '@sayso/policy'
import type { MoveView } from '@sayso/protocol'
import type { Asker } from '../commands/asker.ts'
import { Failure } from '../commands/failure.ts'
import { requireAssign, requireRestrain } from '../commands/may-assign.ts'
import { requireMove } from '../commands/move.ts'
import { effectParts, effectText } from './effect.ts'

type Case = {
  readonly world: World
  readonly asker: Asker
  readonly resource: ResourceId
  readonly subject: SubjectId
}

export function movesOf(
  world: World,
  asker: Asker,
  resource: ResourceId,
  subject: SubjectId,
): readonly MoveView[] {
  const one = { world, asker, resource, subject }
  return [...admission(one), ...promotions(one), ...restraints(one)]
}

function promotions(one: Case): MoveView[] {
  const { world, asker, resource, subject } = one
  const promotion = promotionOf(world.policy, typeOf(resource))
  if (promotion === undefined) return []
  const plans = {
    promote: planPromote(world, resource, subject),
    demote: planDemote(world, resource, subject),
  }
  return (['promote', 'demote'] as const).flatMap((command) => {
    const plan = plans[command]
    if ('refused' in plan) return []
    const role = command === 'promote' ? promotion.gives : promotion.replaces
    const may = () => requireMove(world, asker, { command, resource })
    return [moveOf(one, { command, role, changes: plan, may, verb: command })]
  })
}

/** Letting in somebody who did not ask. */
function admission(one: Case): MoveView[] {
  const { world, asker, resource, subject } = one
  const role = admissionRole(world, resource)
  const isThere = world.facts.rolesOf(subject, resource).length > 0
  if (role === undefined || isThere) return []
  const changes: RightsChange[] = [{ kind: 'assign', tuple: { resource, role, subject } }]
  const may = () => requireAssign(world, asker, { role, resource })
  const move = moveOf(one, { command: 'admit', role, changes, may, verb: 'let in' })
  // Whom it would change nothing for is in by another road.
  return move.allowed && isFelt(move) ? [move] : []
}

/** Nobody holds themself back, and only those are who have something to lose. */
function restraints(one: Case): MoveView[] {
  const { world, asker, resource, subject } = one
  const { credential } = asker
  const own = credential.kind === 'token' ? credential.subject : undefined
  if (own === subject) return []
  const all = world.policy.document.settings?.restraints ?? []
  return all
    .filter(({ type }) => type === typeOf(resource))
    .flatMap(({ action, gives: role }) => {
      const tuple = { resource, role, subject }
      const isHeld = world.facts.has(tuple)
      const changes: RightsChange[] = [{ kind: isHeld ? 'unassign' : 'assign', tuple }]
      const may = () => requireRestrain(world, asker, { role, resource, subject })
      const command = isHeld ? 'release' : 'restrain'
      const move = moveOf(one, { command, role, changes, may, verb: action })
      return isFelt(move) ? [{ ...move, action }] : []
    })
}

function isFelt({ changes }: MoveView): boolean {
  return changes !== undefined && changes.gained.length + changes.lost.length > 0
}

function moveOf(
  { world, resource }: Case,
  about: {
    readonly command: MoveView['command']
    readonly role: RoleName
    readonly changes: readonly RightsChange[]
    readonly may: () => void
    readonly verb: string
  },
): MoveView {
  const { command, role, changes, may, verb } = about
  const to = roleView(world.policy, role, resource)
  const refusal = refusalOf(may, verb)
  const effect = effectParts(world, resource, changes)
  return {
    command,
    allowed: refusal === undefined,
    to,
    effect: refusal ?? effectText(effect),
    changes: effect,
  }
}

function refusalOf(may: () => void, verb: string): string | undefined {
  try {
    may()
    return undefined
  } catch (error) {
    if (error instanceof Failure) return `You may not ${verb} this person here`
    throw error
  }
}
