// The rights rows of the memory store.

import type { ResourceId, RightsChange } from '@sayso/policy'
import { applyChange, type RightsRows, rankOf } from '../rules/rights.ts'

export function createRightsTable() {
  const rows = new Map<string, RightsChange>()
  const held = new Map<ResourceId, Set<string>>()
  const table: RightsRows = {
    get: (slot) => rows.get(slot),
    put(slot, change) {
      rows.set(slot, change)
      if (change.kind !== 'assign') return
      const slots = held.get(change.tuple.resource) ?? new Set()
      held.set(change.tuple.resource, slots.add(slot))
    },
    delete(slot) {
      const change = rows.get(slot)
      rows.delete(slot)
      if (change?.kind === 'assign') held.get(change.tuple.resource)?.delete(slot)
    },
    rolesOn: (resource) => [...(held.get(resource) ?? [])],
  }
  return {
    /** True if the change changed anything. */
    apply: (change: RightsChange): boolean => applyChange(table, change),
    all: (): RightsChange[] => [...rows.values()].sort((a, b) => rankOf(a) - rankOf(b)),
  }
}
