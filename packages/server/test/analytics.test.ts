// The numbers of the past through the public doors: counted once, by the clocks that were asked for, and without single people.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { asKey, change, withAnalyst } from './analyst.ts'
import { type Caller, signIn } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, KEY, type Serving } from './serving.ts'

afterEach(endAll)

type Row = Readonly<Record<string, string | number | boolean | null>>
type Report = {
  readonly rows: readonly Row[]
  readonly series?: readonly Row[]
  readonly previous?: readonly Row[]
  readonly hidden?: number
}

const BASIC = { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` }

async function say(server: Serving, channel: string, ...people: readonly string[]): Promise<void> {
  for (const clientId of people) {
    const response = await fetch(`${server.url}/channels/${channel}/messages`, {
      method: 'POST',
      headers: { ...BASIC, 'content-type': 'application/json' },
      body: JSON.stringify({ data: 'canary-text', clientId }),
    })
    expect(response.status).toBe(201)
  }
}

async function report(caller: Caller, path: string): Promise<Report> {
  const response = await caller.call('GET', `/api/v1/analytics/${path}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  expect(text).not.toContain('canary-text')
  return JSON.parse(text) as Report
}

const total = ({ rows }: Pick<Report, 'rows'>, name: string) =>
  rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0)
const five = ['p1', 'p2', 'p3', 'p4', 'p5']

describe('reports', () => {
  test('of messages, people and hours add up, once, also after a restart', async () => {
    const { server, owner } = await withAnalyst()
    await say(server, 'chat:general', ...five, 'p1')
    await say(server, 'chat:mod', 'p1', 'p2')
    const messages = await report(owner, 'messages?by=day&zone=Asia/Kathmandu&compare=previous')
    expect(total(messages, 'messages')).toBe(8)
    expect(messages.rows.length).toBeGreaterThanOrEqual(30)
    expect(total({ rows: messages.previous ?? [] }, 'messages')).toBe(0)
    const people = await report(owner, 'active-people?by=month')
    expect(people.rows.at(-1)?.people).toBe(5)
    const hours = await report(owner, 'busiest-hours?zone=America/St_Johns')
    expect(hours.rows).toHaveLength(168)
    expect(total(hours, 'messages')).toBe(8)
    const again = await server.again()
    const back = await signIn(again, owner.email)
    expect(total(await report(back, 'messages'), 'messages')).toBe(8)
    await again.stop()
    await rm(join(again.folder, 'analytics.db'))
    const fresh = await again.again()
    const once = await signIn(fresh, owner.email)
    expect(total(await report(once, 'messages?by=week'), 'messages')).toBe(8)
  })

  test('of channels leave out where fewer than five wrote, unless the reader may see people', async () => {
    const { server, owner, analyst } = await withAnalyst()
    await say(server, 'chat:general', ...five)
    await say(server, 'chat:mod', 'p1', 'p2')
    const today = new Date().toISOString().slice(0, 10)
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const span = `from=${today}&to=${tomorrow}`
    const all = await report(owner, `messages-by-channel?${span}`)
    expect(all.rows).toEqual([
      { channel: 'chat:general', title: 'general', messages: 5, authors: 5, orMore: true },
      { channel: 'chat:mod', title: 'mod', messages: 2, authors: 2 },
    ])
    const some = await report(analyst, `messages-by-channel?${span}`)
    expect(some.rows.map(({ channel }) => channel)).toEqual(['chat:general'])
    expect(some.hidden).toBe(1)
    expect(await report(analyst, `messages?channel=chat:mod&${span}`)).toMatchObject({
      rows: [],
      hidden: 1,
    })
    expect(total(await report(owner, `messages?channel=chat:mod&${span}`), 'messages')).toBe(2)
    const file = await analyst.call('GET', `/api/v1/analytics/messages-by-channel/export?${span}`)
    expect(file.headers.get('content-type')).toContain('text/csv')
    expect((await file.text()).split('\r\n')).toEqual([
      'channel,title,messages,authors,orMore',
      'chat:general,general,5,5,true',
      'fewer than 5,1 not told',
      '',
    ])
    await change(server, { assign: `tenant:default#admin@user:${analyst.id}` })
    expect((await report(analyst, `messages-by-channel?${span}`)).hidden).toBeUndefined()
  })

  test('of people say no number below five', async () => {
    const { server, owner, analyst } = await withAnalyst()
    await say(server, 'chat:general', 'p1', 'p2')
    const last = async (caller: Caller) =>
      (await report(caller, 'active-people?by=day')).rows.at(-1)
    expect(await last(owner)).toMatchObject({ people: 2 })
    expect(await last(analyst)).toMatchObject({ people: null, few: true })
    const csv = await analyst.call('GET', '/api/v1/analytics/active-people/export')
    expect(await csv.text()).toContain('fewer than 5')
    await say(server, 'chat:general', ...five)
    expect(await last(analyst)).toMatchObject({ people: 5 })
  })

  test('of refusals name rule and action; of moderation what was done, and by whom to those who may', async () => {
    const { server, owner, analyst, member } = await withAnalyst()
    await owner.call('POST', '/api/v1/role_assignments', {
      role: 'muted',
      resource: 'channel:general',
      person: member.id,
    })
    await change(server, { assign: `channel:general#muted@user:${member.id}` })
    const token = await (await member.call('GET', '/api/realtime/token')).text()
    const client = await rawClient(server.url, { access_token: token })
    await client.attach('chat:general')
    expect((await client.publish('chat:general', { data: 'no' })).action).toBe(2)
    const { rows, series } = await report(analyst, 'denials?by=day')
    expect(rows).toContainEqual(
      expect.objectContaining({
        action: 'publish',
        reason: 'forbidden',
        rule: 'types.channel.rules.muted',
        tenant: 'tenant:default',
        denials: 1,
      }),
    )
    expect(total({ rows: series ?? [] }, 'denials')).toBeGreaterThanOrEqual(1)
    const named = await report(owner, 'moderation')
    expect(named.rows).toContainEqual(
      expect.objectContaining({ act: 'mute', on: 'channel:general', title: 'general' }),
    )
    const unnamed = await report(analyst, 'moderation')
    expect(unnamed.rows).toEqual([{ act: 'mute', acts: null, few: true }])
    const { items } = await asKey(server, 'GET', '/api/v1/audit?command=read.analytics')
    expect(items).toMatchObject([{ actor: `user:${owner.id}`, target: 'analytics/moderation' }])
  })

  test('of the desk take the right to its reports as well; of joins tell who came first', async () => {
    const { owner, analyst } = await withAnalyst()
    const { status } = await analyst.call('GET', '/api/v1/analytics/desk')
    expect(status).toBe(403)
    expect(total(await report(owner, 'desk'), 'opened')).toBe(0)
    // The owner, the analyst and the member.
    expect(total(await report(owner, 'joins?by=week'), 'people')).toBe(3)
  })

  test('that make no sense are refused with a sentence', async () => {
    const { owner } = await withAnalyst()
    const asked = async (path: string) => {
      const response = await owner.call('GET', `/api/v1/analytics/${path}`)
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    expect(await asked('nothing')).toEqual([404, 'resource_unknown'])
    expect(await asked('messages?zone=Europe/Nowhere')).toEqual([400, 'invalid'])
    expect(await asked('messages?from=2026-02-02&to=2026-02-01')).toEqual([400, 'invalid'])
    expect(await asked('messages?from=2026-02-01&to=2026-12-01&by=hour')).toEqual([400, 'invalid'])
    expect(await asked('messages?from=yesterday')).toEqual([400, 'query_invalid'])
    expect(await asked('messages?by=year')).toEqual([400, 'query_invalid'])
  })
})

describe('who may', () => {
  test('somebody who may read the numbers reads nothing else', async () => {
    const { server, analyst, member } = await withAnalyst()
    for (const channel of ['general', 'random', 'announcements'])
      for (const role of ['participant', 'viewer'])
        await change(server, { unassign: `channel:${channel}#${role}@user:${analyst.id}` })
    await say(server, 'chat:general', 'p1')
    expect((await analyst.call('GET', '/api/v1/analytics/messages')).status).toBe(200)
    const token = await (await analyst.call('GET', '/api/realtime/token')).text()
    const client = await rawClient(server.url, { access_token: token })
    expect((await client.attach('chat:general')).action).toBe(9)
    const history = await fetch(`${server.url}/channels/chat:general/messages`, {
      headers: { authorization: `Bearer ${Buffer.from(token).toString('base64')}` },
    })
    expect([401, 403]).toContain(history.status)
    for (const path of ['audit', 'decisions', 'people', 'connections', 'exports/people', 'policy'])
      expect((await analyst.call('GET', `/api/v1/${path}`)).status).toBe(403)
    const found = await analyst.call('GET', '/api/v1/search?q=canary')
    expect(await found.text()).not.toContain('canary-text')
    expect((await member.call('GET', '/api/v1/analytics/messages')).status).toBe(403)
  })

  test('who may on one tenant sees that one', async () => {
    const { server, owner, member } = await withAnalyst()
    await change(
      server,
      { resource: 'tenant:island', attributes: { title: 'Island' } },
      { resource: 'channel:far', attributes: { title: 'far' } },
      { relate: 'channel:far#tenant@tenant:island' },
      { assign: `tenant:island#admin@user:${member.id}` },
      { assign: 'tenant:island#viewer@user:p1' },
    )
    await say(server, 'chat:general', 'p1', 'p2', 'p3')
    await say(server, 'chat:far', 'p1')
    expect(total(await report(owner, 'messages'), 'messages')).toBe(4)
    expect(total(await report(owner, 'messages?tenant=tenant:island'), 'messages')).toBe(1)
    expect(total(await report(member, 'messages'), 'messages')).toBe(1)
    expect((await report(member, 'messages-by-channel')).rows).toMatchObject([
      { channel: 'chat:far' },
    ])
    expect((await report(member, 'active-people?by=day')).rows.at(-1)).toMatchObject({ people: 1 })
    expect(total(await report(member, 'messages?channel=chat:general'), 'messages')).toBe(0)
    const other = await member.call('GET', '/api/v1/analytics/messages?tenant=tenant:default')
    expect(other.status).toBe(403)
  })
})
