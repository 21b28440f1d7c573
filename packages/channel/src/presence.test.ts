import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { member } from '../test/build.ts'
import type { Member } from './message.ts'
import {
  changePresence,
  leaveAll,
  memberKey,
  type PresenceChange,
  type PresenceEvent,
  type PresenceSet,
} from './presence.ts'

const ann = member('c1', 'ann', { data: 'hello', encoding: 'utf-8' })

function present(...members: readonly Member[]): PresenceSet {
  return new Map(members.map((each) => [memberKey(each.connectionId, each.clientId), each]))
}

function told(action: PresenceEvent['action'], who: Member): PresenceEvent {
  return { kind: 'presence', action, member: who, synthesized: false }
}

describe('one change', () => {
  test('[CH48] an enter is told as it is', () => {
    const set = present()
    expect(changePresence(set, { action: 'enter', member: ann })).toEqual(told('enter', ann))
    expect([...set.values()]).toEqual([ann])
  })

  test('[CH48] an update of a member is told as an update', () => {
    const set = present(ann)
    const later = { ...ann, id: 'c1:1:0', data: 'busy' }
    expect(changePresence(set, { action: 'update', member: later })).toEqual(told('update', later))
    expect([...set.values()]).toEqual([later])
  })

  test('[CH48] an update of somebody unknown is told as an enter', () => {
    const set = present()
    expect(changePresence(set, { action: 'update', member: ann })).toEqual(told('enter', ann))
    expect(set.size).toBe(1)
  })

  test('[CH48] a leave of somebody unknown is nothing', () => {
    const set = present(ann)
    const other = member('c2', 'ann')
    expect(changePresence(set, { action: 'leave', member: other })).toBeUndefined()
    expect([...set.values()]).toEqual([ann])
  })

  test('[CH48] a leave without data carries the last data', () => {
    const set = present(ann)
    const leave = member('c1', 'ann', { id: 'c1:2:0' })
    const heard = changePresence(set, { action: 'leave', member: leave })
    expect(heard).toEqual(told('leave', { ...leave, data: 'hello', encoding: 'utf-8' }))
    expect(set.size).toBe(0)
  })

  test('[CH48] a leave with data keeps its own, and no other encoding', () => {
    const leave = member('c1', 'ann', { id: 'c1:2:0', data: 'bye' })
    const heard = changePresence(present(ann), { action: 'leave', member: leave })
    expect(heard).toEqual(told('leave', leave))
  })

  test('[CH48] a leave of somebody without data has none', () => {
    const leave = member('c1', 'bob', { id: 'c1:2:0' })
    const heard = changePresence(present(member('c1', 'bob')), { action: 'leave', member: leave })
    expect(heard?.member).toStrictEqual(leave)
  })

  test('[CH49] an enter with the present id keeps the member and is not told', () => {
    const set = present(ann)
    const again = { ...ann, data: 'other', timestampMs: 99 }
    expect(changePresence(set, { action: 'enter', member: again })).toBeUndefined()
    expect([...set.values()]).toEqual([ann])
  })

  test('[CH49] an enter with another id is told', () => {
    const next = { ...ann, id: 'c1:7:0' }
    expect(changePresence(present(ann), { action: 'enter', member: next })).toEqual(
      told('enter', next),
    )
  })

  test('[CH50] one client of two connections is two members, two clients of one connection too', () => {
    const set = present()
    for (const who of [ann, member('c2', 'ann'), member('c1', 'bob')]) {
      expect(changePresence(set, { action: 'enter', member: who })?.action).toBe('enter')
    }
    expect(set.size).toBe(3)
  })

  test('[CH50] different members never share a key', () => {
    expect(memberKey('c1', '2\nann')).not.toBe(memberKey('c12', '\nann'))
    expect(memberKey('c1', 'ann')).not.toBe(memberKey('c', '1ann'))
  })
})

describe('a connection that is gone', () => {
  test('[CH53] its members leave by a word of the server, the others stay', () => {
    const set = present(ann, member('c2', 'bob'), member('c1', 'cyd'))
    const gone = leaveAll(set, 'c1', 70)
    expect(gone.map(({ member: { clientId } }) => clientId)).toEqual(['ann', 'cyd'])
    for (const event of gone) {
      expect(event).toMatchObject({ action: 'leave', synthesized: true })
      expect(event.member.timestampMs).toBe(70)
      expect(event.member.id.startsWith('c1')).toBe(false)
    }
    expect(gone[0]?.member).toMatchObject({ data: 'hello', encoding: 'utf-8' })
    expect([...set.values()]).toEqual([member('c2', 'bob')])
  })

  test('[CH53] at no given time they leave at the time of their last word', () => {
    expect(leaveAll(present(ann), 'c1', undefined)[0]?.member.timestampMs).toBe(ann.timestampMs)
  })

  test('[CH53] without members nobody leaves', () => {
    expect(leaveAll(present(ann), 'c2', 70)).toEqual([])
  })
})

test('[CH55] who follows what is told has the same members', () => {
  const change: fc.Arbitrary<PresenceChange | string> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom('enter' as const, 'update' as const, 'leave' as const),
          fc.constantFrom('c1', 'c2'),
          fc.constantFrom('ann', 'bob'),
          fc.nat(5),
        )
        .map(([action, connection, client, count]) => ({
          action,
          member: member(connection, client, { id: `${connection}:${count}:0`, data: `${count}` }),
        })),
    },
    { weight: 1, arbitrary: fc.constantFrom('c1', 'c2') },
  )
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40, size: 'max' }), (changes) => {
      const set = present()
      const followed = new Map<string, string>()
      for (const each of changes) {
        const heard = typeof each === 'string' ? leaveAll(set, each, 9) : changePresence(set, each)
        for (const event of [heard ?? []].flat()) follow(followed, event)
      }
      expect([...followed].sort()).toEqual([...set].map(([key, { id }]) => [key, id]).sort())
    }),
  )
})

/** What a client makes of it. */
function follow(followed: Map<string, string>, { action, member: who }: PresenceEvent): void {
  const key = memberKey(who.connectionId, who.clientId)
  if (action !== 'enter') expect(followed.has(key)).toBe(true)
  if (action === 'leave') followed.delete(key)
  else followed.set(key, who.id)
}
