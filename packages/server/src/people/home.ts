// Which type the channels of our own pages are of.

import type { World } from '@sayso/policy'

/** The type of where people land; else the first that governs channels. */
export function homeType(world: World): string | undefined {
  const { home } = world.policy.document.settings ?? {}
  return home === undefined ? world.policy.governing[0]?.name : home.slice(0, home.indexOf(':'))
}
