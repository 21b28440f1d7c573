// What happened to members, as the memory store holds it.

import type { PresenceHistoryPage, PresenceHistoryQuery, PresenceNote, Store } from '../store.ts'

/** @param refuseIfClosed throws once the store was closed */
export function createPresence(
  refuseIfClosed: () => void,
): Pick<Store, 'notePresence' | 'presenceHistory'> {
  const notes: PresenceNote[] = []
  return {
    async notePresence(added) {
      refuseIfClosed()
      notes.push(...structuredClone(added))
    },
    async presenceHistory(query) {
      refuseIfClosed()
      return page(notes, query)
    },
  }
}

function page(notes: readonly PresenceNote[], query: PresenceHistoryQuery): PresenceHistoryPage {
  const { channel, direction, limit, untilSerial, afterNumber } = query
  const { startMs = 0, endMs = Number.POSITIVE_INFINITY } = query
  const isForwards = direction === 'forwards'
  const found = notes
    .map((note, index) => ({ ...note, number: index + 1 }))
    .filter(
      (note) =>
        note.channel === channel &&
        note.event.member.timestampMs >= startMs &&
        note.event.member.timestampMs <= endMs &&
        (untilSerial === undefined || note.position <= untilSerial) &&
        (afterNumber === undefined ||
          (isForwards ? note.number > afterNumber : note.number < afterNumber)),
    )
  if (!isForwards) found.reverse()
  const events = found.slice(0, limit).map(({ number, event }) => ({ number, event }))
  return { events, hasMore: found.length > limit }
}
