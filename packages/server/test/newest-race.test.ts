// A right that goes while messages are read: nothing of what was read is told.

import type { Message } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import type { HistoryQuery } from '@sayso/store'
import { expect, test } from 'vitest'
import type { Asker } from '../src/commands/asker.ts'
import { readNewest } from '../src/commands/read-newest.ts'
import type { Context } from '../src/context.ts'
import { assign, step, tokenFor, unassign, worldOf } from './worlds.ts'

const NORTH = 'dock:north' as ChannelName
const BRIDGE = 'dock:bridge' as ChannelName
const ADA = 'user:ada'
const asker = { credential: tokenFor(ADA) } as Asker
const message = { serial: 's1', action: 'create', data: 'a secret', clientId: 'bo' } as Message

/** Reads both channels; something happens to the rights while one of them is read. */
async function read(changed: (world: World, channel: ChannelName) => World) {
  let world = worldOf(assign(`dock:north#sailor@${ADA}`), assign(`dock:bridge#sailor@${ADA}`))
  const context = {
    standing: {
      get world() {
        return world
      },
      revision: 1,
    },
    store: {
      history: async ({ channel }: HistoryQuery) => {
        world = changed(world, channel)
        return { messages: [message], hasMore: false }
      },
    },
  } as unknown as Context
  const hits = await readNewest(context, asker, [NORTH, BRIDGE])
  return hits.map(({ channel }) => channel)
}

const lost = (world: World, of: ChannelName) => step(world, unassign(`${of}#sailor@${ADA}`)).after

test('what is lost after it was read is not told', async () => {
  const order: ChannelName[] = []
  const all = await read((world, channel) => {
    order.push(channel)
    return world
  })
  expect(all).toEqual(order)
  const [first = NORTH, second = BRIDGE] = order
  expect(await read((world, channel) => (channel === first ? lost(world, first) : world))).toEqual([
    second,
  ])
  expect(await read((world, channel) => (channel === second ? lost(world, first) : world))).toEqual(
    [second],
  )
})
