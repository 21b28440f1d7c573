// Whether a message may call many: everyone, or a role that many hold, takes `mention-everyone` besides.

import {
  type ChannelName,
  decide,
  type ResourceId,
  resourceOf,
  subjectOf,
  tenantOf,
  type World,
} from '@sayso/policy'
import type { Asker } from './asker.ts'
import { denied } from './may.ts'

/** A role that more people hold, here and on the tenant together, is as good as everyone. */
const MANY = 20

type Extras = Readonly<Record<string, unknown>> | undefined

/**
 * Asks for what `extras.mentions` would do. Whom a message called before may be called still: an edit asks for more only.
 *
 * A key, and a channel no type governs, are not asked: mentions add nothing to what they decide.
 *
 * @throws {Failure} `denied`
 */
export function requireMentions(
  world: World,
  asker: Asker,
  channel: ChannelName,
  extras: Extras,
  before?: Extras,
): void {
  const called = calledBy(extras)
  if (called === undefined) return
  const subject = subjectOf(asker.credential)
  const resource = resourceOf(world.policy, channel)
  if (subject === undefined || resource === undefined) return
  const known = calledBy(before)
  const isMore = called.everyone && known?.everyone !== true
  const roles = called.roles.filter((role) => known?.roles.includes(role) !== true)
  if (!isMore && !holdMany(world, resource, roles)) return
  const action = 'mention-everyone'
  const decision = decide(world, { subject, action, resource, context: { channel } })
  if (!decision.allowed) throw denied(world, decision, asker, action, channel)
}

/** Whom the extras call, besides single people; absent: nobody. */
function calledBy(extras: Extras) {
  const mentions = extras?.mentions
  if (typeof mentions !== 'object' || mentions === null) return undefined
  const { everyone, roles } = mentions as Readonly<Record<string, unknown>>
  const named = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
  const isNobody = everyone !== true && named.length === 0
  return isNobody ? undefined : { everyone: everyone === true, roles: named }
}

function holdMany(world: World, resource: ResourceId, roles: readonly string[]): boolean {
  if (roles.length === 0) return false
  let holders = 0
  for (const place of [resource, tenantOf(world, resource)]) {
    for (const [, held] of world.facts.holdersOn(place)) {
      if (!held.some((role) => roles.includes(role))) continue
      holders += 1
      if (holders > MANY) return true
    }
  }
  return false
}
