// Who hears what was cut: connections grouped by variant, so that a cut is one delivery per group, whatever its size.

import {
  type Attached,
  type ConnectionId,
  type DeliveredEvent,
  seenBy,
  type Variant,
  variantOf,
} from './attachment.ts'
import type { ChannelEffect } from './events.ts'

/** The connections that share one variant, and so one encoded batch. */
type Group = { readonly variant: Variant; members: Set<ConnectionId>; lent: boolean }

export class Audience {
  readonly #groups = new Map<string, Group>()

  get isEmpty(): boolean {
    return this.#groups.size === 0
  }

  /** An attachment that may see nothing joins no group. */
  join(attachment: Attached): void {
    const variant = variantOf(attachment)
    if (variant === undefined) return
    const group = this.#groups.get(variant.key) ?? { variant, members: new Set(), lent: false }
    own(group).add(attachment.connection)
    this.#groups.set(variant.key, group)
  }

  /** @param attachment as it joined */
  leave(attachment: Attached): void {
    const group = this.#groups.get(variantOf(attachment)?.key ?? '')
    if (group === undefined) return
    own(group).delete(attachment.connection)
    if (group.members.size === 0) this.#groups.delete(group.variant.key)
  }

  /** One delivery per variant that sees any of the events. */
  deliveries(events: readonly DeliveredEvent[]): ChannelEffect[] {
    const effects: ChannelEffect[] = []
    for (const group of this.#groups.values()) {
      const seen = seenBy(group.variant, events)
      if (seen.length === 0) continue
      group.lent = true
      effects.push({ name: 'deliver', variant: group.variant, events: seen, to: group.members })
    }
    return effects
  }
}

/**
 * INVARIANT: a set that stands in a `deliver` effect never changes. Who joins or leaves in the same step, after the
 * cut, must neither gain nor lose what was cut.
 */
function own(group: Group): Set<ConnectionId> {
  if (group.lent) {
    group.members = new Set(group.members)
    group.lent = false
  }
  return group.members
}
