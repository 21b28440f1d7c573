// Tenants: whoever works, asks or administers in one is told nothing of another, by any route there is. What is there and what is
// not is answered alike, nothing that was hidden stands in an answer, and nothing was changed by asking.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ABLY_ROUTES } from '../src/rest/ably/routes.ts'
import type { AppRoute } from '../src/rest/app/route.ts'
import { APP_ROUTES } from '../src/rest/app/routes.ts'
import { AUTHZEN_DOORS } from '../src/rest/authzen/authzen.ts'
import { PERMIT_ROUTES } from '../src/rest/permit/routes.ts'
import { WIDGET_ROWS } from '../src/rest/widget/widget-rest.ts'
import { endDesk, freshDesk, operator } from './desk-case.ts'
import { DESK, isOwn, LOGS, madeUp, STREAMS, type Try, WIDGET } from './desk-tenant-table.ts'
import { type Ids, MISSING, type Side, side, stateOf } from './desk-two-tenants.ts'
import type { Caller } from './people.ts'
import type { Serving } from './serving.ts'

type Answer = { readonly status: number; readonly text: string }
type Attacker = {
  readonly name: string
  call(method: string, path: string, body?: unknown): Promise<Answer>
}
type Attack = {
  readonly attackers: readonly Attacker[]
  readonly own: Side
  readonly there: Side
}

let server: Serving
let attacks: readonly Attack[]
/** By doors that are not the desk’s: one way, and by those who may most of each kind. */
let others: readonly Attack[]
/** By its tenant: what there was before anybody asked. */
const before = new Map<Side, unknown>()

beforeAll(async () => {
  const desk = await freshDesk()
  server = desk.server
  const [alpha, beta] = [await side(server, 'alpha'), await side(server, 'beta')]
  // The place itself is a tenant like the others to who works at its desk.
  const ofPlace = [
    await operator(server, 'Placeoperator'),
    await operator(server, 'Placesupervisor', 'supervisor'),
  ].map((who) => bySession(who.email, who))
  attacks = [
    { attackers: [...attackersOf(beta), ...ofPlace], own: beta, there: alpha },
    { attackers: attackersOf(alpha), own: alpha, there: beta },
  ]
  others = [
    {
      attackers: [
        ...attackersOf(beta).filter(({ name }) => /admin|visitor|key/.test(name)),
        ...ofPlace.slice(1),
      ],
      own: beta,
      there: alpha,
    },
  ]
  for (const one of [alpha, beta]) before.set(one, await stateOf(server, one))
}, 120_000)

afterAll(endDesk)

function bySession(name: string, { call }: Caller): Attacker {
  return {
    name,
    call: async (method, path, body) => {
      const response = await call(method, path, body)
      return { status: response.status, text: await response.text() }
    },
  }
}

function byBearer(name: string, bearer: string): Attacker {
  return {
    name,
    call: async (method, path, body) => {
      const response = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, text: await response.text() }
    },
  }
}

function attackersOf(own: Side): readonly Attacker[] {
  return [
    ...(['agent', 'operator', 'supervisor', 'admin', 'teammate'] as const).map((role) =>
      bySession(`${own.ids.tenant} ${role}`, own[role]),
    ),
    byBearer(`${own.ids.tenant} visitor`, own.known.token),
    byBearer(`${own.ids.tenant} key`, own.key),
  ]
}

/** What differs from one answer to the next, whoever asks. */
const VOLATILE = /"(explanation|instance|serverId|id)":"[^"]*",?|"\w*(At|at|Time)Ms":\d+,?/g

/** With the names of what was asked for, in the place of their ids. */
function plain({ status, text }: Answer, ids: Ids): readonly [number, string] {
  const words = Object.entries(ids).sort(([, a], [, b]) => b.length - a.length)
  const named = words.reduce((all, [name, id]) => all.replaceAll(id, `‹${name}›`), text)
  return [status, named.replaceAll(VOLATILE, '')]
}

async function tried(attacker: Attacker, method: string, path: string, one: Try) {
  const { params = {}, query = {}, body } = one
  const words = path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, word: string) =>
    encodeURIComponent(params[word] ?? 'v1'),
  )
  const asked = new URLSearchParams(query).toString()
  const url = asked === '' ? words : `${words}?${asked}`
  const said = method === 'GET' ? undefined : (body ?? {})
  return { answer: await attacker.call(method, url, said), asked: `${url} ${JSON.stringify(said)}` }
}

type Asked = Awaited<ReturnType<typeof tried>>

/** What is wrong with two answers: of what is there, and of what is not. */
function faults(there: Side, real: Asked, none: Asked, isLog: boolean): readonly string[] {
  const { status, text } = real.answer
  const told = there.hidden.filter((each) => text.includes(each) && !real.asked.includes(each))
  const [found, missing] = [plain(real.answer, there.ids), plain(none.answer, MISSING)]
  const isAlike = isLog || JSON.stringify(found) === JSON.stringify(missing)
  return [
    ...(status < 500 ? [] : [`fails: ${status}`]),
    ...(told.length === 0 ? [] : [`tells ${told}`]),
    ...(isAlike ? [] : [`is told apart:\n  ${found}\n  ${missing}`]),
  ]
}

/** Asks about what is there and about what is not, and holds the answers beside each other. */
async function attack(
  { attackers, there }: Attack,
  method: string,
  path: string,
  tries: (ids: Ids) => readonly Try[],
): Promise<readonly string[]> {
  const wrong: string[] = []
  const [real, missing] = [tries(there.ids), tries(MISSING)]
  const isLog = LOGS.some((each) => `${method} ${path}` === each.replace(' ', ' /api/v1'))
  for (const attacker of attackers) {
    for (const [at, one] of real.entries()) {
      const asked = await tried(attacker, method, path, one)
      const other = await tried(attacker, method, path, missing[at] ?? {})
      for (const fault of faults(there, asked, other, isLog))
        wrong.push(`${attacker.name}: ${method} ${asked.asked} ${fault}`)
    }
  }
  return wrong
}

async function everybody(
  method: string,
  path: string,
  tries: (there: Ids, own: Ids) => readonly Try[],
  among: readonly Attack[] = attacks,
) {
  const wrong: string[] = []
  for (const one of among)
    wrong.push(...(await attack(one, method, path, (ids) => tries(ids, one.own.ids))))
  return wrong
}

const named = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const ofDesk = ({ path }: AppRoute) => path.startsWith('/desk/')

describe('the tables', () => {
  test('have every route of the desk and of the visitors’ door, and no other', () => {
    expect(Object.keys(DESK).sort()).toEqual(APP_ROUTES.filter(ofDesk).map(named).sort())
    expect(Object.keys(WIDGET).sort()).toEqual(WIDGET_ROWS.map(named).sort())
  })

  test('the two tenants have what they are to hide from each other', () => {
    for (const { there } of attacks) {
      const text = JSON.stringify(before.get(there))
      const { file } = there.ids
      for (const hidden of there.hidden) if (hidden !== file) expect(text).toContain(hidden)
    }
  })
})

describe('of another tenant is told nothing', () => {
  test.each(Object.entries(DESK))('by %s', async (name, tries) => {
    const [method = '', path = ''] = name.split(' ')
    expect(await everybody(method, `/api/v1${path}`, tries)).toEqual([])
  })

  test.each(
    APP_ROUTES.filter((route) => !ofDesk(route))
      .filter((route) => !STREAMS.includes(named(route)) && !isOwn(route.method, route.path))
      .map((route) => [named(route), route] as const),
  )('by %s', async (_, route) => {
    const tries = (there: Ids, own: Ids) => madeUp(route, there, own)
    expect(await everybody(route.method, `/api/v1${route.path}`, tries, others)).toEqual([])
  })

  test.each([
    ...ABLY_ROUTES.filter(({ path }) => path !== '/time').map(
      ({ method, path }) => [method, path] as const,
    ),
    ...PERMIT_ROUTES.filter(({ path }) => !path.startsWith('/v2')).map(
      ({ method, path }) => [method, path] as const,
    ),
    ...AUTHZEN_DOORS.map(({ path }) => ['POST', path] as const),
    ...(['/files/:id', '/files/:id/preview'] as const).map((path) => ['GET', path] as const),
  ])('by %s %s', async (method, path) => {
    const tries = ({ channel, serial, file, open, visitor }: Ids): readonly Try[] =>
      [channel, `${channel}::$chat`, `[permissions]${channel}`].map((on) => ({
        params: { channel: on, room: on, serial, id: file, version: 'v4', keyName: 'x.y' },
        query: { channels: on, clientId: visitor, forClientId: visitor, prefix: 'desk:' },
        body: { channels: on, messages: [{ data: 'x' }], name: 'text', data: { text: 'x' }, open },
      }))
    expect(await everybody(method, path, tries, others)).toEqual([])
  })

  test.each(Object.entries(WIDGET))('to a visitor by %s', async (name, tries) => {
    const [method = '', path = ''] = name.split(' ')
    const wrong: string[] = []
    for (const { own, there } of attacks) {
      const attackers = [own.known, own.idle].map(({ device }) => byBearer('visitor', device))
      const one = { attackers, own, there }
      const of = (ids: Ids) => tries(ids, own.ids)
      wrong.push(...(await attack(one, method, `/widget/v1${path}`, of)))
    }
    expect(wrong).toEqual([])
  })
})

test('and nothing of it was changed by asking', async () => {
  for (const [one, was] of before) expect(await stateOf(server, one)).toEqual(was)
})
