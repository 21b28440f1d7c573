// Who gets the bytes of a file: every kind of person, before it is sent, while its message stands, and afterwards.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PNG, type Sender, sender, senderOf } from './file-case.ts'
import { setUp, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const WHO = ['author', 'member', 'token', 'key', 'outsider', 'anonymous', 'expelled'] as const
type Who = (typeof WHO)[number]

/** `+` gets it, `-` as if there were none, `u` is not known. One letter per person. */
const TABLE = {
  arriving: '----',
  ready: '+---',
  sent: '++++',
  edited_away: '----',
  deleted: '----',
  in_a_hidden_channel: '----',
} as const

type State = keyof typeof TABLE

/** Of those who are not in the table's first four, nobody ever gets anything. */
const expected = (state: State, who: Who): number => {
  const at = WHO.indexOf(who)
  if (who === 'anonymous') return 401
  if (who === 'key' && state === 'in_a_hidden_channel') return 200
  return TABLE[state][at] === '+' ? 200 : 404
}

let server: Serving
let ada: Sender
let grace: Sender
let files: Record<State, string>
let headers: Record<Who, Record<string, string>>

beforeAll(async () => {
  server = await serve()
  grace = await senderOf(server, await setUp(server, 'Grace'))
  ada = await sender(server, 'Ada')
  const bob = await sender(server, 'Bob')
  const eve = await signUp(server, 'Eve')
  const mal = await signUp(server, 'Mallory')
  const key = { authorization: `Bearer ${KEY}` }
  for (const [person, role] of [
    [eve, 'sailor'],
    [mal, 'sailor'],
  ] as const) {
    const body = JSON.stringify({ role, on: 'dock:north', person: person.id })
    const answer = await fetch(`${server.url}/api/v1/role_assignments`, {
      method: 'DELETE',
      headers: { ...key, 'content-type': 'application/json' },
      body,
    })
    if (!answer.ok) throw new Error(await answer.text())
  }
  headers = {
    author: { cookie: ada.cookie },
    member: { cookie: bob.cookie },
    token: { authorization: `Bearer ${bob.token}` },
    key,
    outsider: { cookie: eve.cookie },
    anonymous: {},
    expelled: { cookie: mal.cookie },
  }
  files = await everyState()
})
afterAll(endAll)

async function everyState(): Promise<Record<State, string>> {
  const begun = await ada.call('POST', '/api/v1/channels/north/files', { name: 'a', bytes: 9 })
  const { id: arriving } = (await begun.json()) as { id: string }
  const ready = (await ada.bring('ready.png', PNG)).id
  const send = async (who: Sender, where: string, name: string) => {
    const { id } = await who.bring(name, PNG, { key: where })
    const said = await who.say({ extras: { attachments: [{ id }] } }, `dock:${where}`)
    const { serials } = (await said.json()) as { serials: string[] }
    return { id, serial: serials[0] ?? '' }
  }
  const sent = await send(ada, 'north', 'sent.png')
  const edited = await send(ada, 'north', 'edited.png')
  const deleted = await send(ada, 'north', 'deleted.png')
  const hidden = await send(grace, 'bridge', 'hidden.png')
  await amend(edited.serial, { action: 1, extras: {} })
  await amend(deleted.serial, { action: 2 })
  return {
    arriving,
    ready,
    sent: sent.id,
    edited_away: edited.id,
    deleted: deleted.id,
    in_a_hidden_channel: hidden.id,
  }
}

async function amend(serial: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}/channels/dock:north/messages/${serial}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
}

const look = (id: string, who: Who, part = '') =>
  fetch(`${server.url}/files/${id}${part}`, { headers: headers[who] })

describe('the bytes of a file', () => {
  test.each(
    (Object.keys(TABLE) as State[]).flatMap((state) => WHO.map((who) => [state, who] as const)),
  )('%s, asked by %s', async (state, who) => {
    const response = await look(files[state], who)
    expect(response.status).toBe(expected(state, who))
    if (response.status !== 404) return
    // As one that never was: nothing tells the two apart.
    const never = await look('x'.repeat(24), who)
    expect(await response.text()).toBe(await never.text())
    expect([...response.headers.keys()]).toEqual([...never.headers.keys()])
  })

  test('a right that is lost is felt at the next look, and so is one that comes back', async () => {
    const role = (method: string) =>
      fetch(`${server.url}/api/v1/role_assignments`, {
        method,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ role: 'sailor', on: 'dock:north', person: ada.id }),
      })
    expect((await look(files.sent, 'author')).status).toBe(200)
    await role('DELETE')
    expect((await look(files.sent, 'author')).status).toBe(404)
    expect((await look(files.ready, 'author')).status).toBe(404)
    await role('POST')
    expect((await look(files.sent, 'author')).status).toBe(200)
  })

  test('an address that leads out of the folder is no file', async () => {
    for (const id of ['..%2f..%2fsecret', 'secret', 'arriving', `${files.sent}.preview`]) {
      expect((await look(id, 'author')).status).toBe(404)
    }
  })

  test('a credential in the address is none', async () => {
    for (const query of [`?token=${ada.token}`, `?access_token=${ada.token}`, `?key=${KEY}`]) {
      expect((await look(files.sent, 'anonymous', query)).status).toBe(401)
    }
  })
})
