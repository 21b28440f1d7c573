import type { ResourceView } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import { ownShelf } from '../../../../test/own-shelf.ts'
import { said, scriptedRealtime, settled } from '../../../../test/scripted-channel.ts'
import { chatStore } from './chat-store.ts'
import { personalOf } from './personal.ts'
import { keptFor } from './storage.ts'

const ALL = ['subscribe', 'publish', 'history', 'presence']
const view = (key: string, actions = ALL): ResourceView => ({
  resource: `channel:${key}`,
  channel: `chat:${key}`,
  title: key,
  actions,
  roles: [],
})

function opened(...views: ResourceView[]) {
  const realtime = scriptedRealtime()
  let ids = 0
  const store = chatStore({
    realtime,
    kept: keptFor('ada', undefined),
    personal: personalOf({ realtime, api: ownShelf(), me: 'ada', storage: undefined }),
    me: 'ada',
    newId: () => `uuid-${++ids}`,
    now: () => 5,
  })
  store.setResources(views)
  const visit = async (key: string) => {
    const session = store.session(key)
    const seen = store.readMark(key)
    store.visit(key)
    realtime.channel(`chat:${key}`).change('attached')
    await settled()
    return { session, seen }
  }
  return { realtime, store, visit }
}

describe('chat store', () => {
  test('only what may be read is opened, and once', () => {
    const { store } = opened(view('lobby'), view('vault', []))
    expect(store.session('vault')).toBeUndefined()
    expect(store.session('nowhere')).toBeUndefined()
    expect(store.session('lobby')).toBe(store.session('lobby'))
  })

  test('a visit begins where the last one was read to', async () => {
    const { store, visit, realtime } = opened(view('lobby'), view('attic'))
    await visit('lobby')
    realtime.channel('chat:lobby').say('1')
    store.markRead('lobby', '1')
    store.leave('lobby')
    await visit('attic')
    realtime.channel('chat:lobby').say('2', '3')
    expect((await visit('lobby')).seen).toBe('1')
  })

  test('a channel that closed is forgotten with all that was in it', async () => {
    const { store, visit, realtime } = opened(view('lobby'), view('attic'))
    const { session } = await visit('lobby')
    realtime.channel('chat:lobby').say('1')
    store.leave('lobby')
    realtime.channel('chat:lobby').say('2')
    store.setResources([view('attic')])
    expect(session?.state().timeline).toEqual([])
    expect(store.readMark('lobby')).toBeUndefined()
  })

  test('the client lets go of what closed, but not of what was opened again meanwhile', async () => {
    const { store, visit, realtime } = opened(view('lobby'), view('attic'))
    await visit('lobby')
    store.setResources([view('attic')])
    await settled()
    expect(realtime.released).toEqual(['chat:lobby'])
    await visit('attic')
    store.setResources([])
    store.setResources([view('attic')])
    await visit('attic')
    await settled()
    expect(realtime.released).toEqual(['chat:lobby'])
  })

  test('few are kept open; the longest unvisited go first', async () => {
    const keys = Array.from({ length: 14 }, (_, index) => `c${index}`)
    const { visit, realtime, store } = opened(...keys.map((key) => view(key)))
    for (const key of keys) {
      await visit(key)
      store.leave(key)
    }
    expect(keys.filter((key) => realtime.channel(`chat:${key}`).state === 'detached')).toEqual([
      'c0',
      'c1',
    ])
  })

  test('one’s own message leaves the outbox when it is on screen', async () => {
    const { store, visit, realtime } = opened(view('lobby'))
    await visit('lobby')
    store.sender.write('lobby', { text: 'hello' })
    await settled()
    expect(store.sender.outbox()).toHaveLength(1)
    realtime
      .channel('chat:lobby')
      .deliver(said('9', { id: 'uuid-1:0', clientId: 'ada', data: 'hello' }))
    expect(store.sender.outbox()).toHaveLength(0)
  })

  test('what waits is sent as soon as the right to write is there', async () => {
    const { store, realtime } = opened(view('lobby', ['subscribe']))
    store.sender.write('lobby', { text: 'hello' })
    await settled()
    expect(store.sender.outbox()[0]?.state.kind).toBe('failed')
    store.setResources([view('lobby')])
    store.sender.retry('uuid-1:0')
    await settled()
    expect(realtime.channel('chat:lobby').published).toEqual(['uuid-1:0'])
    store.close()
  })
})
