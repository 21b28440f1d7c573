import type { UnreadView } from '@sayso/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ownShelf } from '../../../../test/own-shelf.ts'
import { scriptedRealtime } from '../../../../test/scripted-channel.ts'
import { personalOf } from './personal.ts'
import { unreadCounts } from './unread-counts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Item = UnreadView['items'][number]

function opened(items: readonly Item[]) {
  const realtime = scriptedRealtime()
  const personal = personalOf({ realtime, api: ownShelf(), me: 'ada', storage: undefined })
  const asked: (readonly string[] | undefined)[] = []
  const server = { items }
  const api = {
    unread: async (channels?: readonly string[]) => {
      asked.push(channels)
      const wanted = server.items.filter((one) => channels?.includes(one.channel) ?? true)
      return { items: wanted }
    },
  }
  const watch = unreadCounts({ realtime, api, personal })
  const hear = async (name: string, data: object) => {
    realtime.channel('[me]').deliver({ name, data })
    await vi.advanceTimersByTimeAsync(200)
  }
  const counts = () =>
    Object.fromEntries([...watch.counts()].map(([name, one]) => [name, one.count]))
  return { watch, personal, hear, counts, asked, server }
}

const START = { items: [], more: false }

describe('unread counts', () => {
  test('are asked for at every attach, and added to by news', async () => {
    const { hear, counts, asked } = opened([{ channel: 'a', count: 2, mentions: 0, last: '2' }])
    await hear('snapshot', START)
    expect([counts(), asked]).toEqual([{ a: 2 }, [undefined]])
    await hear('news', { items: [{ channel: 'b', serial: '3', count: 1, mentions: 1 }] })
    expect(counts()).toEqual({ a: 2, b: 1 })
    await hear('snapshot', START)
    expect(counts()).toEqual({ a: 2 })
  })

  test('end when the newest is read, here or elsewhere; in between the server counts', async () => {
    const { hear, counts, personal, server, asked } = opened([
      { channel: 'a', count: 2, mentions: 0, last: '2' },
    ])
    await hear('snapshot', START)
    personal.set('read', 'a', { serial: '2' })
    expect(counts()).toEqual({})
    await hear('news', { items: [{ channel: 'a', serial: '5', count: 3, mentions: 0 }] })
    expect(counts()).toEqual({ a: 3 })
    server.items = [{ channel: 'a', count: 1, mentions: 0, last: '5' }]
    personal.set('read', 'a', { serial: '4' })
    await vi.advanceTimersByTimeAsync(200)
    expect([counts(), asked.at(-1)]).toEqual([{ a: 1 }, ['a']])
  })

  test('of a channel that may no longer be read are gone at once', async () => {
    const { watch, hear, counts } = opened([{ channel: 'a', count: 2, mentions: 0, last: '2' }])
    await hear('snapshot', START)
    watch.setReadable(new Set(['b']))
    expect(counts()).toEqual({})
  })

  test('everything is read up to what is known', async () => {
    const { watch, hear, counts, personal } = opened([
      { channel: 'a', count: 2, mentions: 0, last: '2' },
    ])
    await hear('snapshot', START)
    watch.readAll()
    expect([counts(), personal.get('read', 'a')]).toEqual([{}, { serial: '2' }])
  })
})
