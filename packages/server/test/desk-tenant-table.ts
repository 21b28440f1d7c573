// What is asked about another tenant, by every route: of the desk and of the visitors' door written by hand, of all the others made
// up from their own tables.

import type * as z from 'zod'
import type { AppRoute } from '../src/rest/app/route.ts'
import type { Ids } from './desk-two-tenants.ts'

export type Try = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}
type Tries = (there: Ids, own: Ids) => readonly Try[]

const keys = ({ open, waiting, closed }: Ids) => [open, waiting, closed]
const each =
  (...more: readonly Omit<Try, 'params'>[]): Tries =>
  (there) =>
    keys(there).flatMap((key) =>
      (more.length === 0 ? [{}] : more).map((one) => ({ params: { key }, ...one })),
    )
const inTenant =
  (body?: unknown): Tries =>
  ({ tenant }) => [{ query: { tenant }, ...(body !== undefined && { body }) }]
const widgets: Tries = ({ widget }) => [{ params: { id: widget } }]
const visitors =
  (body?: unknown): Tries =>
  ({ visitor, external, tenant }) =>
    [
      { params: { id: visitor } },
      { params: { id: visitor }, query: { tenant } },
      { params: { id: `external:${external}` }, query: { tenant } },
    ].map((one) => ({ ...one, ...(body !== undefined && { body }) }))

/** Every route of the desk. One that is not here fails the test. */
export const DESK: Readonly<Record<string, Tries>> = {
  'GET /desk/conversations': ({ tenant, visitor, operator, widget, word, open }) => [
    {},
    ...[
      { tenant },
      { visitor },
      { assignee: operator },
      { widget },
      { label: word },
      { q: word },
      { q: open },
      { tenant, state: 'closed' },
      { tenant, view: 'waiting' },
      { tenant, view: 'team' },
      { after: `9~${open}` },
    ].map((query) => ({ query })),
    { query: { state: 'closed', q: word, visitor } },
  ],
  'POST /desk/conversations': ({ tenant, visitor, idle, widget }, own) =>
    [
      { visitor: idle },
      { visitor: idle, tenant },
      { visitor: idle, tenant: own.tenant },
      { visitor },
      { visitor, tenant },
      { visitor, tenant: own.tenant },
      { visitor: own.visitor, tenant },
      { visitor: own.idle, tenant: own.tenant, widget },
    ].map((body) => ({ body })),
  'GET /desk/conversations/:key': each(),
  'PATCH /desk/conversations/:key': (there, own) => [
    ...each({ body: { labels: ['x'] } })(there, own),
    { params: { key: own.open }, body: { team: there.team } },
  ],
  'POST /desk/conversations/:key/claim': each(),
  'POST /desk/conversations/:key/release': each(),
  'POST /desk/conversations/:key/join': each(),
  'POST /desk/conversations/:key/watch': each(),
  'POST /desk/conversations/:key/leave': each(),
  'POST /desk/conversations/:key/assign': (there, own) => [
    ...each({ body: { operator: own.operator } })(there, own),
    { params: { key: own.open }, body: { operator: there.operator } },
  ],
  'POST /desk/conversations/:key/transfer': (there, own) => [
    ...each({ body: { operator: own.operator } }, { body: { team: own.team, note: 'x' } })(
      there,
      own,
    ),
    { params: { key: own.open }, body: { operator: there.operator } },
    { params: { key: own.open }, body: { team: there.team } },
  ],
  'POST /desk/conversations/:key/close': each({ body: {} }),
  'POST /desk/conversations/:key/snooze': each({ body: { untilMs: 4_000_000_000_000 } }),
  'POST /desk/conversations/:key/marks': (there, own) =>
    each({ body: { read: there.serial } })(there, own),
  'GET /desk/conversations/:key/transcript': each({}, { query: { format: 'text' } }),
  'GET /desk/me': inTenant(),
  'PUT /desk/me': inTenant({ status: 'busy' }),
  'PUT /desk/me/closing': inTenant({ afterSeconds: 60 }),
  'DELETE /desk/me/closing': inTenant(),
  'GET /desk/tenants': () => [{}],
  'GET /desk/operators': inTenant(),
  'PUT /desk/operators/:id': ({ operator, tenant }, own) =>
    [tenant, own.tenant].map((each) => ({
      params: { id: operator },
      query: { tenant: each },
      body: { capacity: 1 },
    })),
  'GET /desk/replies': inTenant(),
  'POST /desk/replies': ({ tenant }) => [{ body: { tenant, shortcut: 'x', text: 'x' } }],
  'PUT /desk/replies/:id': ({ reply }) => [
    { params: { id: reply }, body: { shortcut: 'x', text: 'x' } },
  ],
  'DELETE /desk/replies/:id': ({ reply }) => [{ params: { id: reply } }],
  'GET /desk/teams': inTenant(),
  'GET /desk/reports': ({ tenant }) => [
    { query: { tenant, from: '2026-01-01', to: '2027-01-01' } },
  ],
  'GET /desk/now': inTenant(),
  'GET /desk/visitors': ({ tenant }) => [{}, { query: { tenant } }],
  'GET /desk/visitors/:id': visitors(),
  'PUT /desk/visitors/:id': visitors({ attributes: { plan: 'none' } }),
  'PUT /desk/visitors/:id/block': visitors({ address: true }),
  'DELETE /desk/visitors/:id/block': visitors(),
  'GET /desk/widgets': ({ tenant }) => [{}, { query: { tenant } }],
  'POST /desk/widgets': ({ tenant }) => [{ body: { name: 'x', tenant } }],
  'GET /desk/widgets/:id': widgets,
  'PUT /desk/widgets/:id': ({ widget }) => [{ params: { id: widget }, body: { name: 'x' } }],
  'DELETE /desk/widgets/:id': widgets,
  'POST /desk/widgets/:id/keys': widgets,
  'DELETE /desk/widgets/:id/keys/:key': ({ widget, widgetKey }, own) => [
    { params: { id: widget, key: widgetKey } },
    { params: { id: own.widget, key: widgetKey } },
  ],
}

/** What a visitor of one tenant asks of the other's: by the secret of their own browser. */
export const WIDGET: Readonly<Record<string, Tries>> = {
  // What a widget says to everybody, and coming in by one: of the other tenant nothing is named but by what it gave out itself.
  'GET /config': () => [],
  'POST /session': () => [],
  'POST /token': () => [],
  'PUT /page': () => [],
  'PUT /attributes': () => [],
  'GET /conversations': () => [{}],
  'POST /conversations': () => [],
  'POST /conversations/:key/marks': (there, own) =>
    each({ body: { read: there.serial } })(there, own),
  'POST /conversations/:key/rating': each({ body: { score: 1 } }),
  'GET /conversations/:key/transcript': each({}, { query: { format: 'json' } }),
  'POST /conversations/:key/transcript': each({ body: { email: 'x@example.com' } }),
  'POST /offline': () => [],
  'DELETE /me': () => [],
}

/** Their answers go on: read by tests of their own. */
export const STREAMS: readonly string[] = ['GET /decisions/stream', 'GET /overview/stream']

/** Their answers say what was asked a moment ago: only what must not be in them is looked for. */
export const LOGS: readonly string[] = ['GET /decisions', 'GET /decisions/export']

/** Ends or makes what is one’s own, whatever else is named. */
export function isOwn(method: string, path: string): boolean {
  return method !== 'GET' && /^\/(me|session|setup|invitations|channels$)/.test(path)
}

type Named = Readonly<Record<string, readonly string[]>>

function namesOf(there: Ids): Named {
  const { open, channel, visitor, team, serial, file, upload, tenant, word, widget } = there
  const resource = `conversation:${open}`
  return {
    key: [open, team, resource],
    name: [channel],
    id: [visitor, resource, file, upload, `tenant:${tenant}`, tenant, widget],
    offset: ['0'],
    serial: [serial],
    person: [visitor],
    subject: [`user:${visitor}`],
    actor: [`user:${visitor}`],
    target: [resource],
    resource: [resource],
    on: [resource, `tenant:${tenant}`],
    place: [resource],
    channel: [channel],
    in: [open],
    from: [visitor],
    tenant: [tenant, `tenant:${tenant}`],
    q: [word],
    of: [resource],
    type: ['conversation'],
    action: ['subscribe'],
    role: ['visitor'],
  }
}

/** Asks a route for everything its words could mean: each word alone, and all together. */
export function madeUp({ path, query, body }: AppRoute, there: Ids, own: Ids): readonly Try[] {
  const named = namesOf(there)
  const words = [...path.matchAll(/:(\w+)/g)].map(([, word = '']) => word)
  const most = Math.max(1, ...words.map((word) => named[word]?.length ?? 1))
  const paths = Array.from({ length: most }, (_, at) =>
    Object.fromEntries(
      words.map((word) => {
        const all = named[word] ?? ['x']
        return [word, all[at % all.length] ?? 'x']
      }),
    ),
  )
  const asked = queriesOf(query, named)
  const examples = [there.visitor, own.operator].map((person) =>
    about(body?.example, there, person),
  )
  const bodies = body === undefined ? [{}] : examples.map((one) => ({ body: one }))
  return paths.flatMap((params) =>
    asked.flatMap((one) => bodies.map((said) => ({ params, query: one, ...said }))),
  )
}

function queriesOf(query: z.ZodObject | undefined, named: Named) {
  const known = Object.keys(query?.shape ?? {}).filter((word) => named[word] !== undefined)
  const whole = Object.fromEntries(known.map((word) => [word, named[word]?.[0] ?? '']))
  const single = known.flatMap((word) => (named[word] ?? []).map((value) => ({ [word]: value })))
  return [{}, whole, ...single]
}

/** An example, as if it were about the other tenant and somebody. */
function about(value: unknown, there: Ids, person: string): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(/\b(channel|conversation|document):[\w-]+/g, `conversation:${there.open}`)
      .replaceAll(/\buser:[\w-]+/g, `user:${person}`)
  if (Array.isArray(value)) return value.map((one) => about(one, there, person))
  if (typeof value !== 'object' || value === null) return value
  const named: Readonly<Record<string, string>> = {
    person,
    channel: there.channel,
    tenant: there.tenant,
    resource: `conversation:${there.open}`,
    on: `conversation:${there.open}`,
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one === 'string' && Object.hasOwn(named, name)
        ? named[name]
        : about(one, there, person),
    ]),
  )
}
