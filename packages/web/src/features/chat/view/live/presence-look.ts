// How a presence is drawn at an avatar.

import type { PresenceLook } from '../../../../ui/avatar.tsx'
import type { PresenceSaid } from '../../model/presence-said.ts'

const LOOKS = { online: 'on', away: 'away', dnd: 'dnd' } as const

/** Absent: offline. */
export function lookOf(said: PresenceSaid | undefined): PresenceLook {
  return said === undefined ? 'off' : LOOKS[said.availability]
}
