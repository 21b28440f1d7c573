// A change of rights at the hub: in the turn in which it is folded, whoever it concerns has lost or gained their place.

import { Duplex } from 'node:stream'
import { DEFAULT_MODES } from '@sayso/channel'
import type { ChannelName, Credential, Revision, RightsChange } from '@sayso/policy'
import type { Frame } from '@sayso/protocol'
import type { MessageFeedEntry } from '@sayso/store'
import { describe, expect, test } from 'vitest'
import { Hub } from '../src/hub.ts'
import type { LiveConnection } from '../src/live-connection.ts'
import { Meter } from '../src/observe/meter.ts'
import { encodeBatch } from '../src/wire/ably/frames.ts'
import { Outbound, outboundStats } from '../src/wire/ably/outbound.ts'
import { wirePeer } from '../src/wire/ably/peer.ts'
import { assign, tokenFor, unassign, worldOf } from './worlds.ts'

const NORTH = 'dock:north' as ChannelName
const at = (position: number) => `s${String(position).padStart(3, '0')}`

/** A socket that takes everything at once and keeps what it took. */
class Wire extends Duplex {
  readonly bytes: Buffer[] = []
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.bytes.push(chunk)
    done()
  }

  get frames(): Frame[] {
    const frames: Frame[] = []
    let rest = Buffer.concat(this.bytes)
    while (rest.length > 0) {
      const short = (rest[1] ?? 0) & 0x7f
      const [start, length] = short < 126 ? [2, short] : [4, rest.readUInt16BE(2)]
      frames.push(JSON.parse(rest.subarray(start, start + length).toString('utf8')) as Frame)
      rest = rest.subarray(start + length)
    }
    return frames
  }
}

function open(...changes: readonly RightsChange[]) {
  let position = 0
  const hub = new Hub({
    world: worldOf(...changes),
    revision: 1 as Revision,
    head: at(0),
    encode: encodeBatch,
    meter: new Meter(),
    now: () => 0,
    // The turn never ends by itself: what leaves, leaves because of the fold.
    soon: () => undefined,
    later: () => undefined,
    refused: () => undefined,
    keepPresence: async () => undefined,
    readBacklog: () => undefined,
  })
  const next = () => {
    position += 1
    return { revision: (position + 1) as Revision, serial: at(position), atMs: 0 }
  }
  return {
    hub,
    attach(id: string, credential: Credential) {
      const wire = new Wire()
      const outbound = new Outbound(wire, 1_000_000, () => undefined, outboundStats())
      const peer = wirePeer(
        'json',
        outbound,
        () => outbound.flush(),
        () => undefined,
      )
      const connection: LiveConnection = {
        id,
        openedAtMs: 0,
        asker: { credential, mayBeAnyone: false, connectionId: id },
        state: { name: 'open' },
        peer,
        continuous: true,
        channels: new Set(),
        present: new Set(),
        views: new Map(),
        wakeAtMs: Number.POSITIVE_INFINITY,
      }
      hub.add(connection)
      hub.step(NORTH, {
        name: 'attach',
        connection: id,
        format: 'json',
        echo: true,
        requested: DEFAULT_MODES,
        allowed: hub.allowedModes(connection, NORTH),
        resume: { kind: 'fresh' },
        head: hub.head,
      })
      return wire
    },
    rights(...moved: readonly RightsChange[]) {
      hub.fold([{ kind: 'rights', changes: moved, cause: { command: 'test' }, ...next() }])
    },
    say(data: string) {
      const place = next()
      const message = {
        id: data,
        serial: `${place.serial}:000`,
        timestampMs: 0,
        action: 'create',
        data,
      } as const
      const entry: MessageFeedEntry = {
        kind: 'message',
        channel: NORTH,
        messages: [message],
        id: data,
        ...place,
      }
      hub.fold([entry])
    },
  }
}

const heard = (wire: Wire) =>
  wire.frames.flatMap(({ messages }) => messages?.map(({ data }) => data) ?? [])
const errors = (wire: Wire) => wire.frames.flatMap(({ error }) => error?.code ?? [])

describe.each([
  ['a person', 'user:ada', tokenFor('user:ada')],
  ['a visitor without an identity', 'anonymous:', tokenFor()],
])('%s', (_who, subject, credential) => {
  const reads = `dock:north#watcher@${subject}`

  test('hears what was said before the loss, and nothing after it', () => {
    const { attach, rights, say } = open(assign(reads))
    const wire = attach('c1', credential)
    say('before')
    rights(unassign(reads))
    say('after')
    rights(assign(reads))
    say('later')
    expect(heard(wire)).toEqual(['before'])
    expect(errors(wire)).toEqual([40160])
  })

  test('is told of less or more in place, and stays', () => {
    const writes = `dock:north#sailor@${subject}`
    const { attach, rights } = open(assign(reads))
    const wire = attach('c1', credential)
    rights(assign(writes))
    rights(unassign(writes))
    expect(wire.frames.map(({ action, flags }) => [action, (flags ?? 0) >> 16])).toEqual([
      [11, 4 | 8],
      [11, 1 | 2 | 4 | 8],
      [11, 4 | 8],
    ])
    expect(wire.frames.slice(1).every(({ flags }) => ((flags ?? 0) & 4) === 4)).toBe(true)
  })

  test('who is not concerned hears nothing of it', () => {
    const { attach, rights } = open(assign(reads), assign('dock:north#watcher@user:bob'))
    const wire = attach('c1', tokenFor('user:bob'))
    rights(unassign(reads))
    expect(wire.frames).toHaveLength(1)
  })
})
