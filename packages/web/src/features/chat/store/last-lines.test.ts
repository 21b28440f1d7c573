import type { FoundMessage, NewestView } from '@sayso/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { scriptedRealtime } from '../../../../test/scripted-channel.ts'
import { lastLines } from './last-lines.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const message = (channel: string, text: string, parts: Partial<FoundMessage> = {}) => ({
  channel,
  key: channel,
  title: channel,
  serial: '1',
  atMs: 1,
  author: { id: 'grace', name: 'Grace Hopper' },
  text,
  ...parts,
})

function opened(said: Readonly<Record<string, FoundMessage>>) {
  const realtime = scriptedRealtime()
  const asked: (readonly string[])[] = []
  const server = { said, isDown: false, wait: Promise.resolve() }
  const api = {
    newest: async (channels: readonly string[]): Promise<NewestView> => {
      asked.push(channels)
      const items = channels.flatMap((name) => server.said[name] ?? [])
      await server.wait
      if (server.isDown) throw new Error('down')
      return { items }
    },
  }
  const watch = lastLines({ realtime, api })
  const rest = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  const news = (...names: string[]) =>
    realtime.channel('[me]').deliver({
      name: 'news',
      data: { items: names.map((channel) => ({ channel, recount: true })) },
    })
  const start = () =>
    realtime.channel('[me]').deliver({ name: 'snapshot', data: { items: [], more: false } })
  const texts = () =>
    Object.fromEntries(
      [...watch.all()].map(([name, line]) => [name, line === null ? null : line.text]),
    )
  return { watch, asked, server, rest, news, start, texts }
}

describe('what was said last', () => {
  test('is asked for when the list is seen, and again where there are news', async () => {
    const { watch, asked, server, rest, news, texts } = opened({ a: message('a', '**one**') })
    watch.show(['a', 'b'])
    await rest(5_000)
    expect(asked).toEqual([])
    watch.setSeen(true)
    await rest(0)
    expect([texts(), asked]).toEqual([{ a: 'one', b: null }, [['a', 'b']]])
    expect(watch.all().get('a')?.by).toEqual({ id: 'grace', name: 'Grace Hopper', short: 'Grace' })
    server.said = { a: message('a', 'two'), b: message('b', 'three') }
    news('b', 'elsewhere')
    news('b')
    await rest(5_000)
    expect([texts(), asked.slice(1)]).toEqual([{ a: 'one', b: 'three' }, [['b']]])
    watch.setSeen(false)
    news('a')
    await rest(5_000)
    expect(texts().a).toBe('one')
    watch.setSeen(true)
    await rest(0)
    expect([texts(), asked.slice(2)]).toEqual([{ a: 'two', b: 'three' }, [['a', 'b']]])
  })

  test('is asked for once in a while where others talk without a pause, and all of it after a loss', async () => {
    const { watch, asked, rest, news, start } = opened({})
    watch.show(['a', 'b'])
    watch.setSeen(true)
    await rest(0)
    for (let at = 0; at < 100; at += 1) {
      news('a')
      await rest(50)
    }
    expect(asked.length).toBeGreaterThan(4)
    expect(asked.length).toBeLessThan(8)
    await rest(5_000)
    asked.length = 0
    start()
    await rest(5_000)
    expect(asked).toEqual([['a', 'b']])
  })

  test('goes with the right to read, also what is on its way', async () => {
    const { watch, server, rest, texts, asked } = opened({ a: message('a', 'secret') })
    watch.setSeen(true)
    watch.show(['a', 'b'])
    await rest(2_000)
    watch.show(['b'])
    expect(texts()).toEqual({ b: null })
    let answer = () => {}
    server.wait = new Promise<void>((resolve) => (answer = resolve))
    watch.show(['a', 'b'])
    await rest(2_000)
    server.said = {}
    watch.show(['b'])
    watch.show(['a', 'b'])
    answer()
    await rest(0)
    expect(texts()).toEqual({ b: null })
    await rest(2_000)
    expect([texts(), asked.at(-1)]).toEqual([{ a: null, b: null }, ['a']])
  })

  test('of many channels is asked for in parts, and again after a failure', async () => {
    const { watch, asked, server, rest, texts } = opened({ c7: message('c7', 'here') })
    server.isDown = true
    watch.show(Array.from({ length: 400 }, (_, at) => `c${at}`))
    watch.setSeen(true)
    await rest(0)
    server.isDown = false
    await rest(6_000)
    expect(texts().c7).toBe('here')
    expect(asked.map(({ length }) => length)).toEqual([50, 50, 50, 50, 50, 50, 50])
    expect(watch.all().size).toBe(300)
    watch.close()
    watch.show([])
    await rest(6_000)
    expect(asked).toHaveLength(7)
  })

  test('of a message without words is the name of its file, and of a person what is short of their name', async () => {
    const file = { id: 'abcdefgh', name: 'plan.txt', type: 'text/plain', bytes: 3 }
    const { watch, rest, texts } = opened({
      a: message('a', '', {
        extras: { attachments: [file] },
        author: { id: 'x', name: 'Dr. No' },
      }),
    })
    watch.show(['a'])
    watch.setSeen(true)
    await rest(0)
    expect([texts(), watch.all().get('a')?.by?.short]).toEqual([{ a: 'plan.txt' }, 'Dr. No'])
  })
})
