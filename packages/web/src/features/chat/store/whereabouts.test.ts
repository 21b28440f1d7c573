import { expect, test, vi } from 'vitest'
import { scriptedRealtime } from '../../../../test/scripted-channel.ts'
import { whereaboutsOf } from './whereabouts.ts'

const ON = 'channel:general'
const AWAY = { state: 'away' }

function opened() {
  vi.useFakeTimers()
  const realtime = scriptedRealtime()
  const whereabouts = whereaboutsOf(realtime)
  const channel = realtime.channel('[me]')
  const tell = (person: string, said: readonly unknown[]) =>
    channel.deliver({ name: 'here', data: { items: [{ on: ON, person, said }] } })
  const asked = () => {
    vi.advanceTimersByTime(100)
    return channel.published.splice(0)
  }
  return { channel, whereabouts, tell, asked }
}

const watching = (...people: string[]) => `watch ${JSON.stringify({ on: ON, people })}`

test('what parts of the page ask is asked once, and given up when none of them asks any more', () => {
  const { channel, whereabouts, tell, asked } = opened()
  whereabouts.say(AWAY)
  const stop = whereabouts.watch(ON, ['ada', 'bo'])
  const stopCard = whereabouts.watch(ON, ['bo'])
  expect(asked()).toEqual([])
  channel.change('attached')
  expect(asked()).toEqual([`here ${JSON.stringify(AWAY)}`, watching('ada', 'bo')])
  tell('bo', [AWAY])
  tell('cy', [AWAY])
  expect([...whereabouts.said(ON)]).toEqual([['bo', [AWAY]]])
  stopCard()
  expect(asked()).toEqual([])
  stop()
  // Drawn anew: taken up again before it was given up.
  const again = whereabouts.watch(ON, ['ada', 'bo'])
  expect(asked()).toEqual([])
  expect(whereabouts.said(ON).get('bo')).toEqual([AWAY])
  again()
  expect(asked()).toEqual([watching()])
  expect([...whereabouts.said(ON)]).toEqual([])
})

test('attached anew it is said and asked again; what was known stays until it is answered', () => {
  const { channel, whereabouts, tell, asked } = opened()
  let turns = 0
  whereabouts.subscribe(() => {
    turns += 1
  })
  channel.change('attached')
  whereabouts.say(AWAY)
  whereabouts.watch(ON, ['ada'])
  asked()
  tell('ada', [undefined])
  channel.change('suspended')
  whereabouts.say({ state: 'online' })
  expect(asked()).toEqual([])
  channel.change('attached')
  expect(asked()).toEqual(['here {"state":"online"}', watching('ada')])
  expect(whereabouts.said(ON).has('ada')).toBe(true)
  tell('ada', [])
  expect(whereabouts.said(ON).get('ada')).toEqual([])
  channel.deliver({ name: 'here', data: { items: ['nonsense', { on: ON, person: 'ada' }] } })
  expect(whereabouts.said(ON).get('ada')).toEqual([])
  expect(turns).toBe(3)
})
