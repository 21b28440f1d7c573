import type { PinsView } from '@sayso/client'
import { expect, test } from 'vitest'
import { said, scriptedChannel, settled } from '../../../../test/scripted-channel.ts'
import { channelSession } from './channel-session.ts'
import { pinsHere } from './pins-here.ts'

test('is asked once, and again when a line tells of a pin; others’ messages ask nothing', async () => {
  const channel = scriptedChannel()
  channel.log.push(said('000001'))
  const session = channelSession(channel, ['subscribe', 'history'])
  channel.change('attached')
  await settled()
  let asked = 0
  let pinned: readonly string[] = ['000001']
  const pins = pinsHere(
    session,
    {
      pins: async () => {
        asked += 1
        return { pins: pinned.map((serial) => ({ message: { serial }, by: 'bo' })) } as PinsView
      },
    },
    'lobby',
  )
  expect(pins.isTold()).toBe(false)
  const changed = new Promise<void>((resolve) => pins.subscribe(resolve))
  await changed
  const first = pins.all()
  expect([asked, pins.isTold(), [...first]]).toEqual([1, true, ['000001']])
  channel.say('000002')
  await settled()
  expect(asked).toBe(1)
  expect(pins.all()).toBe(first)
  pinned = ['000002']
  const again = new Promise<void>((resolve) => pins.subscribe(resolve))
  channel.deliver(
    said('000003', {
      data: 'pinned',
      extras: { sayso: { event: 'message_pinned', subject: { id: 'bo' }, roles: [] } },
    }),
  )
  await again
  expect([asked, [...pins.all()]]).toEqual([2, ['000002']])
})

test('losing the right to read leaves nothing, also not of what is asked just then', async () => {
  const channel = scriptedChannel()
  const session = channelSession(channel, ['subscribe', 'history'])
  const answers: ((pins: PinsView) => void)[] = []
  const pins = pinsHere(session, { pins: () => new Promise((done) => answers.push(done)) }, 'lobby')
  const told = { pins: [{ message: { serial: '000001' }, by: 'bo' }] } as unknown as PinsView
  pins.subscribe(() => undefined)
  channel.change('attached')
  await settled()
  answers[0]?.(told)
  await settled()
  expect([...pins.all()]).toEqual(['000001'])
  channel.change('failed', { reason: { code: 40160 } })
  expect([...pins.all()]).toEqual([])
  session.setRights(['subscribe', 'history'])
  channel.change('attached')
  await settled()
  expect(answers).toHaveLength(2)
  channel.change('failed', { reason: { code: 40160 } })
  answers[1]?.(told)
  await settled()
  expect([...pins.all()]).toEqual([])
})

test('is asked as soon as the channel opens, and a refusal is an answer', async () => {
  const channel = scriptedChannel()
  const session = channelSession(channel, ['subscribe', 'history'])
  let asked = 0
  const pins = pinsHere(
    session,
    {
      pins: () => {
        asked += 1
        return Promise.reject(new Error('refused'))
      },
    },
    'lobby',
  )
  const told = new Promise<void>((resolve) => pins.subscribe(resolve))
  await settled()
  expect([asked, pins.isTold()]).toEqual([0, false])
  channel.change('attached')
  await told
  expect([asked, pins.isTold(), pins.all().size]).toEqual([1, true, 0])
})
