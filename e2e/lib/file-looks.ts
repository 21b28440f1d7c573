// Who gets the bytes of a file, asked of a running server by the public door: each person, each state of a file.

import { bring, look, sayWith } from './file-bringer.ts'
import { keyRest, move, owner, type Person, signUp } from './person.ts'
import type { Server } from './server.ts'
import { channelOf, home, inner } from './words.ts'

type People = { readonly grace: Person; readonly ada: Person; readonly bob: Person }

/** What was looked at by whom, and how it must be answered. */
type Look = {
  readonly what: string
  readonly id: string
  readonly who: string
  readonly by: Person | undefined
  readonly status: number
}

/** Everything that was answered otherwise than it must be, as sentences. */
export async function wrongLooks(server: Server): Promise<readonly string[]> {
  const grace = await owner(server)
  const people = { grace, ada: await signUp(server, 'Ada'), bob: await signUp(server, 'Bob') }
  const wrong: string[] = []
  for (const { what, id, who, by, status } of await everyLook(server, people)) {
    const answer = await look(server, by, id)
    await answer.arrayBuffer()
    if (answer.status !== status)
      wrong.push(`${what}, asked by ${who}: ${answer.status} instead of ${status}`)
  }
  return wrong
}

async function everyLook(server: Server, people: People): Promise<readonly Look[]> {
  const { grace, ada, bob } = people
  const ready = await bring(server, ada, home, 'ready.txt', Buffer.from('ready'))
  const sent = await sentFile(server, ada, home)
  const edited = await sentFile(server, ada, home)
  const deleted = await sentFile(server, ada, home)
  const hidden = await sentFile(server, grace, inner)
  const channel = keyRest(server).channels.get(channelOf(home))
  await channel.updateMessage({ serial: edited.serial, data: 'without', extras: {} })
  await channel.deleteMessage({ serial: deleted.serial })
  // Bob could see the inner channel for a while, and cannot any more.
  await move(server, 'promote', home, bob)
  const during = await look(server, bob, hidden.id)
  await move(server, 'demote', home, bob)
  if (during.status !== 200)
    throw new Error(`a promotion does not show its files: ${during.status}`)
  const table: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
    ['not sent yet', ready, { ada: 200, bob: 404, nobody: 401 }],
    ['sent', sent.id, { ada: 200, bob: 200, grace: 200, nobody: 401 }],
    ['edited away', edited.id, { ada: 404, bob: 404, grace: 404 }],
    ['of a deleted message', deleted.id, { ada: 404, bob: 404, grace: 404 }],
    ['in a channel that was lost or never seen', hidden.id, { grace: 200, ada: 404, bob: 404 }],
  ]
  return table.flatMap(([what, id, by]) =>
    Object.entries(by).map(([who, status]) => {
      return { what, id, who, by: people[who as keyof People], status }
    }),
  )
}

async function sentFile(server: Server, who: Person, key: string) {
  const id = await bring(server, who, key, 'note.txt', Buffer.from('a note'))
  const answer = await sayWith(server, who, channelOf(key), [id])
  if (!answer.ok) throw new Error(`publish: ${answer.status} ${await answer.text()}`)
  const { serials } = (await answer.json()) as { serials: string[] }
  return { id, serial: serials[0] ?? '' }
}
