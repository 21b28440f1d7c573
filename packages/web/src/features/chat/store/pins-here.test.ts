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
  const changed = new Promise<void>((resolve) => pins.subscribe(resolve))
  await changed
  expect([asked, pins.has('000001'), pins.has('000002')]).toEqual([1, true, false])
  channel.say('000002')
  await settled()
  expect(asked).toBe(1)
  pinned = ['000002']
  const again = new Promise<void>((resolve) => pins.subscribe(resolve))
  channel.deliver(
    said('000003', {
      data: 'pinned',
      extras: { sayso: { event: 'message_pinned', subject: { id: 'bo' }, roles: [] } },
    }),
  )
  await again
  expect([asked, pins.has('000001'), pins.has('000002')]).toEqual([2, false, true])
})
