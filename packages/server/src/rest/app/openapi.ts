// The OpenAPI 3.1 description of a table of routes. Schemas are generated from those the server checks with.

import * as z from 'zod'
import { type AnyProblemCode, problemRows } from './problem.ts'
import type { AppRoute, Needs, RouteText } from './route.ts'

export type Json = { [name: string]: unknown }

export type Operation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly security?: readonly Json[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Json
  readonly responses: Readonly<Record<string, Json>>
}

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: Json
}

export type OpenApi = {
  readonly openapi: '3.1.1'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly Json[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Json; readonly securitySchemes: Json }
}

/** What the groups of operations are about, in the order of the reference. */
const TAGS: Readonly<Record<string, string>> = {
  session: 'Who is signed in, and how the first person comes in.',
  people: 'The people of the place, invitations, and their own sessions.',
  own: 'What the signed-in person keeps for themselves, and what they find.',
  groups: 'Groups: sets of people that roles can be given to.',
  channels: 'Channels: who is in them, who asks to be, how they are shown.',
  messages: 'What is done around messages: threads, pinned ones, reports.',
  files: 'Files that messages carry: bringing them piece by piece, and finding them again.',
  grants: 'Who has which role where, since when and until when.',
  tenants: 'Tenants: places of their own that share the policy.',
  resources: 'What rights are about, and how it hangs together.',
  policy: 'The policy document: read, check, try out, put in force.',
  explain: 'Why somebody may or may not, and who may do what.',
  keys: 'API keys: what they and the tokens they sign may do, their secrets, and what a token is worth now.',
  connections: 'Who is connected now.',
  webhooks: 'Telling other servers what happens.',
  desk: 'Support conversations: widgets, visitors, and who answers them.',
  decisions: 'What was refused, and what changes do to answers.',
  exports: 'Everything of a kind, to take away.',
  retention: 'How long messages are kept, and what is under a legal hold.',
  numbers: 'What happens now, and what happened, in numbers.',
  installation: 'How the server is set up, and backups of it.',
  reference: 'This description.',
}

/** Only who holds a key has nobody to sign in as, and the other way round: either is enough. */
const EITHER = [{ key: [] }, { session: [] }]

const RAW_BODY = {
  requestBody: {
    required: true,
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  },
}

const problemShape = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('snake_case, stable'),
    detail: z.string(),
    remedy: z.string().optional().describe('what would help'),
    explanation: z.string().optional().describe('`GET /explanations/{id}` says why'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })

/** Describes the routes; the same for every server of this version. */
export function openApiOf(routes: readonly AppRoute[], version: string): OpenApi {
  const schemas = new Schemas()
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  const used = new Set(routes.map(({ tag }) => tag))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sayso',
      version,
      description:
        'People, rights and policy of a place. A key with the scope `admin` may do everything; a signed-in person what the policy gives them on the tenant.',
    },
    servers: [{ url: '/api/v1' }],
    tags: [...used].map((name) => ({ name, description: TAGS[name] ?? name })),
    paths,
    components: {
      schemas: schemas.named(),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, `app.key:secret`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'better-auth.session_token',
          description: 'A signed-in person; writes must come from a page of this server.',
        },
      },
    },
  }
}

function operationOf(route: RouteText, schemas: Schemas): Operation {
  const { id, tag, summary, about, needs, body } = route
  const parameters = parametersOf(route, schemas)
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [about, needsText(needs)].filter(Boolean).join('\n\n'),
    security: securityOf(needs),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.raw === undefined ? {} : RAW_BODY),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: schemas.of(body.schema, 'input'),
                example: body.example,
              },
            },
          },
        }),
    responses: { ...answersOf(route, schemas), ...problemsOf(route, schemas) },
  }
}

function securityOf({ who }: Needs): readonly Json[] {
  if (who === 'anyone' || who === 'own-page') return []
  return who === 'session' ? [{ session: [] }] : EITHER
}

/** Who may, in words. */
export function needsText(needs: Needs): string {
  switch (needs.who) {
    case 'anyone':
      return 'Needs nothing.'
    case 'own-page':
      return 'Needs to come from a page of this server.'
    case 'session':
      return 'Needs a signed-in person.'
    case 'signed-in':
      return needs.hasTokens === true
        ? `Needs a signed-in person, a key or a realtime token: ${needs.asks}.`
        : `Needs a signed-in person or a key: ${needs.asks}; a key needs the scope \`admin\` for what is not its own.`
    case 'person-or-key':
      return needs.orOfTenant === true
        ? `Needs \`${needs.may}\` on the tenant, or on another one: then it is about that one alone; or a key with the scope \`admin\`.`
        : `Needs \`${needs.may}\` on the tenant, or a key with the scope \`admin\`.`
  }
}

function parametersOf(route: RouteText, schemas: Schemas): Parameter[] {
  const { path, params, query } = route
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => {
    const description = params?.[name]
    const more = description === undefined ? {} : { description }
    return { name, in: 'path', required: true, ...more, schema: { type: 'string' } }
  })
  const inHeader: Parameter[] = hasKey(route) ? [IDEMPOTENCY_KEY] : []
  if (query === undefined) return [...inPath, ...inHeader]
  const wanted = schemas.of(query, 'input') as { required?: readonly string[]; properties: Json }
  const read = schemas.of(query, 'output') as { properties: Readonly<Record<string, Json>> }
  const inQuery = Object.entries(read.properties).map(([name, schema]): Parameter => {
    // What is transformed has no schema once it is read; what is coerced has none before.
    const { description, ...rest } = Object.keys(schema).some((key) => key !== 'description')
      ? schema
      : (wanted.properties[name] as Json)
    const more = typeof description === 'string' ? { description } : {}
    const required = wanted.required?.includes(name) === true
    return { name, in: 'query', required, ...more, schema: rest }
  })
  return [...inPath, ...inQuery, ...inHeader]
}

function answersOf({ answers }: RouteText, schemas: Schemas): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { what, schema, type }]) => {
      if (schema === undefined && type === undefined) return [status, { description: what }]
      const content = {
        [type ?? 'application/json']: schema ? { schema: schemas.of(schema, 'output') } : {},
      }
      return [status, { description: what, content }]
    }),
  )
}

function problemsOf(route: RouteText, schemas: Schemas): Record<string, Json> {
  const byStatus = new Map<number, AnyProblemCode[]>()
  for (const code of problemCodesOf(route)) {
    const { status } = problemRows[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: schemas.of(problemShape, 'output') } },
      },
    ]),
  )
}

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Of your own; the same write asked for again within a day is done once',
  schema: { type: 'string', maxLength: 255 },
}

/** True for writes of somebody: they may be asked for twice. */
function hasKey({ method, needs }: RouteText): boolean {
  return WRITES.includes(method) && needs.who !== 'anyone' && needs.who !== 'own-page'
}

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']

/** All problems a route can answer with: its own, and those its needs and body bring. */
export function problemCodesOf(route: RouteText): readonly AnyProblemCode[] {
  const { needs, method, body, query, problems = [] } = route
  const codes = new Set<AnyProblemCode>(problems)
  const add = (...more: readonly AnyProblemCode[]) => {
    for (const code of more) codes.add(code)
  }
  const isWrite = WRITES.includes(method)
  if (query !== undefined) add('query_invalid')
  if (body !== undefined) add('body_invalid', 'too_large')
  if (route.raw !== undefined) add('too_large')
  if (needs.who !== 'anyone' && isWrite) add('foreign_origin')
  if (needs.who !== 'anyone' && needs.who !== 'own-page') add('not_signed_in')
  if (needs.who === 'signed-in') add('key_invalid', 'denied', 'identity_required')
  if (needs.who === 'person-or-key') add('key_invalid', 'denied')
  if (isWrite) add('busy', 'store_unavailable')
  if (hasKey(route)) {
    add('idempotency_key_invalid', 'idempotency_key_reused', 'idempotency_key_busy')
  }
  return [...codes].sort()
}

/** The schemas of one document: those with a name are kept once and referred to. */
class Schemas {
  readonly #named: Json = {}

  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
    const { $schema: _, $defs = {}, ...rest } = whole
    for (const [name, each] of Object.entries($defs as Json)) {
      if (!name.startsWith(RECURSIVE)) this.#named[name] = referring(each)
    }
    return referring(rest) as Json
  }

  named(): Json {
    const named = Object.entries(this.#named).sort(([a], [b]) => (a < b ? -1 : 1))
    return { ...Object.fromEntries(named), JsonValue: { description: 'any JSON value' } }
  }
}

/** What a schema is called that has no name and contains itself: JSON values are the only ones. */
const RECURSIVE = '__schema'
const LOCAL = '#/$defs/'

/** Refers to named schemas where this document keeps them. */
function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key !== '$ref' || typeof each !== 'string') return [key, referring(each)]
      const name = each.slice(LOCAL.length)
      return [key, `#/components/schemas/${name.startsWith(RECURSIVE) ? 'JsonValue' : name}`]
    }),
  )
}
