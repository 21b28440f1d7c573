// Whether somebody still asks for what had to wait: a connection may be gone, or have come back on another socket.

import { type ChannelEvent, ownerOf } from '@sayso/channel'
import type { LiveConnection } from './live-connection.ts'

/** What clients ask for and are answered on their socket; everything else happens whoever listens. */
const ASKED: ReadonlySet<ChannelEvent['name']> = new Set(['attach', 'detach', 'sync'])

/**
 * Remembers who asks. What it gives, called later, is what is left of the event: nothing, or, of a detach, that the
 * place and its members go without an answer. Who came back asks anew.
 */
export function stillAsked(
  event: ChannelEvent,
  find: (id: string) => LiveConnection | undefined,
): () => ChannelEvent | undefined {
  if (!ASKED.has(event.name) || !('connection' in event)) return () => event
  const id = ownerOf(event.connection)
  const peer = find(id)?.peer
  return () => {
    const now = find(id)
    if (now !== undefined && now.peer === peer) return event
    return event.name === 'detach' ? { ...event, name: 'forget' } : undefined
  }
}
