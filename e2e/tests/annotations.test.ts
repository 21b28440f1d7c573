// Annotations and appends as the unmodified client sees them, in both encodings, and under rights that change.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Heard, heard } from '../lib/heard.ts'
import { openLink } from '../lib/link.ts'
import { owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, codeOf, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'
import { channelOf, document, home, readOnly } from '../lib/words.ts'

const [promotion] = document.settings?.promotions ?? []

let server: Server
let ada: Person
let rooms = 0

beforeAll(async () => {
  server = await startServer()
  await owner(server)
  ada = await signUp(server, 'Ada Lovelace')
})
afterEach(() => closeClients())
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `pier:${rooms}`
}

const MODES: Ably.ChannelMode[] = [
  'PUBLISH',
  'SUBSCRIBE',
  'ANNOTATION_PUBLISH',
  'ANNOTATION_SUBSCRIBE',
]

type Listening = {
  readonly channel: Ably.RealtimeChannel
  readonly messages: Heard<Ably.InboundMessage>
  readonly annotations: Heard<Ably.Annotation>
}

async function listen(
  client: Ably.Realtime,
  name: string,
  options: Ably.ChannelOptions = { modes: MODES },
): Promise<Listening> {
  const messages = heard<Ably.InboundMessage>()
  const annotations = heard<Ably.Annotation>()
  const channel = client.channels.get(name, options)
  await channel.subscribe((message) => messages.add(message))
  if (options.modes?.includes('ANNOTATION_SUBSCRIBE') === true)
    await channel.annotations.subscribe((annotation) => annotations.add(annotation))
  return { channel, messages, annotations }
}

const isSummary = ({ action }: Ably.InboundMessage) => action === 'message.summary'
const summariesIn = (messages: Heard<Ably.InboundMessage>) =>
  messages.all.filter(isSummary).map(({ annotations }) => annotations?.summary)

describe.each([
  ['JSON', false],
  ['MessagePack', true],
])('annotations in %s', (_, useBinaryProtocol) => {
  const by = (clientId: string) =>
    realtime(server.port, { useBinaryProtocol, ...asking(() => jwt({ clientId })) })

  test('each is heard alone, then what they add up to; both are read back over REST', async () => {
    const name = room()
    const ann = await listen(by('ann'), name)
    const bob = await listen(by('bob'), name, { modes: ['SUBSCRIBE', 'ANNOTATION_PUBLISH'] })
    const { serials } = await ann.channel.publish('n', 'worth a remark')
    const serial = String(serials[0])
    const given = { type: 'reaction:distinct.v1', name: '👍' }
    await bob.channel.annotations.publish(serial, given)
    await ann.channel.annotations.publish(serial, given)
    const two = { '👍': { total: 2, clientIds: ['bob', 'ann'], clipped: false } }
    const last = await bob.messages.first(
      (message) => isSummary(message) && summariesIn(bob.messages).length === 2,
    )
    expect(summariesIn(bob.messages)).toEqual([
      { 'reaction:distinct.v1': { '👍': { total: 1, clientIds: ['bob'], clipped: false } } },
      { 'reaction:distinct.v1': two },
    ])
    expect(last.serial).toBe(serial)
    const [first] = await ann.annotations.count(2)
    expect(first).toMatchObject({
      action: 'annotation.create',
      ...given,
      clientId: 'bob',
      messageSerial: serial,
    })
    expect(String(first?.serial) > serial).toBe(true)
    await bob.channel.annotations.delete(serial, given)
    const gone = await ann.annotations.first(({ action }) => action === 'annotation.delete')
    expect(gone).toMatchObject({ ...given, clientId: 'bob' })
    const over = rest(server.port, { useBinaryProtocol }).channels.get(name)
    const page = await over.annotations.get(serial, { limit: 2 })
    expect(page.items.map(({ action, clientId }) => [action, clientId])).toEqual([
      ['annotation.create', 'bob'],
      ['annotation.create', 'ann'],
    ])
    const next = await page.next()
    expect(next?.items.map(({ action }) => action)).toEqual(['annotation.delete'])
    expect(next?.hasNext()).toBe(false)
    const one = { '👍': { total: 1, clientIds: ['ann'], clipped: false } }
    const { items } = await over.history()
    expect(items[0]?.annotations?.summary).toEqual({ 'reaction:distinct.v1': one })
    expect((await over.getMessage(serial)).annotations?.summary).toEqual({
      'reaction:distinct.v1': one,
    })
  })

  test('every way of adding up, with payloads, over REST and realtime', async () => {
    const name = room()
    const { channel, messages, annotations } = await listen(by('ann'), name)
    const { serials } = await channel.publish('n', 'm')
    const serial = String(serials[0])
    const over = rest(server.port, { useBinaryProtocol, clientId: 'eve' }).channels.get(name)
    await over.annotations.publish(serial, { type: 'seen:flag.v1' })
    await channel.annotations.publish(serial, { type: 'views:total.v1' })
    await channel.annotations.publish(serial, { type: 'mood:unique.v1', name: 'glad' })
    await channel.annotations.publish(serial, { type: 'mood:unique.v1', name: 'sad' })
    await channel.annotations.publish(serial, { type: 'clap:multiple.v1', name: 'c', count: 4 })
    await channel.annotations.publish(serial, { type: 'com.example.note', data: { deep: [1] } })
    const note = await annotations.first(({ type }) => type === 'com.example.note')
    expect(note.data).toEqual({ deep: [1] })
    await channel.publish('n', 'end')
    await messages.first(({ data }) => data === 'end')
    expect(summariesIn(messages)).toHaveLength(5)
    expect(summariesIn(messages).at(-1)).toEqual({
      'seen:flag.v1': { total: 1, clientIds: ['eve'], clipped: false },
      'views:total.v1': { total: 1 },
      'mood:unique.v1': { sad: { total: 1, clientIds: ['ann'], clipped: false } },
      'clap:multiple.v1': {
        c: {
          total: 4,
          clientIds: { ann: 4 },
          totalUnidentified: 0,
          totalClientIds: 1,
          clipped: false,
        },
      },
    })
    const summary = await rest(server.port, { useBinaryProtocol }).request(
      'get',
      `/channels/${name}/messages/${serial}/client-summary`,
      4,
      { forClientId: 'eve' },
      null,
      {},
    )
    expect(summary.items[0]).toEqual({
      'seen:flag.v1': { total: 1, clientIds: ['eve'], clipped: true },
    })
  })

  test('what cannot be is refused by its own code, and breaks nothing', async () => {
    const name = room()
    const { channel } = await listen(by('ann'), name)
    const { serials } = await channel.publish('n', 'm')
    const serial = String(serials[0])
    const unknown = '01700000000000-000@nowhere:000'
    const like = { type: 'reaction:distinct.v1', name: 'x' }
    expect(await codeOf(channel.annotations.publish(unknown, like))).toBe(40400)
    expect(await codeOf(channel.annotations.publish(serial, { type: 'r:distinct.v1' }))).toBe(40000)
    const nobody = realtime(server.port, { useBinaryProtocol, ...asking(() => jwt()) })
    const theirs = nobody.channels.get(name)
    expect(await codeOf(theirs.annotations.publish(serial, like))).toBe(40161)
    const deaf = by('bob').channels.get(name, { modes: ['SUBSCRIBE'] })
    await deaf.attach()
    expect(await codeOf(deaf.annotations.publish(serial, like))).toBe(40165)
    const reader = asking(() =>
      jwt({ clientId: 'cyd', capability: { [name]: ['subscribe', 'history'] } }),
    )
    const reading = realtime(server.port, { useBinaryProtocol, ...reader }).channels.get(name)
    expect(await codeOf(reading.annotations.publish(serial, like))).toBe(40160)
    expect(await codeOf(reading.annotations.get(serial, {}))).toBe(40160)
    await channel.annotations.publish(serial, like)
  })

  test('who comes back hears the annotations and sums it missed, once', async () => {
    const name = room()
    const link = await openLink(server.port)
    const away = realtime(link.port, {
      useBinaryProtocol,
      ...asking(() => jwt({ clientId: 'ann' })),
    })
    const ann = await listen(away, name)
    const bob = await listen(by('bob'), name)
    const { serials } = await bob.channel.publish('n', 'm')
    const serial = String(serials[0])
    await ann.messages.count(1)
    link.shut()
    await until(away, 'disconnected')
    await bob.channel.annotations.publish(serial, { type: 'a:total.v1' })
    await bob.channel.annotations.publish(serial, { type: 'a:total.v1' })
    link.open()
    await ann.annotations.count(2)
    await bob.channel.publish('n', 'end')
    await ann.messages.first(({ data }) => data === 'end')
    expect(summariesIn(ann.messages)).toEqual([
      { 'a:total.v1': { total: 1 } },
      { 'a:total.v1': { total: 2 } },
    ])
    expect(ann.annotations.all).toHaveLength(2)
    away.close()
    await link.close()
  })

  test('appends are heard as what they add, or whole for who asks; kept whole', async () => {
    const name = room()
    const pieces = await listen(by('ann'), name)
    const whole = await listen(by('bob'), name, { modes: MODES, params: { appendMode: 'full' } })
    const { serials } = await pieces.channel.publish('answer', 'Once')
    const serial = String(serials[0])
    await pieces.channel.appendMessage({ serial, data: ' upon' } as Ably.Message)
    await pieces.channel.appendMessage({ serial, data: ' a time' } as Ably.Message)
    await whole.messages.count(3)
    await pieces.messages.count(3)
    const told = (messages: Heard<Ably.InboundMessage>) =>
      messages.all.map(({ action, data }) => [action, data])
    expect(told(pieces.messages)).toEqual([
      ['message.create', 'Once'],
      ['message.append', ' upon'],
      ['message.append', ' a time'],
    ])
    expect(told(whole.messages)).toEqual([
      ['message.create', 'Once'],
      ['message.update', 'Once upon'],
      ['message.update', 'Once upon a time'],
    ])
    const { items } = await whole.channel.history()
    expect(items.map(({ action, data }) => [action, data])).toEqual([
      ['message.update', 'Once upon a time'],
    ])
  })
})

test('annotations outlive a restart and go on adding up', async () => {
  let own = await startServer()
  const name = room()
  const over = () => rest(own.port, { clientId: 'eve' }).channels.get(name)
  const { serials } = await over().publish('n', 'm')
  const serial = String(serials[0])
  await over().annotations.publish(serial, { type: 'a:multiple.v1', name: 'x', count: 2 })
  await own.kill('SIGKILL')
  own = await own.restart()
  await over().annotations.publish(serial, { type: 'a:multiple.v1', name: 'x' })
  const { annotations } = await over().getMessage(serial)
  expect(annotations?.summary).toMatchObject({ 'a:multiple.v1': { x: { total: 3 } } })
  await own.remove()
})

test('on a governed channel the policy decides who reacts and who sees single reactions', async () => {
  const client = realtime(
    server.port,
    asking(() => ada.token()),
  )
  const { channel, annotations } = await listen(client, channelOf(home))
  const { serials } = await channel.publish('n', 'm')
  await channel.annotations.publish(String(serials[0]), { type: 'reaction:flag.v1' })
  expect(await annotations.first(() => true)).toMatchObject({ clientId: ada.id })
})

test('the right to see and to give reactions is taken and given back in place', async () => {
  const name = channelOf(readOnly)
  const assignment = async (method: 'POST' | 'DELETE') => {
    const response = await fetch(`${server.url}/api/v1/role_assignments`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        person: ada.id,
        role: promotion?.replaces,
        on: `${promotion?.type}:${readOnly}`,
      }),
    })
    expect(response.status).toBe(200)
  }
  const over = rest(server.port, { clientId: 'host' }).channels.get(name)
  const { serials } = await over.publish('n', 'm')
  const serial = String(serials[0])
  const react = (label: string) =>
    over.annotations.publish(serial, { type: 'reaction:distinct.v1', name: label })
  await assignment('POST')
  const client = realtime(
    server.port,
    asking(() => ada.token()),
  )
  const { channel, messages, annotations } = await listen(client, name)
  await react('one')
  await annotations.count(1)
  await assignment('DELETE')
  await react('two')
  await messages.first((message) => isSummary(message) && summariesIn(messages).length === 2)
  expect(channel.modes).toEqual(['subscribe'])
  const own = { type: 'reaction:flag.v1' }
  expect(await codeOf(channel.annotations.publish(serial, own))).toBe(40160)
  await assignment('POST')
  await react('three')
  await channel.annotations.publish(serial, own)
  await annotations.count(3)
  expect(annotations.all.map((each) => each.name)).toEqual(['one', 'three', undefined])
  await assignment('DELETE')
})
