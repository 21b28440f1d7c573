// Every kind of right, live, as the unmodified client meets it: rules that read messages and attributes, groups, roles
// along relations, grants for a time, messages for some only, and a policy edited while people talk.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
import { openLink } from '../lib/link.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'
import {
  listen as attached,
  closeClients,
  codeOf,
  failure,
  realtime,
  rest,
  until,
} from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

const POLICY = join(ROOT, 'e2e/fixtures/quay.yaml')
const NORTH = 'quay:north'

let server: Server
let people = 0
let ann: string
let bob: string

beforeAll(async () => {
  server = await startServer({ env: { SAYSO_POLICY: POLICY } })
})
beforeEach(() => {
  people += 1
  ann = `ann${people}`
  bob = `bob${people}`
})
afterEach(closeClients)
afterAll(() => server.remove())

const assign = (role: string, who: string, on = NORTH, more: object = {}) => ({
  assign: `${on}#${role}@${who.includes(':') ? who : `user:${who}`}`,
  ...more,
})
const unassign = (role: string, who: string, on = NORTH) => ({
  unassign: `${on}#${role}@${who.includes(':') ? who : `user:${who}`}`,
})

function person(clientId: string, port = server.port, format: 'json' | 'msgpack' = 'json') {
  return realtime(port, {
    authCallback: (_params, callback) => callback(null, jwt({ clientId })),
    useBinaryProtocol: format === 'msgpack',
  })
}

const listen = (client: Ably.Realtime, name: string = NORTH) => attached(client, name)

function closing(channel: Ably.RealtimeChannel): Promise<Ably.ChannelStateChange> {
  return new Promise((resolve) => channel.once('failed', resolve))
}

describe('a rule that reads the message', () => {
  test('refuses what it does not allow, for everyone and every door, and says why', async () => {
    await change(server, assign('hand', ann), {
      person: `user:${ann}`,
      attributes: { colours: ['red'] },
    })
    const { channel } = await listen(person(ann))
    await channel.publish('colour', { colour: 'red' })
    const refusal = await failure(channel.publish('colour', { colour: 'purple' }))
    expect(refusal.code).toBe(40160)
    for (const data of [{}, 'red', null, { colour: ['red'] }, { colour: true }]) {
      expect(await codeOf(channel.publish('colour', data)), JSON.stringify(data)).toBe(40160)
    }
    const over = rest(server.port, { token: jwt({ clientId: ann }) }).channels.get(NORTH)
    expect(await codeOf(over.publish('colour', { colour: 'green' }))).toBe(40160)
    const { explanation = '' } = refusal.detail ?? {}
    const told = await admin(server, 'GET', `/explanations/${explanation}`)
    expect(told.body).toMatchObject({
      refused: { action: 'publish', on: NORTH },
      reasons: expect.arrayContaining([
        expect.objectContaining({ kind: 'requirement', rule: 'types.quay.rules.colour' }),
      ]),
    })
    const stranger = { authorization: 'Bearer nobody' }
    expect(
      (await admin(server, 'GET', `/explanations/${explanation}`, undefined, stranger)).status,
    ).toBe(401)
  })

  test('attributes given by several calls at once are all kept', async () => {
    await change(server, assign('hand', ann))
    const { channel } = await listen(person(ann))
    const say = (attributes: object) => change(server, { person: `user:${ann}`, attributes })
    for (let round = 0; round < 5; round += 1) {
      await say({ colours: [], verified: null })
      await Promise.all([say({ verified: true }), say({ colours: ['red'] }), say({ name: 'Ann' })])
      await channel.publish('colour', { colour: 'red' })
    }
  })

  test('a question with a payload stands, and is answered anew when an attribute turns it', async () => {
    await change(server, assign('hand', ann), {
      person: `user:${ann}`,
      attributes: { colours: ['red'] },
    })
    const view = await listen(person(ann), `[permissions]${NORTH}`)
    await view.messages.count(1)
    const message = { name: 'colour', data: { colour: 'blue' } }
    await view.channel.publish('ask', { id: 'q', action: 'publish', message })
    const answer = (n: number) =>
      view.messages.first(({ name, data }) => name === 'answer' && data.revision >= n)
    expect((await answer(0)).data).toMatchObject({ id: 'q', allowed: false })
    const { body } = await change(server, {
      person: `user:${ann}`,
      attributes: { colours: ['blue'] },
    })
    expect((await answer(Number(body.revision))).data).toMatchObject({ id: 'q', allowed: true })
    await view.channel.publish('unask', { id: 'q' })
    const asked = await failure(view.channel.publish('ask', { id: 'q' }))
    expect([asked.code, await codeOf(view.channel.publish('hello', {}))]).toEqual([40000, 40160])
  })
})

describe('rights that come from elsewhere', () => {
  test('removing somebody from a group narrows their open session at once', async () => {
    await change(server, assign('hand', 'crew:red#mate'), assign('mate', ann, 'crew:red'))
    const { channel } = await listen(person(ann))
    await channel.publish('n', 'from the crew')
    const closed = closing(channel)
    await change(server, unassign('mate', ann, 'crew:red'))
    expect((await closed).reason?.code).toBe(40160)
    const over = rest(server.port, { token: jwt({ clientId: ann }) }).channels.get(NORTH)
    expect(await codeOf(over.publish('n', 'too late'))).toBe(40160)
  })

  test('a role follows along a relation, and goes with it', async () => {
    await change(server, assign('warden', ann, 'basin:inner'))
    const client = person(ann)
    const all = await listen(client, '[permissions]*')
    await all.messages.count(1)
    await change(server, { relate: `${NORTH}#part_of@basin:inner` })
    const opened = await all.messages.first(({ name }) => name === 'change')
    expect(opened.data.gained).toMatchObject([{ channel: NORTH }])
    const { channel } = await listen(client)
    const closed = closing(channel)
    await change(server, { unrelate: `${NORTH}#part_of@basin:inner` })
    expect((await closed).reason?.code).toBe(40160)
  })

  test('an attribute of the channel makes it read-only in place, for those the rule means', async () => {
    await change(server, assign('hand', ann, 'quay:south'), assign('pilot', bob, 'quay:south'))
    const { channel } = await listen(person(ann), 'quay:south')
    const pilot = await listen(person(bob), 'quay:south')
    await change(server, { resource: 'quay:south', attributes: { closed: true } })
    expect(await codeOf(channel.publish('n', 'still?'))).toBe(40160)
    expect([channel.state, channel.modes]).toEqual([
      'attached',
      expect.not.arrayContaining(['publish']),
    ])
    await pilot.channel.publish('n', 'pilots may')
    await change(server, { resource: 'quay:south', attributes: { closed: false } })
    await channel.publish('n', 'open again')
  })

  test('being barred overrides every role', async () => {
    await change(server, assign('pilot', ann))
    const { channel } = await listen(person(ann))
    const closed = closing(channel)
    await change(server, assign('barred', ann, NORTH, { reason: 'spam' }))
    expect((await closed).reason?.code).toBe(40160)
    const why = await admin(server, 'POST', '/explain', {
      subject: `user:${ann}`,
      action: 'subscribe',
      resource: NORTH,
    })
    expect(why.body).toMatchObject({ allowed: false, verdict: 'forbidden' })
  })
})

describe('rights for a time', () => {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString()

  test('end by themselves in an open session, and say when beforehand', async () => {
    const client = person(ann)
    const view = await listen(client, `[permissions]${NORTH}`)
    await view.messages.count(1)
    await change(server, assign('hand', ann, NORTH, { expires_at: at(1_200) }))
    const given = await view.messages.first(({ name }) => name === 'change')
    expect(given.data.untilMs).toBeGreaterThan(Date.now() - 1_200)
    const { channel } = await listen(client)
    expect((await closing(channel)).reason?.code).toBe(40160)
    const taken = await view.messages.first(({ data }) => (data.lost ?? []).includes('publish'))
    expect(taken.data).toMatchObject({ cause: { command: 'time' }, actions: [] })
    expect(taken.data.untilMs).toBeUndefined()
  })

  test('start by themselves', async () => {
    const view = await listen(person(ann), '[permissions]*')
    await view.messages.count(1)
    await change(server, assign('watcher', ann, NORTH, { not_before: at(800) }))
    const opened = await view.messages.first(({ name }) => name === 'change')
    expect(opened.data).toMatchObject({ cause: { command: 'time' }, gained: [{ channel: NORTH }] })
  })

  test('what ended while the server was away has ended before the first answer', async () => {
    let own = await startServer({ env: { SAYSO_POLICY: POLICY } })
    try {
      // Long enough to be used once, also where a connection takes seconds.
      const ended = Date.now() + 4_000
      const expires_at = new Date(ended).toISOString()
      await change(own, assign('hand', ann, NORTH, { expires_at }))
      const early = await listen(person(ann, own.port))
      closeClients()
      await own.kill('SIGKILL')
      expect(early.channel.name).toBe(NORTH)
      while (Date.now() <= ended) await new Promise((resolve) => setImmediate(resolve))
      own = await own.restart()
      const late = person(ann, own.port)
      await until(late, 'connected')
      expect(await codeOf(late.channels.get(NORTH).attach())).toBe(40160)
    } finally {
      await own.remove()
    }
  })
})

describe('a message for some only', () => {
  test('is kept from the others live, in history, on resume and over REST', async () => {
    await change(server, assign('hand', ann), assign('pilot', bob))
    const link = await openLink(server.port)
    const client = person(ann, link.port)
    const { channel, messages } = await listen(client)
    const pilot = await listen(person(bob, server.port, 'msgpack'))
    const staff = rest(server.port).channels.get(NORTH)
    await staff.publish('whisper', 'between us')
    await staff.publish('word', 'for all')
    expect((await pilot.messages.count(2)).map(({ name }) => name)).toEqual(['whisper', 'word'])
    expect((await messages.count(1)).map(({ name }) => name)).toEqual(['word'])
    link.cut()
    await staff.publish('whisper', 'while away')
    await staff.publish('word', 'while away')
    expect((await messages.count(2)).map(({ name }) => name)).toEqual(['word', 'word'])
    const names = (page: { items: readonly Ably.InboundMessage[] }) =>
      page.items.map(({ name }) => name)
    expect(names(await channel.history({ limit: 4 }))).not.toContain('whisper')
    const over = rest(server.port, { token: jwt({ clientId: ann }) }).channels.get(NORTH)
    expect(names(await over.history({ limit: 4 }))).not.toContain('whisper')
    expect(names(await pilot.channel.history({ limit: 4 }))).toContain('whisper')
    const [hidden] = (await pilot.channel.history({ limit: 4 })).items.filter(
      ({ name }) => name === 'whisper',
    )
    expect(await codeOf(over.getMessage(hidden?.serial ?? ''))).toBe(40400)
    await link.close()
  })

  test('is kept from them with what is said about it', async () => {
    await change(server, assign('hand', ann), assign('pilot', bob))
    const { messages } = await listen(person(ann))
    const pilot = await listen(person(bob))
    const staff = rest(server.port).channels.get(NORTH)
    await staff.publish('whisper', 'between us')
    await staff.publish('word', 'for all')
    const [whisper, word] = await pilot.messages.count(2)
    const reaction = { type: 'like:total.v1' }
    if (whisper !== undefined) await pilot.channel.annotations.publish(whisper, reaction)
    if (word !== undefined) await pilot.channel.annotations.publish(word, reaction)
    await staff.publish('word', 'end')
    await messages.first(({ data }) => data === 'end')
    const told = messages.all.filter(({ action }) => action === 'message.summary')
    expect(told.map(({ serial }) => serial)).toEqual([word?.serial])
  })

  test('is known by what it is however long ago it was said', async () => {
    let own = await startServer({ env: { SAYSO_POLICY: POLICY } })
    try {
      await change(own, assign('hand', ann), assign('pilot', bob))
      const before = rest(own.port).channels.get(NORTH)
      await before.publish('whisper', 'between us')
      await before.publish('word', 'for all')
      // Another process remembers nothing.
      await own.kill('SIGKILL')
      own = await own.restart()
      const link = await openLink(own.port)
      const { messages } = await listen(person(ann, link.port))
      const pilot = await listen(person(bob, own.port))
      const { items } = await pilot.channel.history({ direction: 'forwards' })
      const [whisper, word] = items
      if (whisper === undefined || word === undefined) throw new Error('they are not there')
      const reaction = { type: 'like:total.v1' }
      const summaries = (all: readonly Ably.InboundMessage[]) =>
        all.filter(({ action }) => action === 'message.summary').map(({ serial }) => serial)
      await pilot.channel.annotations.publish(whisper, reaction)
      await pilot.channel.annotations.publish(word, reaction)
      const isSummary = ({ action }: Ably.InboundMessage) => action === 'message.summary'
      expect((await pilot.messages.count(2)).every(isSummary)).toBe(true)
      expect(summaries(await messages.count(1))).toEqual([word.serial])
      // And over a resume, which brings what was missed.
      link.cut()
      await pilot.channel.annotations.publish(whisper, reaction)
      await pilot.channel.annotations.publish(word, reaction)
      expect(summaries(await messages.count(2))).toEqual([word.serial, word.serial])
      await pilot.messages.count(4)
      expect(summaries(pilot.messages.all)).toEqual([
        whisper.serial,
        word.serial,
        whisper.serial,
        word.serial,
      ])
      await link.close()
    } finally {
      await own.remove()
    }
  })

  test('who is let in on it hears it from then on', async () => {
    await change(server, assign('hand', ann))
    const { messages } = await listen(person(ann))
    const staff = rest(server.port).channels.get(NORTH)
    await staff.publish('whisper', 'not yet')
    await change(server, assign('pilot', ann))
    await staff.publish('whisper', 'now')
    expect((await messages.count(1)).map(({ data }) => data)).toEqual(['now'])
    await change(server, unassign('pilot', ann))
    await staff.publish('whisper', 'no more')
    await staff.publish('word', 'end')
    expect((await messages.count(2)).map(({ data }) => data)).toEqual(['now', 'end'])
  })
})

describe('the policy itself', () => {
  const text = readFileSync(POLICY, 'utf8')

  test('is tried out, then applied, and holds in open sessions at once', async () => {
    await change(server, assign('watcher', ann, 'quay:south'))
    const { channel } = await listen(person(ann), 'quay:south')
    const edited = text.replace(
      'watcher: { can: [subscribe, history] }',
      'watcher: { can: [history] }',
    )
    const trial = await admin(server, 'POST', '/simulate', { text: edited, flips: 10 })
    expect(trial.body).toMatchObject({ live: { connections: 1, people: 1 } })
    expect(trial.body.lost).toBeGreaterThan(0)
    expect(channel.state).toBe('attached')
    const closed = closing(channel)
    const expected_revision = trial.body.revision
    const applied = await admin(server, 'PUT', '/policy', { text: edited, expected_revision })
    expect(applied.status).toBe(200)
    expect((await closed).reason?.code).toBe(40160)
    const again = await admin(server, 'PUT', '/policy', { text, expected_revision })
    expect([again.status, again.body.code]).toEqual([409, 'conflict'])
    const stale = { authorization: `Bearer ${KEY}`, 'if-match': '"of-yesterday"' }
    const late = await admin(server, 'PUT', '/policy', { text }, stale)
    expect([late.status, late.body.code]).toEqual([412, 'version_changed'])
    expect((await admin(server, 'PUT', '/policy', { text })).status).toBe(200)
    await channel.attach()
  })

  test('is refused with line, column and remedy if it is not valid, and stays as it was', async () => {
    const broken = text.replace('resource.closed', 'resource.closd')
    const before = await admin(server, 'GET', '/policy')
    const refused = await admin(server, 'PUT', '/policy', { text: broken })
    expect([refused.status, refused.body.code]).toEqual([400, 'policy_invalid'])
    expect(refused.body.problems).toMatchObject([
      { line: expect.any(Number), column: expect.any(Number), remedy: expect.stringMatching(/./) },
    ])
    const after = await admin(server, 'GET', '/policy')
    expect(after.body.version).toBe(before.body.version)
  })

  test('lists say who may what where', async () => {
    await change(server, { person: `user:${ann}`, attributes: {} }, assign('hand', ann))
    const query = `subject=user:${ann}&action=publish&type=quay`
    const where = await admin(server, 'GET', `/access/resources?${query}`)
    expect(where.body).toMatchObject({ ids: [NORTH] })
    const who = await admin(server, 'GET', `/access/subjects?action=publish&resource=${NORTH}`)
    expect(who.body.ids).toContain(`user:${ann}`)
  })
})
