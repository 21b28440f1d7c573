// Attaching the live views of rights: every credential may, to see its own rights only. A snapshot at every attach.

import { parsePermissionView } from '@sayso/policy'
import { openAllView, openChannelView } from '../../permission-views.ts'
import type { LiveSession } from './live-session.ts'
import type { Wire } from './wire.ts'

export function isView(raw: string): boolean {
  return parsePermissionView(raw) !== undefined
}

/** Never RESUMED: the snapshot says it all. */
export function attachView(wire: Wire, session: LiveSession, raw: string): void {
  const asked = parsePermissionView(raw)
  if (asked === undefined) return
  const { connection, peer } = session
  const { world, head } = wire.hub
  const { credential } = connection.asker
  const opened =
    'all' in asked
      ? openAllView(world, credential)
      : openChannelView(world, credential, asked.channel)
  connection.views.set(raw, opened.view)
  peer.viewAttached(raw, head)
  peer.view(raw, 'snapshot', opened.snapshot, head)
}
