// Where somebody else is signed in, and ending it: for whoever looks after people.

import type { SubjectId } from '@sayso/policy'
import * as z from 'zod'
import type { OpenSession } from '../../auth/accounts.ts'
import { type Asker, auditBy } from '../../commands/asker.ts'
import { endedBy } from '../../commands/end-session.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { idOf } from '../../people/roles.ts'
import type { AppRest } from './deps.ts'
import { personIn } from './names-in.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { reason } from './shapes.ts'

const tag = 'people'
const path = '/people/:id/sessions'
const needs = { who: 'person-or-key', may: 'manage-people' } as const
const params = { id: 'id of the person' }
const ended = { 200: json('They have ended.', z.object({ ended: z.int() })) }

const sessionShape = z
  .object({
    id: z.string(),
    startedAt: z.string(),
    seenAt: z.string().describe('when it was last renewed: once a day, as long as it is used'),
    endsAt: z.string(),
    device: z.string().optional().describe('as the browser names itself'),
    address: z.string().optional().describe('masked, unless `addresses` asks for it whole'),
    connections: z.int().describe('live connections that came by it'),
  })
  .meta({ id: 'PersonSession', description: 'One place somebody is signed in at.' })

const listSessions = route({
  method: 'GET',
  path,
  id: 'listPersonSessions',
  tag,
  summary: 'Where somebody is signed in',
  needs,
  params,
  query: z.object({
    addresses: z.enum(['masked', 'whole']).default('masked'),
  }),
  answers: { 200: json('The latest first.', z.object({ items: z.array(sessionShape) })) },
  problems: ['person_unknown'],
  run: async ({ c, deps, asker, params: { id }, query }) => {
    const subject = known(deps, id)
    await noteRead(deps.context, asker, 'read.sessions', subject)
    const open = await deps.signIn.accounts.sessions(idOf(subject))
    const live = connectionsBySession(deps)
    const shown = query.addresses === 'whole' ? (address: string) => address : masked
    return c.json({ items: open.map((one) => sessionView(one, live.get(one.id) ?? 0, shown)) })
  },
})

const endAll = route({
  method: 'DELETE',
  path,
  id: 'endPersonSessions',
  tag,
  summary: 'Sign somebody out everywhere',
  about:
    'What is connected by one of the sessions is cut off before this answers. They can sign in again: to keep somebody out, take their roles or erase them.',
  needs,
  params,
  query: z.object({ reason }),
  answers: ended,
  problems: ['person_unknown'],
  run: async ({ c, deps, asker, params: { id }, query }) => {
    const person = idOf(known(deps, id))
    const { accounts } = deps.signIn
    const open = (await accounts.sessions(person)).map((one) => one.id)
    const by = enderOf(asker, query.reason)
    const count = await endedBy(deps.context, by, open, () => accounts.endSessions(person))
    return c.json({ ended: count })
  },
})

const endOne = route({
  method: 'DELETE',
  path: `${path}/:session`,
  id: 'endPersonSession',
  tag,
  summary: 'Sign somebody out in one place',
  needs,
  params: { ...params, session: 'id of the session' },
  query: z.object({ reason }),
  answers: ended,
  problems: ['person_unknown', 'session_unknown'],
  run: async ({ c, deps, asker, params: { id, session }, query }) => {
    const person = idOf(known(deps, id))
    const { accounts } = deps.signIn
    const by = enderOf(asker, query.reason)
    const isEnded = await endedBy(deps.context, by, [session], () =>
      accounts.endSession(person, session),
    )
    if (isEnded) return c.json({ ended: 1 })
    throw new ApiProblem(
      'session_unknown',
      'they have no such session',
      'list their sessions: it may have ended by itself',
    )
  },
})

export const personSessionRoutes: readonly AppRoute[] = [listSessions, endAll, endOne]

/** @throws {Failure} `person_unknown`, `invalid` */
function known({ context }: AppRest, id: string): SubjectId {
  const subject = personIn(id)
  if (context.standing.world.facts.person(subject) !== undefined) return subject
  throw new Failure('person_unknown', `there is no \`${idOf(subject)}\``)
}

function enderOf(asker: Asker, why: string | undefined) {
  return { ...auditBy(asker), ...(why === undefined ? {} : { reason: why }) }
}

/** A session signs its tokens with its own id. */
function connectionsBySession({ hub }: AppRest): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { asker } of hub.connections()) {
    const session = asker.token?.revocationKey
    if (session !== undefined) counts.set(session, (counts.get(session) ?? 0) + 1)
  }
  return counts
}

function sessionView(one: OpenSession, connections: number, shown: (address: string) => string) {
  const { id, device, address, startedAtMs, seenAtMs, endsAtMs } = one
  const at = (ms: number) => new Date(ms).toISOString()
  return {
    id,
    startedAt: at(startedAtMs),
    seenAt: at(seenAtMs),
    endsAt: at(endsAtMs),
    ...(device === undefined ? {} : { device }),
    ...(address === undefined ? {} : { address: shown(address) }),
    connections,
  }
}

/** Enough to see that two are alike, not enough to find somebody. */
function masked(address: string): string {
  const parts = address.split('.')
  if (parts.length === 4) return `${parts[0]}.${parts[1]}.•.•`
  return `${address.split(':').slice(0, 2).join(':')}:•`
}
