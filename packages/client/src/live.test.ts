import type { ResourceView, RoleView } from '@sayso/protocol'
import type { Realtime } from 'ably'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { scriptedRealtime } from '../test/scripted-realtime.ts'
import type { PermissionChange } from './fold.ts'
import { permissions } from './live.ts'
import type { RealtimePort } from './realtime-port.ts'

const speaker: RoleView = { role: 'speaker', on: 'channel:lobby', title: 'Speaker' }
const lobby: ResourceView = {
  resource: 'channel:lobby',
  channel: 'chat:lobby',
  title: 'lobby',
  order: 1,
  actions: ['publish', 'subscribe'],
  roles: [speaker],
}
const attic: ResourceView = {
  resource: 'channel:attic',
  channel: 'chat:attic',
  title: 'attic',
  actions: ['subscribe'],
  roles: [],
}
const snapshot = (revision: number, ...resources: ResourceView[]) => ({
  subject: 'user:ada',
  roles: [],
  resources,
  revision,
})
const change = (revision: number, parts: object = {}) => ({
  roles: [],
  gained: [],
  changed: [],
  lost: [],
  cause: { command: 'promote', by: { id: 'grace', name: 'Grace' } },
  revision,
  atMs: 5,
  ...parts,
})

function started(...resources: ResourceView[]) {
  const realtime = scriptedRealtime()
  const live = permissions(realtime)
  const changes: PermissionChange[] = []
  live.onChange((one) => changes.push(one))
  const all = realtime.channel('[permissions]*')
  all.say('snapshot', snapshot(10, ...resources))
  return { realtime, live, changes, all }
}

describe('live permissions', () => {
  test('the stock client fits the port as it is', () => {
    expectTypeOf<Realtime>().toExtend<RealtimePort>()
  })

  test('nothing is known before the first snapshot, and nobody is asked', async () => {
    const realtime = scriptedRealtime()
    const live = permissions(realtime)
    expect(live.can('publish', 'channel:lobby')).toEqual({ allowed: false, known: false })
    await Promise.resolve()
    expect(realtime.opened).toEqual(['[permissions]*'])
    expect(live.known()).toBe(false)
  })

  test('a snapshot answers by resource and by channel', () => {
    const { live, changes } = started(lobby, attic)
    expect(live.can('publish', 'channel:lobby')).toEqual({ allowed: true, known: true })
    expect(live.can('publish', 'chat:lobby')).toEqual({ allowed: true, known: true })
    expect(live.can('publish', 'chat:attic')).toEqual({ allowed: false, known: true })
    expect(live.user()).toEqual({ id: 'ada', roles: [], live: true })
    expect(changes).toEqual([])
  })

  test('resources come in their order, then by title', () => {
    const { live } = started(attic, lobby)
    expect(live.resources().map((view) => view.title)).toEqual(['lobby', 'attic'])
  })

  test('a change is folded and told with its cause and what was before', () => {
    const { live, changes, all } = started(lobby)
    const changed = {
      ...lobby,
      actions: ['publish', 'subscribe', 'promote'],
      gained: ['promote'],
      lost: [],
    }
    all.say('change', change(11, { changed: [changed], gained: [attic] }))
    expect(live.can('promote', 'channel:lobby').allowed).toBe(true)
    expect(live.can('subscribe', 'channel:attic').allowed).toBe(true)
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({
      cause: { command: 'promote' },
      gained: [{ resource: 'channel:attic' }],
      changed: [{ gained: ['promote'], before: lobby }],
    })
  })

  test('a lost resource is denied and known, and the question is not asked again', async () => {
    const { live, all, changes, realtime } = started(lobby, attic)
    all.say('change', change(11, { lost: [{ resource: 'channel:attic', channel: 'chat:attic' }] }))
    expect(live.can('subscribe', 'channel:attic')).toEqual({ allowed: false, known: true })
    expect(live.can('subscribe', 'chat:attic')).toEqual({ allowed: false, known: true })
    await Promise.resolve()
    expect(realtime.opened).toEqual(['[permissions]*'])
    expect(changes[0]?.lost).toEqual([attic])
  })

  test('a change the snapshot already contained is skipped', () => {
    const { live, changes, all } = started(lobby)
    all.say('change', change(10, { lost: [{ resource: 'channel:lobby' }] }))
    expect(live.can('publish', 'channel:lobby').allowed).toBe(true)
    expect(changes).toEqual([])
  })

  test('a listed resource that opens is gained, one that closes lost, and both stay listed', () => {
    const shut: ResourceView = { ...attic, actions: [], locked: true }
    const { live, changes, all } = started(lobby, shut)
    expect(live.can('subscribe', 'chat:attic')).toEqual({ allowed: false, known: true })
    all.say('change', change(11, { changed: [{ ...attic, gained: ['subscribe'], lost: [] }] }))
    expect(changes[0]).toMatchObject({ gained: [attic], changed: [], lost: [] })
    all.say('change', change(12, { changed: [{ ...shut, gained: [], lost: ['subscribe'] }] }))
    expect(changes[1]).toMatchObject({ gained: [], changed: [], lost: [attic] })
    expect(live.resources().map((view) => view.locked)).toEqual([undefined, true])
  })

  test('a locked resource that comes or goes is no gain and no loss', () => {
    const shut: ResourceView = { ...attic, actions: [], locked: true }
    const { changes, all } = started(lobby)
    all.say('change', change(11, { gained: [shut] }))
    all.say('change', change(12, { changed: [{ ...shut, requested: true, gained: [], lost: [] }] }))
    all.say('change', change(13, { lost: [{ resource: shut.resource, channel: shut.channel }] }))
    expect(changes.map(({ gained, lost }) => [gained, lost])).toEqual([
      [[], []],
      [[], []],
      [[], []],
    ])
    expect(changes[1]?.changed).toMatchObject([{ requested: true, before: shut }])
  })

  test('losing the connection keeps the answers and says they are not live', () => {
    const { live, realtime, all } = started(lobby)
    realtime.connectionState('disconnected')
    expect(live.user().live).toBe(false)
    expect(live.can('publish', 'channel:lobby').allowed).toBe(true)
    all.say('snapshot', snapshot(10, lobby))
    expect(live.user().live).toBe(true)
  })

  test('a snapshot on coming back replaces, and tells the difference without a cause', () => {
    const { live, realtime, all, changes } = started(lobby, attic)
    realtime.connectionState('disconnected')
    all.say('snapshot', snapshot(12, { ...lobby, actions: ['subscribe'] }))
    expect(live.can('publish', 'channel:lobby').allowed).toBe(false)
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ changed: [{ lost: ['publish'] }], lost: [attic] })
    expect(changes[0]?.cause).toBeUndefined()
  })

  test('an older revision in a new snapshot still replaces: the server knows best', () => {
    const { live, all } = started(lobby)
    all.say('snapshot', snapshot(3, attic))
    expect(live.resources()).toEqual([attic])
    all.say('change', change(4, { gained: [lobby] }))
    expect(live.resources()).toHaveLength(2)
  })

  test('a resource the list does not have is asked once, under the name it was asked by', async () => {
    const { live, realtime } = started(lobby)
    expect(live.can('publish', 'metrics')).toEqual({ allowed: false, known: false })
    live.can('subscribe', 'metrics')
    await Promise.resolve()
    expect(realtime.opened).toEqual(['[permissions]*', '[permissions]metrics'])
    const view = {
      resource: 'metrics',
      title: 'metrics',
      actions: ['publish'],
      roles: [],
      revision: 10,
    }
    realtime.channel('[permissions]metrics').say('snapshot', view)
    expect(live.can('publish', 'metrics')).toEqual({ allowed: true, known: true })
    realtime.channel('[permissions]metrics').say('change', {
      ...view,
      actions: [],
      gained: [],
      lost: ['publish'],
      cause: { command: 'x' },
      revision: 11,
      atMs: 1,
    })
    expect(live.can('publish', 'metrics')).toEqual({ allowed: false, known: true })
  })

  test('answers and lists keep their identity until something changes', () => {
    const { live, all } = started(lobby)
    const [resources, user] = [live.resources(), live.user()]
    expect(live.can('publish', 'chat:lobby')).toBe(live.can('publish', 'chat:lobby'))
    all.say('snapshot', 'not a snapshot')
    expect(live.resources()).toBe(resources)
    expect(live.user()).toBe(user)
  })

  test('listeners hear of a change after it holds', () => {
    const { live, all } = started(lobby)
    const heard: boolean[] = []
    live.subscribe(() => heard.push(live.can('publish', 'channel:lobby').allowed))
    all.say('change', change(11, { lost: [{ resource: 'channel:lobby' }] }))
    expect(heard).toEqual([false])
  })

  test('after close nothing is told and nothing stays subscribed', () => {
    const { live, all, changes, realtime } = started(lobby)
    live.close()
    all.say('change', change(11, { lost: [{ resource: 'channel:lobby' }] }))
    expect(changes).toEqual([])
    expect(realtime.channel('[permissions]*').isOpen).toBe(false)
  })
})
