// Who is here: a set of members, changed by enter, update and leave. Fleeting by type: it never reaches the store.

import type { Member } from './message.ts'

export type PresenceAction = 'enter' | 'update' | 'leave'

/** One presence message on its way in, for a member of the sending connection. */
export type PresenceChange = {
  readonly action: PresenceAction
  readonly member: Member
}

/** What others hear. `synthesized` leaves were not asked for by the member. */
export type PresenceEvent = {
  readonly kind: 'presence'
  readonly action: PresenceAction
  readonly member: Member
  readonly synthesized: boolean
}

export type MemberKey = string

/** What tells members of one channel apart: a client of a connection. */
export function memberKey(connectionId: string, clientId: string): MemberKey {
  return `${connectionId}\n${clientId}`
}

/** The members of one channel. */
export type PresenceSet = Map<MemberKey, Member>

/**
 * Applies one change and returns what others hear, or nothing.
 *
 * - An update of an unknown member is an enter; a leave of an unknown one is nothing.
 * - An enter that repeats the present id is a client coming back: kept, not told.
 * - A leave without data carries the member's last data.
 */
export function changePresence(
  set: PresenceSet,
  change: PresenceChange,
): PresenceEvent | undefined {
  const key = memberKey(change.member.connectionId, change.member.clientId)
  const known = set.get(key)
  if (change.action === 'leave') {
    if (known === undefined) return undefined
    set.delete(key)
    return told('leave', withLastData(change.member, known))
  }
  if (change.action === 'enter' && known?.id === change.member.id) return undefined
  set.set(key, change.member)
  return told(known === undefined ? 'enter' : change.action, change.member)
}

/**
 * Removes every member of a connection, as if the server had spoken for it.
 *
 * @param nowMs absent: each leaves at the time of its present state, which clients still take for the newer word
 */
export function leaveAll(
  set: PresenceSet,
  connectionId: string,
  nowMs: number | undefined,
): PresenceEvent[] {
  const gone: PresenceEvent[] = []
  for (const [key, member] of set) {
    if (member.connectionId !== connectionId) continue
    set.delete(key)
    // The id must not start with the connection id: that is how a client tells a synthesized leave.
    const timestampMs = nowMs ?? member.timestampMs
    const leave = { ...member, id: `gone:${member.id}`, timestampMs }
    gone.push({ kind: 'presence', action: 'leave', member: leave, synthesized: true })
  }
  return gone
}

function told(action: PresenceAction, member: Member): PresenceEvent {
  return { kind: 'presence', action, member, synthesized: false }
}

function withLastData(leaving: Member, known: Member): Member {
  if (leaving.data !== undefined) return leaving
  const { data, encoding } = known
  return {
    ...leaving,
    ...(data === undefined ? {} : { data }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}
