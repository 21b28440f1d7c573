// A change that concerns very many: decided in slices, and still nothing later reaches anybody it was taken from.

import { DEFAULT_MODES } from '@sayso/channel'
import type { ChannelName, Revision, RightsChange, SubjectId } from '@sayso/policy'
import type { MessageFeedEntry } from '@sayso/store'
import { describe, expect, test } from 'vitest'
import { Hub } from '../src/hub.ts'
import type { LiveConnection, Peer } from '../src/live-connection.ts'
import { Meter } from '../src/observe/meter.ts'
import { openAllView } from '../src/permission-views.ts'
import { assign, harbour, tokenFor, worldOf } from './worlds.ts'

const PEOPLE = 600
const NORTH = 'dock:north' as ChannelName
const NOTICES = 'dock:notices' as ChannelName
const ids = Array.from({ length: PEOPLE }, (_, n) => `p${n}`)

/** Everybody reads two channels; what each hears is written down in one list. */
function crowd() {
  const told: string[] = []
  const later: (() => void)[] = []
  let position = 0
  const next = () => {
    position += 1
    return { revision: (position + 1) as Revision, serial: `s${position}`, atMs: 0 }
  }
  const grants = ids.flatMap((id) => [
    assign(`dock:north#watcher@user:${id}`),
    assign(`dock:notices#watcher@user:${id}`),
  ])
  // The clock runs a millisecond with every look, so that a slice ends.
  let nowMs = 0
  const hub = new Hub({
    world: worldOf(...grants),
    revision: 1 as Revision,
    head: 's0',
    meter: new Meter(),
    encode: (_variant, _channel, events) => ({
      bytes: Buffer.from(events.map((event) => ('serial' in event ? event.serial : '')).join(' ')),
    }),
    now: () => {
      nowMs += 1
      return nowMs
    },
    soon: (run) => later.push(run),
    later: (run) => later.push(run),
    refused: () => undefined,
    keepPresence: async () => undefined,
    readBacklog: () => undefined,
  })
  for (const id of ids) {
    const peer: Partial<Peer> = {
      format: 'json',
      attached: (_effect, channel) => told.push(`${id} attached ${channel}`),
      detached: (channel) => told.push(`${id} detached ${channel}`),
      refused: (channel) => told.push(`${id} refused ${channel}`),
      deliver: ({ bytes }, channel) => told.push(`${id} hears ${channel} ${bytes}`),
      purge: () => undefined,
      sync: () => undefined,
      view: (_name, kind) => told.push(`${id} reads ${kind}`),
      askRenewal: () => undefined,
    }
    const credential = tokenFor(`user:${id}`)
    const connection: LiveConnection = {
      id,
      openedAtMs: 0,
      asker: { credential, clientId: id, mayBeAnyone: false, connectionId: id },
      state: { name: 'open' },
      peer: peer as Peer,
      continuous: true,
      channels: new Set(),
      present: new Set(),
      views: new Map([['[permissions]*', openAllView(hub.world, credential).view]]),
      wakeAtMs: Number.POSITIVE_INFINITY,
    }
    hub.add(connection)
    for (const channel of [NORTH, NOTICES]) attach(hub, connection, channel)
  }
  told.length = 0
  const turn = () => {
    for (const run of later.splice(0)) run()
  }
  const finish = () => {
    while (later.length > 0) turn()
  }
  return {
    hub,
    told,
    later,
    turn,
    finish,
    attach(id: string, channel: ChannelName) {
      const connection = hub.connection(id)
      if (connection !== undefined) attach(hub, connection, channel)
    },
    rights: (...changes: readonly RightsChange[]) =>
      hub.fold([{ kind: 'rights', changes, cause: { command: 'test' }, ...next() }]),
    say: (channel: ChannelName) => {
      const place = next()
      const entry: MessageFeedEntry = {
        kind: 'message',
        channel,
        messages: [],
        id: place.serial,
        ...place,
      }
      hub.fold([entry])
      turn()
    },
  }
}

function attach(hub: Hub, connection: LiveConnection, channel: ChannelName): void {
  hub.step(channel, {
    name: 'attach',
    connection: connection.id,
    format: 'json',
    echo: true,
    requested: DEFAULT_MODES,
    allowed: hub.allowedModes(connection, channel),
    resume: { kind: 'fresh' },
    head: hub.head,
  })
}

/** The policy with a watcher who may do other things. */
function watching(...can: readonly string[]): RightsChange {
  const types = Object.fromEntries(
    Object.entries(harbour.types).map(([name, type]) => [
      name,
      { ...type, roles: { ...type.roles, watcher: { can } } },
    ]),
  )
  return { kind: 'put-policy', text: '', document: { ...harbour, types } }
}

const usual: RightsChange = { kind: 'put-policy', text: '', document: harbour }
/** Nobody reads any more. */
const blind = watching('history')
/** Everybody may write as well. */
const generous = watching('subscribe', 'history', 'publish')

const count = (told: readonly string[], what: RegExp) =>
  told.filter((line) => what.test(line)).length

describe('a change for very many', () => {
  test('is not done in the turn in which it is folded, and is done when it says so', async () => {
    const { hub, told, later, turn, rights } = crowd()
    rights(blind)
    expect(count(told, /refused/)).toBeLessThan(2 * PEOPLE)
    let isDone = false
    const done = hub.settled().then(() => {
      isDone = true
    })
    let turns = 0
    while (later.length > 0) {
      turn()
      turns += 1
    }
    await done
    expect(isDone).toBe(true)
    expect(turns).toBeGreaterThan(3)
    expect(count(told, /refused/)).toBe(2 * PEOPLE)
    expect(count(told, /reads change/)).toBe(PEOPLE)
  })

  test('lets nothing later through to a place that is not decided yet', () => {
    const { told, rights, say, finish } = crowd()
    rights(blind)
    say(NOTICES)
    say(NORTH)
    finish()
    expect(count(told, /hears/)).toBe(0)
    expect(count(told, /refused/)).toBe(2 * PEOPLE)
  })

  test('lets a gain through before what comes after it', () => {
    const { told, rights, say, finish } = crowd()
    rights(blind)
    rights(usual)
    say(NORTH)
    finish()
    // Who lost and gained before anything happened there has lost nothing.
    expect(count(told, /refused dock:north/)).toBe(0)
    expect(count(told, /hears dock:north s3/)).toBe(PEOPLE)
  })

  test('tells who is decided once by the latest entry, against what was before all of them', () => {
    const { told, finish, rights } = crowd()
    rights(blind)
    rights({ kind: 'put-person', subject: 'user:p1' as SubjectId, attributes: { name: 'One' } })
    finish()
    expect(count(told, /^p1 reads change/)).toBe(1)
  })

  test('shows what was said between a loss and a gain to nobody', () => {
    const { told, rights, say, finish } = crowd()
    rights(blind)
    say(NORTH)
    rights(usual)
    finish()
    expect(count(told, /refused dock:north/)).toBe(PEOPLE)
    expect(count(told, /hears/)).toBe(0)
  })

  test('shows what was said before a loss to everybody, and only then takes the place', () => {
    const { told, rights, say, finish } = crowd()
    rights(generous)
    say(NORTH)
    rights(blind)
    say(NORTH)
    finish()
    expect(count(told, /hears dock:north s2$/)).toBe(PEOPLE)
    expect(count(told, /hears dock:north s4/)).toBe(0)
    for (const id of ids) {
      const mine = told.filter((line) => line.startsWith(`${id} `) && line.includes('north'))
      expect(mine).toEqual([
        `${id} attached dock:north`,
        `${id} hears dock:north s2`,
        `${id} refused dock:north`,
      ])
    }
  })

  test('lets who attaches meanwhile wait for its turn, and nobody in who has gone', () => {
    const { told, rights, finish, hub, attach } = crowd()
    rights(generous)
    hub.step(NORTH, { name: 'detach', connection: 'p1', nowMs: 0 })
    attach('p1', NORTH)
    hub.step(NORTH, { name: 'detach', connection: 'p2', nowMs: 0 })
    attach('p2', NORTH)
    const gone = hub.connection('p2')
    if (gone !== undefined) hub.forget(gone)
    expect(count(told, /^p1 .*north/)).toBe(0)
    finish()
    expect(told.filter((line) => /^p1 .*north/.test(line))).toEqual([
      'p1 attached dock:north',
      'p1 detached dock:north',
      'p1 attached dock:north',
    ])
    expect(hub.channel(NORTH)?.attachment('p1')).toBeDefined()
    expect(hub.channel(NORTH)?.attachment('p2')).toBeUndefined()
  })
})
