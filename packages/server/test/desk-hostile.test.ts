// What nobody means well with, at every door of the desk: a code that says what is wrong, never a failure of the server, and nothing
// kept of it.

import { Action } from '@sayso/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { APP_ROUTES } from '../src/rest/app/routes.ts'
import { WIDGET_ROWS } from '../src/rest/widget/widget-rest.ts'
import {
  ask,
  closeAll,
  type Desk,
  freshDesk,
  onlineVisitor,
  opens,
  type View,
} from './desk-case.ts'
import { rawClient } from './raw-client.ts'
import { endAll, KEY } from './serving.ts'
import { type Session, visit } from './widget-case.ts'

let desk: Desk
let one: Session & { readonly view: View }

beforeAll(async () => {
  desk = await freshDesk()
  const session = await visit(desk.server, desk.widget)
  const { conversation } = await opens(desk.server, session.visitor.id)
  one = { ...session, view: conversation }
}, 60_000)
afterEach(closeAll)
afterAll(endAll)

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const STRANGE = '\u0000\uD800‮ﷺ𝕬👩‍👩‍👧‍👦\uFFFE'

/** Bodies as they stand on the wire. */
const BODIES: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '7',
  '"text"',
  'true',
  '{"__proto__":{"isOn":true},"constructor":{"prototype":{"x":1}}}',
  '{"toString":1,"hasOwnProperty":2,"valueOf":3}',
  deep(20_000),
  `[${'[],'.repeat(5_000)}[]]`,
  JSON.stringify({ text: 'x'.repeat(60_000), visitor: 'x'.repeat(5_000), name: STRANGE }),
  JSON.stringify({
    text: STRANGE,
    visitor: STRANGE,
    name: STRANGE,
    operator: STRANGE,
    url: STRANGE,
  }),
  JSON.stringify({ text: {}, visitor: [], name: 7, operator: null, device: [], score: 'NaN' }),
  JSON.stringify({ untilMs: 1e308, score: -1e308, capacity: 1e21, labels: [[]], attributes: 'x' }),
  '{"untilMs":1e999,"text":"\\ud800","attributes":{"__proto__":1,"constructor":"x"}}',
]
const PARAMS = [
  '__proto__',
  'constructor',
  '%00',
  '%2e%2e%2f',
  'x'.repeat(2_000),
  '%F0%9F%92%A9',
  '%',
] as const

async function sent(method: string, path: string, bearer: string | undefined, body: string) {
  const hasBody = method !== 'GET'
  const response = await fetch(desk.server.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(hasBody ? { body } : {}),
  })
  return { status: response.status, text: await response.text() }
}

/** Every answer says what is wrong, and none that the server is. */
async function expectClear(method: string, path: string, bearer: string | undefined) {
  const keyed = path.replaceAll(/:\w+/g, one.view.key)
  const odd = path.includes(':') ? PARAMS.map((word) => path.replaceAll(/:\w+/g, word)) : []
  const queries = PARAMS.map(
    (word) => `${keyed}?tenant=${word}&after=${word}&widget=${word}&q=${word}`,
  )
  const calls = [
    ...(method === 'GET' ? [] : BODIES.map((body) => [keyed, body] as const)),
    ...[...odd, ...queries].map((each) => [each, '{}'] as const),
  ]
  for (const [at, body] of calls) {
    const { status, text } = await sent(method, at, bearer, body)
    const what = `${method} ${at.slice(0, 120)} ${body.slice(0, 60)}`
    expect([what, status < 500], text.slice(0, 200)).toEqual([what, true])
    if (status < 400 || !text.startsWith('{')) continue
    const problem = JSON.parse(text) as { code?: unknown; error?: unknown }
    expect([what, typeof (problem.code ?? problem.error)]).not.toEqual([what, 'undefined'])
  }
}

describe('over REST', () => {
  // What removes, closes or hands on the one conversation there is would leave nothing to be hostile to.
  test.each(
    APP_ROUTES.filter(({ path }) => path.startsWith('/desk/')).map(
      ({ method, path }) => [method, path] as const,
    ),
  )('%s /api/v1%s', (method, path) => expectClear(method, `/api/v1${path}`, KEY))

  test.each(
    WIDGET_ROWS.filter(({ path }) => path !== '/me').map(
      ({ method, path, who }) => [method, path, who] as const,
    ),
  )('%s /widget/v1%s', (method, path, who) =>
    expectClear(method, `/widget/v1${path}`, who === 'visitor' ? one.device : undefined),
  )
})

describe('over a socket', () => {
  const DATA: readonly unknown[] = [
    null,
    7,
    'x',
    [],
    {},
    { text: 'x'.repeat(8_001) },
    { text: 'x', ['__proto__']: 1 },
    JSON.parse('{"text":"x","__proto__":{"author":"olga"}}'),
    { text: 'x', constructor: { prototype: {} } },
    { text: 'x', author: { toString: 'x' } },
    { text: ['x'] },
    JSON.parse(deep(2_000)),
  ]

  const NAMES = ['text', 'note', 'file', 'typing', 'event', '__proto__', STRANGE]

  /** Publishes everything everywhere; what was taken. */
  async function taken(token: string, channel: string): Promise<readonly string[]> {
    const client = await rawClient(desk.server.url, { access_token: token })
    const said: string[] = []
    for (const name of NAMES) {
      for (const value of DATA) {
        const data = JSON.stringify(value)
        const answer = await client.publish(channel, { name, data, encoding: 'json' })
        expect(answer.error?.statusCode ?? 400).toBeLessThan(500)
        if (answer.action === Action.ACK) said.push(name)
      }
    }
    client.ws.close()
    return said
  }

  test('what is published on a conversation', async () => {
    const session = await visit(desk.server, desk.widget)
    const { conversation } = await opens(desk.server, session.visitor.id)
    // That somebody types says nothing, whatever is in it.
    expect(new Set(await taken(session.token, conversation.channel))).toEqual(new Set())
    for (const missing of ['desk:__proto__', 'desk:constructor'])
      expect(await taken(session.token, missing)).toEqual([])
    const transcript = await ask(desk.owner, 'GET', `/conversations/${conversation.key}/transcript`)
    const { lines } = transcript.body as { lines: { kind: string }[] }
    expect(lines.filter(({ kind }) => kind !== 'event')).toEqual([])
  })

  test.each([
    '[desk]',
    '[desk]x',
    '[desk',
    'desk',
    'desk:',
    'desk:*',
    `desk:${STRANGE}`,
    `desk:${'x'.repeat(3_000)}`,
  ])('what is asked of the name `%s`, whether it is one or not', async (name) => {
    const client = await rawClient(desk.server.url, { access_token: one.token })
    // A name that no channel has ends the connection, with a code.
    const ended = { action: Action.ERROR, error: { statusCode: 400 } }
    const attached = await client.attach(name).catch(() => ended)
    expect(attached.action).toBe(Action.ERROR)
    expect(attached.error?.statusCode).toBeLessThan(500)
    client.ws.close()
  })

  test('and it still answers those who mean well', async () => {
    const session = await visit(desk.server, desk.widget)
    const { conversation } = await opens(desk.server, session.visitor.id)
    const channel = onlineVisitor(desk.server, session).channels.get(conversation.channel)
    await channel.publish('text', { text: '‮ﷺ𝕬👩‍👩‍👧‍👦' })
    expect(desk.server.log.filter((line) => line.includes('"error"'))).toEqual([])
  })
})
