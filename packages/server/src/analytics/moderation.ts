// Which acts are moderation: what is done to messages of others, and restraints by the names the policy has for them.

import { type ResourceId, resourceOf, typeOf, type World } from '@sayso/policy'
import type { ActCount } from '@sayso/store'

const ON_MESSAGES: ReadonlySet<string> = new Set(['delete', 'edit', 'report', 'close-report'])

/** `told`: as the roll-ups call it. */
export type ModerationAct = ActCount & { readonly told: string }

/**
 * A restraint is called as the action that allows it (`mute`), taking it off `lift-mute`. Roles that restrain nobody are left
 * out.
 */
export function moderationActs(world: World, acts: readonly ActCount[]): readonly ModerationAct[] {
  const restraints = world.policy.document.settings?.restraints ?? []
  return acts.flatMap((each) => {
    const { act, on } = each
    if (ON_MESSAGES.has(act)) return { ...each, told: act }
    const resource = resourceOf(world.policy, on) ?? (on as ResourceId)
    const restraint = restraints.find(
      ({ type, gives }) => gives === act.slice(1) && type === typeOf(resource),
    )
    if (restraint === undefined) return []
    const named = act.startsWith('+') ? restraint.action : `lift-${restraint.action}`
    return { ...each, act: named, told: act }
  })
}
