import type { OwnCollection } from '@sayso/client'
import { describe, expect, test, vi } from 'vitest'
import { ownShelf } from '../../../../test/own-shelf.ts'
import { scriptedRealtime, settled } from '../../../../test/scripted-channel.ts'
import { personalOf } from './personal.ts'
import type { KeyValue } from './storage.ts'

function shelfStorage(): KeyValue & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

function opened(storage: KeyValue = shelfStorage(), api = ownShelf()) {
  const realtime = scriptedRealtime()
  const personal = personalOf({ realtime, api, me: 'ada', storage })
  const hear = (name: string, data: object) => realtime.channel('[me]').deliver({ name, data })
  return { personal, realtime, api, storage, hear }
}

const entry = (place: string, value: object | null, atMs: number) => {
  const [collection = '', key = ''] = place.split('/')
  return { collection: collection as OwnCollection, key, value, atMs }
}

describe('what one keeps for oneself', () => {
  test('is what the server says, in parts, and then as it changes', () => {
    const { personal, hear } = opened()
    hear('snapshot', { items: [entry('settings/theme', { value: 'dark' }, 1)], more: true })
    expect(personal.isKnown()).toBe(false)
    hear('snapshot', { items: [entry('settings/size', { value: 14 }, 2)], more: false })
    expect(personal.isKnown()).toBe(true)
    expect([...personal.all('settings').keys()]).toEqual(['theme', 'size'])
    hear('change', { items: [entry('settings/theme', null, 3)] })
    expect([...personal.all('settings').keys()]).toEqual(['size'])
    hear('snapshot', { items: [], more: false })
    expect(personal.all('settings').size).toBe(0)
  })

  test('is seen at once, and sent until the server has it', async () => {
    vi.useFakeTimers()
    const { personal, api, storage } = opened()
    const heard = vi.fn()
    personal.subscribe(heard)
    api.refuse = { status: 0 }
    personal.set('settings', 'theme', { value: 'dark' })
    expect(personal.get('settings', 'theme')).toEqual({ value: 'dark' })
    expect(heard).toHaveBeenCalledTimes(1)
    await settled()
    api.refuse = undefined
    await vi.advanceTimersByTimeAsync(1_000)
    expect(api.asked).toHaveLength(2)
    expect(storage.length).toBe(0)
    expect(personal.get('settings', 'theme')).toEqual({ value: 'dark' })
    vi.useRealTimers()
  })

  test('what could not be sent is sent by the next visit', async () => {
    const storage = shelfStorage()
    const before = opened(storage)
    before.api.refuse = { status: 503 }
    before.personal.set('read', 'lobby', { serial: '7' })
    await settled()
    before.personal.close()
    const after = opened(storage)
    expect(after.personal.get('read', 'lobby')).toEqual({ serial: '7' })
    await settled()
    expect(after.api.asked).toEqual(['read/lobby {"serial":"7"}'])
    expect(storage.kept.size).toBe(0)
  })

  test('what the server refuses for good is given up', async () => {
    const { personal, api, hear, storage } = opened()
    hear('snapshot', { items: [entry('settings/theme', { value: 'dark' }, 1)], more: false })
    api.refuse = { status: 400 }
    personal.set('settings', 'theme', { value: 'x' })
    await settled()
    expect(personal.get('settings', 'theme')).toEqual({ value: 'dark' })
    expect([api.asked.length, storage.length]).toEqual([1, 0])
  })

  test('what is written while a call is under way follows it, and nothing old comes back', async () => {
    const { personal, api, hear } = opened()
    api.isSilent = true
    for (const serial of ['1', '2', '3']) personal.set('read', 'lobby', { serial })
    hear('change', { items: [entry('read/lobby', { serial: '0' }, 1)] })
    expect(personal.get('read', 'lobby')).toEqual({ serial: '3' })
    api.isSilent = false
    api.answer()
    await settled()
    expect(api.asked).toEqual(['read/lobby {"serial":"1"}', 'read/lobby {"serial":"3"}'])
    // The word of the first one comes late.
    hear('change', { items: [entry('read/lobby', { serial: '1' }, 1)] })
    expect(personal.get('read', 'lobby')).toEqual({ serial: '3' })
    hear('change', { items: [entry('read/lobby', { serial: '9' }, 9)] })
    expect(personal.get('read', 'lobby')).toEqual({ serial: '9' })
  })

  test('a coming back of the connection tries what waits', async () => {
    const { personal, api, realtime } = opened()
    api.refuse = { status: 0 }
    personal.set('drafts', 'lobby', undefined)
    await settled()
    api.refuse = undefined
    realtime.connectionState('connected')
    await settled()
    expect(api.asked).toEqual(['drafts/lobby null', 'drafts/lobby null'])
    personal.close()
  })

  test('what is no entry changes nothing', () => {
    const { personal, hear } = opened()
    for (const data of [null, 'x', { items: 7 }, { items: [null, {}, { key: 'x' }] }])
      hear('change', data as object)
    hear('rumour', { items: [entry('settings/x', {}, 1)] })
    expect(personal.all('settings').size).toBe(0)
  })
})
