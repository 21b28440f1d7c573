// Who may call many at once: enforced by the server, whatever client is used.

import type * as Ably from 'ably'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, keyRest, owner, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { codeOf } from '../lib/stock.ts'
import { channelOf, document, home, promotion } from '../lib/words.ts'

let server: Server
let grace: Person
let ada: Person
const clients: Ably.Realtime[] = []
/** What everybody is given here. */
const newcomer = document.settings?.sign_in?.find(({ on }) => on === document.settings?.home)?.role

beforeAll(async () => {
  server = await startServer()
  grace = await owner(server)
  ada = await signUp(server, 'Ada Lovelace')
})
afterAll(async () => {
  for (const client of clients) client.close()
  await server.remove()
})

function channelAs(who: Person): Ably.RealtimeChannel {
  const client = clientOf(server, who)
  clients.push(client)
  return client.channels.get(channelOf(home))
}

const calling = (mentions: object, data = 'hear me') => ({
  name: 'message',
  data,
  extras: { mentions },
})

describe('calling everyone', () => {
  test('takes a right of its own; single people may be called by whoever may write', async () => {
    const channel = channelAs(ada)
    await channel.publish(calling({ people: [grace.id] }))
    expect(await codeOf(channel.publish(calling({ everyone: true })))).toBe(40160)
    await channelAs(grace).publish(calling({ everyone: true }))
  })

  test('an edit may not bring it in, and may keep what was there', async () => {
    const channel = channelAs(ada)
    const result = await channel.publish(calling({ people: [grace.id] }, 'once'))
    const serial = result.serials[0] ?? ''
    const edit = (mentions: object) =>
      channel.updateMessage({ serial, ...calling(mentions, 'twice') })
    expect(await codeOf(edit({ everyone: true }))).toBe(40160)
    await edit({ people: [grace.id] })
  })

  test('what makes no sense calls nobody and is no error', async () => {
    const channel = channelAs(ada)
    for (const mentions of [{ everyone: 'yes' }, { roles: 'all' }, { roles: [1, {}] }, [], {}])
      await channel.publish(calling(mentions))
  })

  test('a role that few hold may be called by anyone, one that many hold may not', async () => {
    const channel = channelAs(ada)
    await channel.publish(calling({ roles: [promotion?.gives] }))
    await channel.publish(calling({ roles: [newcomer] }))
    const made = Array.from({ length: 22 }, (_, index) => signUp(server, `Guest ${index}`))
    await Promise.all(made)
    expect(await codeOf(channel.publish(calling({ roles: [newcomer] })))).toBe(40160)
    await channelAs(grace).publish(calling({ roles: [newcomer] }))
  })

  test('a key decides by itself', async () => {
    await keyRest(server)
      .channels.get(channelOf(home))
      .publish(calling({ everyone: true }))
  })
})
