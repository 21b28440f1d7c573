// Looking at the place as somebody else sees it: what both may read is shown, nothing is done in their name by any door, and
// it ends with the right to.

import { Action } from '@sayso/protocol'
import * as Ably from 'ably'
import { afterEach, describe, expect, test } from 'vitest'
import { APP_ROUTES } from '../src/rest/app/routes.ts'
import { CHANNEL, type Sender, sender, senderOf } from './file-case.ts'
import { setUp } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

const REASON = 'she says that the channel is missing'

type View = { token: string; channels: string[]; hidden: number; expiresAt: string }

async function looking(): Promise<{ server: Serving; grace: Sender; ada: Sender; view: View }> {
  const server = await serve()
  const grace = await senderOf(server, await setUp(server))
  const ada = await sender(server, 'Ada')
  const answer = await grace.call('POST', `/api/v1/people/${ada.id}/view`, { reason: REASON })
  expect(answer.status).toBe(201)
  return { server, grace, ada, view: (await answer.json()) as View }
}

describe('a view of somebody', () => {
  test('is for who may `view-as`, has a reason, and stands in the audit log', async () => {
    const { grace, ada, view } = await looking()
    const minutes = (Date.parse(view.expiresAt) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(13)
    expect(minutes).toBeLessThanOrEqual(15)
    expect(view.channels).toContain(CHANNEL)
    const [line] = (await (await grace.call('GET', '/api/v1/audit?command=read.view-as')).json())
      .items
    expect(line).toMatchObject({
      actor: `user:${grace.id}`,
      target: `user:${ada.id}`,
      reason: REASON,
    })
    const path = `/api/v1/people/${grace.id}/view`
    expect((await ada.call('POST', path, { reason: REASON })).status).toBe(403)
    expect((await grace.call('POST', path, { reason: REASON })).status).toBe(409)
    expect((await grace.call('POST', `/api/v1/people/${ada.id}/view`, {})).status).toBe(400)
  })

  test('reads what both may read, over REST and live', async () => {
    const { server, grace, ada, view } = await looking()
    await grace.said({ data: 'for everybody here' })
    const history = await fetch(`${server.url}/channels/${CHANNEL}/messages`, {
      headers: { authorization: `Bearer ${view.token}` },
    })
    expect(((await history.json()) as { data: string }[])[0]?.data).toBe('for everybody here')
    const pins = await fetch(`${server.url}/api/v1/channels/north/pins`, {
      headers: { cookie: grace.cookie, 'sayso-view': view.token },
    })
    expect(pins.status).toBe(200)
    const client = await rawClient(server.url, { access_token: view.token })
    expect((await client.attach(CHANNEL)).action).toBe(Action.ATTACHED)
    await ada.said({ data: 'live' })
    const heard = await client.next(({ action }) => action === Action.MESSAGE)
    expect((heard as { messages?: readonly { data?: unknown }[] }).messages?.[0]?.data).toBe('live')
    client.ws.close()
  })

  test('shows nothing of a channel where a rule shows them messages that it hides from who looks', async () => {
    const { server, grace, ada, view } = await looking()
    const key = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const call = (method: string, path: string, body?: object) =>
      fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: key,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    const client = await rawClient(server.url, { access_token: view.token })
    expect((await client.attach(CHANNEL)).action).toBe(Action.ATTACHED)
    const { text } = await (await call('GET', '/policy')).json()
    const rule = `      - { id: notes, forbid: receive, when: 'message.after.name == "note"', unless: [pilot] }\n`
    const narrowed = text.replace('    rules:\n', `    rules:\n${rule}`)
    expect(narrowed).not.toBe(text)
    expect((await call('PUT', '/policy', { text: narrowed })).status).toBe(200)
    // Still alike: neither of them is a pilot.
    const changes = [{ assign: `${CHANNEL}#pilot@user:${ada.id}` }]
    expect((await call('POST', '/changes', { changes })).status).toBe(200)
    await client.closed
    await ada.said({ name: 'note', data: 'for pilots' })
    const history = await fetch(`${server.url}/channels/${CHANNEL}/messages`, {
      headers: { authorization: `Bearer ${view.token}` },
    })
    expect([history.status, await history.text()]).toEqual([
      403,
      expect.not.stringContaining('for pilots'),
    ])
    const path = `/api/v1/people/${ada.id}/view`
    const again = (await (await grace.call('POST', path, { reason: REASON })).json()) as View
    expect(again.channels).not.toContain(CHANNEL)
    expect(again.hidden).toBeGreaterThan(0)
    expect(client.waiting.filter(({ action }) => action === Action.MESSAGE)).toEqual([])
  })

  test('is worth nothing without the session of who looks', async () => {
    const { server, ada, view } = await looking()
    const answer = await fetch(`${server.url}/api/v1/channels/north/pins`, {
      headers: { cookie: ada.cookie, 'sayso-view': view.token },
    })
    expect(answer.status).toBe(403)
  })
})

describe('nothing is done in their name', () => {
  test('by any route of our own API', async () => {
    const { server, grace, view } = await looking()
    const seen: string[] = []
    for (const { method, path, inView } of APP_ROUTES) {
      const address = path.replaceAll(/:\w+/g, 'north')
      const answer = await fetch(`${server.url}/api/v1${address}`, {
        method,
        headers: {
          cookie: grace.cookie,
          origin: server.url,
          'sayso-view': view.token,
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(method === 'GET' ? {} : { body: '{}' }),
      })
      const code = answer.ok ? 'ok' : ((await answer.json()) as { code: string }).code
      if (inView === true) seen.push(`${method} ${path}`)
      else expect([method, path, code]).toEqual([method, path, 'view_only'])
    }
    expect(seen.every((each) => each.startsWith('GET '))).toBe(true)
  })

  test('by the token at a door for tokens', async () => {
    const { server, view } = await looking()
    const send = (method: string, path: string) =>
      fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${view.token}`, 'content-type': 'application/json' },
        body: '{"name":"message","data":"x"}',
      })
    const doors = [
      ['POST', `/channels/${CHANNEL}/messages`],
      ['PATCH', `/channels/${CHANNEL}/messages/1`],
      ['POST', `/channels/${CHANNEL}/messages/1/annotations`],
      ['POST', '/messages'],
    ] as const
    for (const [method, path] of doors) {
      const answer = await send(method, path)
      const { error } = (await answer.json()) as { error: { code: number } }
      expect([path, answer.status, error.code]).toEqual([path, 403, 40390])
    }
    const file = await send('POST', '/api/v1/channels/north/files')
    expect([file.status, ((await file.json()) as { code: string }).code]).toEqual([
      403,
      'view_only',
    ])
  })

  /** What the server answers each frame with, other than a refusal of its own kind. */
  const frames: Readonly<Record<string, { frame: object; isReading: boolean }>> = {
    HEARTBEAT: { frame: { action: Action.HEARTBEAT, id: 'beat' }, isReading: true },
    ATTACH: { frame: { action: Action.ATTACH, channel: CHANNEL }, isReading: true },
    SYNC: { frame: { action: Action.SYNC, channel: CHANNEL }, isReading: true },
    DETACH: { frame: { action: Action.DETACH, channel: CHANNEL }, isReading: true },
    OWN: { frame: { action: Action.ATTACH, channel: '[me]' }, isReading: false },
    ENTER: {
      frame: { action: Action.PRESENCE, channel: CHANNEL, presence: [{ action: 2 }] },
      isReading: false,
    },
    MESSAGE: {
      frame: { action: Action.MESSAGE, channel: CHANNEL, messages: [{ data: 'x' }] },
      isReading: false,
    },
    EDIT: {
      frame: {
        action: Action.MESSAGE,
        channel: CHANNEL,
        messages: [{ action: 1, serial: '1', data: 'x' }],
      },
      isReading: false,
    },
    ANNOTATION: {
      frame: {
        action: Action.ANNOTATION,
        channel: CHANNEL,
        annotations: [{ type: 'reaction:unique.v1', name: 'x', messageSerial: '1' }],
      },
      isReading: false,
    },
  }
  test.each(Object.entries(frames))('by a frame: %s', async (name, { frame, isReading }) => {
    const { server, ada, view } = await looking()
    const client = await rawClient(server.url, { access_token: view.token })
    if (name !== 'ATTACH' && name !== 'OWN') await client.attach(CHANNEL)
    const isNumbered = ['ENTER', 'MESSAGE', 'EDIT', 'ANNOTATION'].includes(name)
    client.send(isNumbered ? { ...frame, msgSerial: 0 } : frame)
    client.send({ action: Action.HEARTBEAT, id: 'after' })
    const answer = await client.next(
      (each) => (each as { error?: unknown }).error !== undefined || isBeat(each),
    )
    expect((answer as { error?: { code: number } }).error?.code).toBe(isReading ? undefined : 40390)
    const said = await ada.fetch(`/channels/${CHANNEL}/messages`, {
      headers: { authorization: `Bearer ${ada.token}` },
    })
    expect(await said.json()).toEqual([])
    const present = await ada.fetch(`/channels/${CHANNEL}/presence`, {
      headers: { authorization: `Bearer ${ada.token}` },
    })
    expect(await present.json()).toEqual([])
    client.ws.close()
  })

  test('by the stock client', async () => {
    const { server, view } = await looking()
    const { hostname, port } = new URL(server.url)
    const client = new Ably.Realtime({
      token: view.token,
      endpoint: hostname,
      port: Number(port),
      tls: false,
    })
    const channel = client.channels.get(CHANNEL)
    await channel.attach()
    await expect(channel.publish('message', 'x')).rejects.toMatchObject({ code: 40390 })
    await expect(channel.presence.enter()).rejects.toMatchObject({ code: 40390 })
    client.close()
  })
})

test('it ends with the right to look on, at once', async () => {
  const { server, grace, ada } = await looking()
  const master = 'tenant:harbour#master'
  const bob = await sender(server, 'Bob')
  await grace.call('POST', '/api/v1/changes', { changes: [{ assign: `${master}@user:${bob.id}` }] })
  const answer = await bob.call('POST', `/api/v1/people/${ada.id}/view`, { reason: REASON })
  const view = (await answer.json()) as View
  const client = await rawClient(server.url, { access_token: view.token })
  await client.attach(CHANNEL)
  await grace.call('POST', '/api/v1/changes', {
    changes: [{ unassign: `${master}@user:${bob.id}` }],
  })
  const last = await client.next(({ action }) => action === Action.DISCONNECTED)
  expect((last as { error?: { code: number } }).error?.code).toBe(40141)
  const rest = await fetch(`${server.url}/api/v1/channels/north/pins`, {
    headers: { cookie: bob.cookie, 'sayso-view': view.token },
  })
  expect(rest.status).toBe(403)
})

function isBeat(frame: object): boolean {
  const { action, id } = frame as { action: number; id?: string }
  return action === Action.HEARTBEAT && id !== undefined
}
