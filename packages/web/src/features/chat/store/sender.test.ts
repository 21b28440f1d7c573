import { describe, expect, test, vi } from 'vitest'
import { said, scriptedRealtime, settled } from '../../../../test/scripted-channel.ts'
import { senderOf } from './sender.ts'
import { type KeyValue, keptFor } from './storage.ts'

function memoryStorage(): KeyValue {
  const map = new Map<string, string>()
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size
    },
  }
}

function writing(storage = memoryStorage(), realtime = scriptedRealtime()) {
  let ids = 0
  const rights = { isReady: true, name: 'chat:lobby' as string | undefined }
  const sender = senderOf({
    realtime,
    kept: keptFor('ada', storage),
    channelName: () => rights.name,
    isReady: () => rights.isReady,
    newId: () => `uuid-${++ids}`,
    now: () => 1_000_000 + ids,
  })
  const states = () => sender.outbox().map((item) => [item.id, item.state.kind])
  return { storage, realtime, sender, rights, states, channel: realtime.channel('chat:lobby') }
}

describe('sender', () => {
  test('publishes under its own id and keeps nothing once the server has it', async () => {
    const { sender, channel, storage, states } = writing()
    sender.write('lobby', { text: 'hello' })
    expect(storage.length).toBe(1)
    await settled()
    expect(channel.published).toEqual(['uuid-1:0'])
    expect(storage.length).toBe(0)
    expect(states()).toEqual([['uuid-1:0', 'sent']])
    sender.arrived(new Set(['uuid-1:0']))
    expect(states()).toEqual([])
  })

  test('a connection that was lost: the same id again, in order, until it arrives', async () => {
    vi.useFakeTimers()
    try {
      const { sender, channel, realtime, states } = writing()
      channel.refuse = { code: 80003, statusCode: 408 }
      sender.write('lobby', { text: 'one' })
      sender.write('lobby', { text: 'two' })
      await settled()
      expect(states()).toEqual([
        ['uuid-1:0', 'waiting'],
        ['uuid-2:0', 'waiting'],
      ])
      channel.refuse = undefined
      realtime.connectionState('connected')
      await settled()
      expect(channel.published).toEqual(['uuid-1:0', 'uuid-1:0', 'uuid-2:0'])
    } finally {
      vi.useRealTimers()
    }
  })

  test('waits longer with every try while connected', async () => {
    vi.useFakeTimers()
    try {
      const { sender, channel } = writing()
      channel.refuse = { code: 42911, statusCode: 429 }
      sender.write('lobby', { text: 'one' })
      await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000)
      expect(channel.published).toHaveLength(4)
      await vi.advanceTimersByTimeAsync(3_900)
      expect(channel.published).toHaveLength(4)
    } finally {
      vi.useRealTimers()
    }
  })

  test('refused because of rights: kept, told, and sent only when asked', async () => {
    const { sender, channel, states, storage, realtime } = writing()
    channel.refuse = { code: 40160, statusCode: 401, message: 'not allowed' }
    sender.write('lobby', { text: 'hello' })
    await settled()
    expect(states()).toEqual([['uuid-1:0', 'failed']])
    expect(storage.length).toBe(1)
    channel.refuse = undefined
    realtime.connectionState('connected')
    await settled()
    expect(channel.published).toHaveLength(1)
    sender.retry('uuid-1:0')
    await settled()
    expect(channel.published).toEqual(['uuid-1:0', 'uuid-1:0'])
  })

  test('a connection that was lost for long is no loss of rights', async () => {
    vi.useFakeTimers()
    try {
      const { sender, channel, realtime, states } = writing()
      channel.change('suspended')
      channel.refuse = { code: 90001, statusCode: 400, message: 'the channel is suspended' }
      sender.write('lobby', { text: 'one' })
      await settled()
      expect(states()).toEqual([['uuid-1:0', 'waiting']])
      channel.refuse = undefined
      channel.change('attached')
      realtime.connectionState('connected')
      await settled()
      expect(states()).toEqual([['uuid-1:0', 'sent']])
    } finally {
      vi.useRealTimers()
    }
  })

  test('what waits until one may write is sent once, also after a reload and a refusal in between', async () => {
    const { storage, sender, channel, rights, states } = writing()
    rights.name = undefined
    sender.write('lobby', { text: 'later', isPatient: true })
    sender.kick()
    await settled()
    expect([channel.published, states()]).toEqual([[], [['uuid-1:0', 'waiting']]])
    sender.close()

    const again = writing(storage)
    again.rights.name = undefined
    again.sender.kick()
    await settled()
    expect(again.states()).toEqual([['uuid-1:0', 'waiting']])
    again.rights.name = 'chat:lobby'
    // The right is gone again before it arrives: no failure, it goes on waiting.
    again.channel.refuse = { code: 40160, statusCode: 401, message: 'muted once more' }
    again.sender.kick()
    await settled()
    expect(again.states()).toEqual([['uuid-1:0', 'waiting']])
    again.channel.refuse = undefined
    again.sender.kick()
    again.sender.kick()
    await settled()
    expect(again.channel.published).toEqual(['uuid-1:0', 'uuid-1:0'])
    expect(again.states()).toEqual([['uuid-1:0', 'sent']])
    expect(storage.length).toBe(0)
    again.sender.close()
  })

  test('in slow mode it says until when it waits', async () => {
    const { sender, channel } = writing()
    channel.refuse = { code: 42910, statusCode: 429, detail: { retryAfterMs: '9000' } }
    sender.write('lobby', { text: 'one more' })
    await settled()
    expect(sender.outbox()[0]?.state).toEqual({ kind: 'waiting', untilMs: expect.any(Number) })
    sender.close()
  })

  test('a channel that is not open now is not asked', async () => {
    const { sender, channel, rights, states } = writing()
    rights.name = undefined
    sender.write('lobby', { text: 'hello' })
    await settled()
    expect(channel.published).toEqual([])
    expect(states()).toEqual([['uuid-1:0', 'failed']])
    sender.discard('uuid-1:0')
    expect(states()).toEqual([])
  })

  test('before the rights are known nothing is sent and nothing is given up', async () => {
    const { sender, channel, rights, states } = writing()
    rights.isReady = false
    sender.write('lobby', { text: 'hello' })
    await settled()
    expect([channel.published, states()]).toEqual([[], [['uuid-1:0', 'waiting']]])
    rights.isReady = true
    sender.kick()
    await settled()
    expect(channel.published).toEqual(['uuid-1:0'])
  })

  test('a page that went away: sent after coming back, unless it had arrived', async () => {
    const { storage, sender } = writing()
    const away = writing(storage)
    away.channel.refuse = { code: 80003 }
    away.sender.write('lobby', { text: 'arrived' })
    away.sender.write('lobby', { text: 'did not' })
    await settled()
    away.sender.close()
    sender.close()

    const back = scriptedRealtime()
    back.channel('chat:lobby').log.push(said('1', { id: 'uuid-1:0', timestamp: 1_000_001 }))
    const again = writing(storage, back)
    again.sender.kick()
    await settled()
    expect(again.channel.published).toEqual(['uuid-2:0'])
    expect(storage.length).toBe(0)
  })

  test('what is kept is somebody’s own', () => {
    const storage = memoryStorage()
    keptFor('ada', storage).setDraft('lobby', 'mine')
    expect(keptFor('bo', storage).draft('lobby')).toBe('')
    expect(keptFor('ada', storage).draft('lobby')).toBe('mine')
    keptFor('ada', storage).setDraft('lobby', '')
    expect(storage.length).toBe(0)
  })

  test('storage that is closed or spoilt loses nothing that is on screen', () => {
    const broken: KeyValue = {
      getItem: () => {
        throw new Error('closed')
      },
      setItem: () => {
        throw new Error('full')
      },
      removeItem: () => undefined,
      key: () => 'sayso.ada.unsent.x',
      length: 1,
    }
    const kept = keptFor('ada', broken)
    kept.setDraft('lobby', 'still here')
    expect(kept.draft('lobby')).toBe('still here')
    expect(kept.unsent()).toEqual([])
    expect(keptFor('ada', undefined).unsent()).toEqual([])
  })
})
