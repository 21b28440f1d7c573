import type { ResourceView } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import { settled } from '../../../../test/scripted-channel.ts'
import type { Counts } from '../model/unread.ts'
import { type Notice, notifierOf } from './notifier.ts'
import type { ConnectionChange, RealtimePort, WireMessage } from './port.ts'

const NOW = 1_700_000_000_000
const GENERAL = 'chat:general'
const view: ResourceView = {
  resource: 'channel:general',
  channel: GENERAL,
  title: 'general',
  actions: ['subscribe', 'history'],
  roles: [],
} as unknown as ResourceView

function opened(state = 'connected') {
  const listeners = new Set<(message: WireMessage) => void>()
  const states = new Set<(change: ConnectionChange) => void>()
  const shown: Notice[] = []
  const hidden: (string | undefined)[] = []
  const timers: (() => void)[] = []
  let beeps = 0
  const world = {
    views: [view],
    counts: new Map() as Counts,
    isDnd: false,
    isTeller: true,
    viewed: '',
    settings: {} as Record<string, unknown>,
    /** Runs while the message is fetched. */
    meanwhile: () => undefined as unknown,
  }
  const channel = {
    subscribe: async (listener: (message: WireMessage) => void) => void listeners.add(listener),
    unsubscribe: (listener: (message: WireMessage) => void) => void listeners.delete(listener),
    getMessage: async () => {
      world.meanwhile()
      return { clientId: 'ada', data: 'the **secret** word' }
    },
  }
  const realtime = {
    connection: {
      state,
      on: (listener: (change: ConnectionChange) => void) => void states.add(listener),
      off: (listener: (change: ConnectionChange) => void) => void states.delete(listener),
      connect: () => undefined,
    },
    channels: { get: () => channel, release: () => undefined },
  } as unknown as RealtimePort
  const notifier = notifierOf({
    realtime,
    api: {
      people: async () => ({ people: [{ id: 'ada', name: 'Ada', roles: [], moves: [] }] }) as never,
    },
    personal: { get: (collection) => (collection === 'settings' ? world.settings : undefined) },
    me: 'me',
    views: () => world.views,
    counts: () => world.counts,
    now: () => NOW,
    timer: (run) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
    isDnd: () => world.isDnd,
    isTeller: () => world.isTeller,
    isViewed: async (name) => world.viewed === name,
    show: (notice) => shown.push(notice),
    hide: (name) => hidden.push(name),
    beep: () => {
      beeps += 1
    },
  })
  const news = async (some: object = {}, timestamp = NOW) => {
    const items = [{ channel: GENERAL, serial: '01:0', count: 1, mentions: 1, ...some }]
    for (const listener of [...listeners]) listener({ name: 'news', data: { items }, timestamp })
    await settled()
  }
  const link = (current: string) => {
    for (const listener of [...states]) listener({ current })
  }
  return { world, notifier, shown, hidden, news, link, timers, beeps: () => beeps, listeners }
}

describe('the notifier', () => {
  test('shows who said what and where, and leads there; no sound unless chosen', async () => {
    const { news, shown, beeps, world } = opened()
    await news()
    expect(shown).toEqual([
      {
        channel: GENERAL,
        title: 'Ada mentioned you in #general',
        body: 'the secret word',
        href: '/chat/general?at=01%3A0',
      },
    ])
    expect(beeps()).toBe(0)
    world.settings = { sound: true }
    await news()
    expect(beeps()).toBe(1)
  })

  test('without text if that is chosen: neither who nor what', async () => {
    const { news, shown, world } = opened()
    world.settings = { hideText: true }
    await news()
    expect(shown[0]).toMatchObject({ title: '#general', body: 'You were mentioned' })
    expect(JSON.stringify(shown)).not.toMatch(/secret|Ada/)
  })

  test.each([
    ['another tab tells', { isTeller: false }],
    ['one looks at it', { viewed: GENERAL }],
    ['one is not to be disturbed', { isDnd: true }],
    ['it may not be read', { views: [] }],
    ['the system shows nothing by choice', { settings: { system: false } }],
  ])('shows nothing while %s', async (_, some) => {
    const { news, shown, world } = opened()
    Object.assign(world, some)
    await news()
    expect(shown).toEqual([])
  })

  test('a right lost while the message is fetched: nothing of it is shown', async () => {
    const { news, shown, world } = opened()
    world.meanwhile = () => {
      world.views = []
    }
    await news()
    expect(shown).toEqual([])
  })

  test('what is shown goes with the right, and with reading', async () => {
    const { news, hidden, world, notifier } = opened()
    world.counts = new Map([[GENERAL, { count: 1, mentions: 1 }]])
    await news()
    notifier.tidy()
    expect(hidden).toEqual([])
    world.views = []
    notifier.tidy()
    expect(hidden).toEqual([GENERAL])
    world.views = [view]
    await news()
    world.counts = new Map()
    notifier.tidy()
    expect(hidden).toEqual([GENERAL, GENERAL])
  })

  test('after a loss: what is old is told in one line, silently, whatever it is', async () => {
    const { news, link, timers, shown, world, beeps } = opened()
    world.settings = { sound: true, level: 'all' }
    world.counts = new Map([[GENERAL, { count: 1, mentions: 0 }]])
    link('disconnected')
    link('connecting')
    link('connected')
    for (let count = 0; count < 30; count += 1) await news({}, NOW - 60_000)
    expect(shown).toEqual([])
    world.counts = new Map([[GENERAL, { count: 31, mentions: 30 }]])
    for (const run of [...timers]) run()
    expect(shown).toEqual([
      {
        channel: undefined,
        title: 'While you were away',
        body: '30 new messages in one channel',
        href: undefined,
      },
    ])
    expect(beeps()).toBe(0)
  })

  test('after a loss without anything new, or during do not disturb: nothing', async () => {
    const { link, timers, shown, world } = opened()
    for (const isDnd of [false, true]) {
      world.isDnd = isDnd
      world.counts = new Map()
      link('disconnected')
      link('connected')
      if (isDnd) world.counts = new Map([[GENERAL, { count: 3, mentions: 3 }]])
      for (const run of timers.splice(0)) run()
    }
    expect(shown).toEqual([])
  })

  test('what was unread when the page was opened is no news', async () => {
    const { link, timers, shown, world } = opened('connecting')
    link('connecting')
    world.counts = new Map([[GENERAL, { count: 3, mentions: 3 }]])
    link('connected')
    for (const run of [...timers]) run()
    expect(shown).toEqual([])
  })

  test('closed, it hears nothing and leaves nothing', async () => {
    const { notifier, listeners, hidden } = opened()
    notifier.close()
    expect(listeners.size).toBe(0)
    expect(hidden).toEqual([undefined])
  })
})
