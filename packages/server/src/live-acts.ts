// What an administrator may do to one live connection: say something to it, take from it, end it.

import { has, MODE, MODE_ACTIONS, type Modes } from '@sayso/channel'
import type { Action, ChannelName } from '@sayso/policy'
import { moveConnection } from './connections.ts'
import type { Hub } from './hub.ts'
import type { LiveConnection } from './live-connection.ts'

/** What can be taken from a connection on a channel; `subscribe` takes presence of others along. */
export const TAKABLE: readonly string[] = MODE_ACTIONS

/**
 * Says something on the views of rights the connection watches, as a message called `notice`.
 *
 * @returns on how many views it was said
 */
export function notify(hub: Hub, { peer, views }: LiveConnection, payload: unknown): number {
  if (peer === undefined) return 0
  for (const view of views.keys()) peer.view(view, 'notice', payload, hub.head)
  return views.size
}

/**
 * Takes actions from one connection on one channel, until it is gone; none gives everything back. What others of the
 * same person may do, and what the person may do over REST, stays.
 */
export function narrow(
  hub: Hub,
  connection: LiveConnection,
  channel: ChannelName,
  taken: readonly Action[],
): void {
  const narrowed = new Map(connection.asker.narrowed)
  if (taken.length === 0) narrowed.delete(channel)
  else narrowed.set(channel, new Set(taken))
  connection.asker = { ...connection.asker, narrowed }
  hub.reauthorizeConnection(connection, 'policy')
}

/** Ends a connection: its client is told why, and does not come back by itself. */
export function drop(hub: Hub, connection: LiveConnection, reason: string, nowMs: number): void {
  connection.peer?.dropped(reason)
  moveConnection(hub, connection, { name: 'failed' }, nowMs)
}

/** The modes of an attachment by name. */
export function modeNames(modes: Modes): readonly string[] {
  return Object.entries(MODE)
    .filter(([, mode]) => has(modes, mode))
    .map(([name]) => name)
}
