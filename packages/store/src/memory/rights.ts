// The rights rows of the memory store.

import type { ResourceId, RightsChange } from '@sayso/policy'
import { applyChange, hangsOn, type RightsRows, rankOf } from '../rules/rights.ts'

export function createRightsTable() {
  const rows = new Map<string, RightsChange>()
  const held = new Map<ResourceId, Set<string>>()
  const table: RightsRows = {
    get: (slot) => rows.get(slot),
    put(slot, change) {
      rows.set(slot, change)
      for (const on of hangsOn(change)) held.set(on, (held.get(on) ?? new Set()).add(slot))
    },
    delete(slot) {
      const change = rows.get(slot)
      rows.delete(slot)
      for (const on of change ? hangsOn(change) : []) held.get(on)?.delete(slot)
    },
    hangingOn: (resource) => [...(held.get(resource) ?? [])],
  }
  return {
    /** True if the change changed anything. */
    apply: (change: RightsChange): boolean => applyChange(table, change),
    all: (): RightsChange[] => [...rows.values()].sort((a, b) => rankOf(a) - rankOf(b)),
  }
}
