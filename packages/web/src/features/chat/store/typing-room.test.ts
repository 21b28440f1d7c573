import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AGAIN_MS, HEARD_MS, STOPPED_MS } from '../model/typing.ts'
import type { WireMessage } from './port.ts'
import { type TypingChannel, typingRoom } from './typing-room.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A channel that notes what is published, and says what it is given. */
function scripted() {
  const published: { name: string; extras: unknown }[] = []
  const listeners = new Set<(message: WireMessage) => void>()
  let detached = 0
  const channel: TypingChannel = {
    subscribe: async (listener) => void listeners.add(listener),
    unsubscribe: (listener) => void listeners.delete(listener),
    publish: async (message) => {
      published.push(message)
      throw new Error('refused')
    },
    detach: async () => {
      detached += 1
    },
  }
  const names: string[] = []
  const realtime = {
    channels: {
      get: (name: string) => {
        names.push(name)
        return channel
      },
      release: () => undefined,
    },
  }
  const say = (message: WireMessage) => {
    for (const listener of [...listeners]) listener(message)
  }
  return {
    room: typingRoom(realtime, 'chat:general'),
    names,
    published,
    say,
    realtime,
    left: () => detached,
  }
}

describe('the room of typing', () => {
  test('is the stock client’s: its channel, its names, kept nowhere', () => {
    const { room, names, published } = scripted()
    room.enter()
    room.key()
    room.key('root')
    expect(names).toEqual(['chat:general::$chat'])
    expect(published).toEqual([
      { name: 'typing.started', extras: { ephemeral: true } },
      {
        name: 'typing.started',
        extras: { ephemeral: true, ref: { type: 'thread', timeserial: 'root' } },
      },
    ])
  })

  test('tells a pause by itself, and a refusal is no trouble', async () => {
    const { room, published } = scripted()
    room.enter()
    room.key()
    await vi.advanceTimersByTimeAsync(AGAIN_MS)
    room.key()
    await vi.advanceTimersByTimeAsync(STOPPED_MS + 20)
    expect(published.map(({ name }) => name)).toEqual([
      'typing.started',
      'typing.started',
      'typing.stopped',
    ])
    room.stop()
    expect(published).toHaveLength(3)
  })

  test('hears who writes, here and in a thread, until they stop or nothing is heard', () => {
    const { room, say } = scripted()
    const changes: (readonly string[])[] = []
    room.enter()
    room.subscribe(() => changes.push(room.typists()))
    expect(room.typists()).toEqual([])
    say({ name: 'typing.started', clientId: 'ada' })
    say({
      name: 'typing.started',
      clientId: 'bob',
      extras: { ref: { type: 'thread', timeserial: 'root' } },
    })
    expect(room.typists()).toEqual(['ada'])
    expect(room.typists()).toBe(room.typists())
    expect(room.typists('root')).toEqual(['bob'])
    say({ name: 'typing.stopped', clientId: 'ada' })
    expect(room.typists()).toEqual([])
    vi.advanceTimersByTime(HEARD_MS + 20)
    expect(room.typists('root')).toEqual([])
    expect(changes.at(-1)).toEqual([])
  })

  test('what is no typing, or nobody’s, is not heard', () => {
    const { room, say } = scripted()
    room.enter()
    say({ name: 'chat.message', clientId: 'ada' })
    say({ name: 'typing.started' })
    say({ name: 'constructor', clientId: 'ada' })
    say({ name: 'typing.started', clientId: 'cyd', extras: { ref: { type: 'thread' } } })
    expect(room.typists()).toEqual(['cyd'])
  })

  test('is left by the last who leaves: one has stopped, and nothing is known any more', () => {
    const { room, published, say, left, realtime } = scripted()
    const one = room.enter()
    const two = typingRoom(realtime, 'chat:general').enter()
    say({ name: 'typing.started', clientId: 'ada' })
    room.key()
    one()
    expect(left()).toBe(0)
    two()
    expect(left()).toBe(1)
    expect(published.at(-1)?.name).toBe('typing.stopped')
    expect(room.typists()).toEqual([])
    room.key()
    expect(published).toHaveLength(2)
  })
})
