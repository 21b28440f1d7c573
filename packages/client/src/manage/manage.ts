// Calls of `/api/v1` by the names they have in its description. What goes in and comes out is typed from the server's own
// schemas, so that a call that does not fit does not compile.

import { problemOf, unreached } from '../problem.ts'
import { ADDRESSES } from './addresses.ts'
import type { Operations } from './shapes.ts'

export type ManageOptions = {
  /** Origin of the server, without a slash at the end; default: the page's own. */
  readonly origin?: string
  /** An API key with the scope `admin`, sent as a bearer; default: the session cookie. */
  readonly key?: string
  /** Id of the app that is managed; default: that of the key, or the main app. */
  readonly app?: string
  readonly fetch?: typeof globalThis.fetch
}

export type Operation = keyof Operations

type Member<O extends Operation, Name extends string> = Operations[O] extends {
  readonly [name in Name]: infer Given
}
  ? { readonly [name in Name]: Given }
  : Operations[O] extends { readonly [name in Name]?: infer Given }
    ? { readonly [name in Name]?: Given }
    : unknown

/** Members of a query may be left undefined: they are not said then. */
type Query<O extends Operation> = Operations[O] extends { readonly query?: infer Given }
  ? { readonly query?: { readonly [name in keyof Given]: Given[name] | undefined } }
  : unknown

/** What an operation takes: `params` of its path, `query`, `body`; and what any call may be given. */
export type RequestOf<O extends Operation> = Member<O, 'params'> &
  Query<O> &
  Member<O, 'body'> & {
    /** The `etag` the document was read with: refused if somebody has written it since. */
    readonly ifMatch?: string
    /** The same write asked for again within a day is done once. */
    readonly idempotencyKey?: string
    readonly signal?: AbortSignal
  }

export type AnswerOf<O extends Operation> = Operations[O]['answer']

/** An answer with the version of the document it is, where it is one. */
export type Asked<O extends Operation> = { readonly answer: AnswerOf<O>; readonly etag?: string }

/** Nothing has to be given where nothing is needed. */
type Given<O extends Operation> =
  Record<never, never> extends RequestOf<O>
    ? readonly [request?: RequestOf<O>]
    : readonly [request: RequestOf<O>]

/** Every call rejects with `ApiError`; status 0 means that the server was not reached. */
export type Manage = {
  call<O extends Operation>(operation: O, ...given: Given<O>): Promise<AnswerOf<O>>
  /** As `call`, with the `etag` to write the document with. */
  read<O extends Operation>(operation: O, ...given: Given<O>): Promise<Asked<O>>
  /** The address of a `GET`, for links that download; the app stands in it. */
  hrefOf<O extends Operation>(operation: O, ...given: Given<O>): string
}

/** Makes the calls. Without options: same origin, session cookie. */
export function manage(options: ManageOptions = {}): Manage {
  const read = async <O extends Operation>(operation: O, ...given: Given<O>): Promise<Asked<O>> => {
    const request = (given[0] ?? {}) as Loose
    const response = await send(options, operation, request)
    if (!response.ok) throw await problemOf(response)
    const text = await response.text().catch((cause: unknown) => {
      throw unreached(cause)
    })
    const etag = response.headers.get('etag')
    const answer = (text === '' ? undefined : parsed(text)) as AnswerOf<O>
    return { answer, ...(etag === null ? {} : { etag }) }
  }
  return {
    read,
    call: async (operation, ...given) => (await read(operation, ...given)).answer,
    hrefOf: (operation, ...given) => {
      const { query, ...rest } = (given[0] ?? {}) as Loose
      // Said last: it is ours.
      return addressOf(options, operation, { ...rest, query: { ...query, app: options.app } }).href
    },
  }
}

type Loose = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly ifMatch?: string
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

function addressOf(options: ManageOptions, operation: Operation, { params, query }: Loose) {
  const [method = 'GET', path = ''] = ADDRESSES[operation].split(' ')
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  )
  const said = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  const rest = said.length === 0 ? '' : `?${new URLSearchParams(said)}`
  return { method, href: `${options.origin ?? ''}/api/v1${filled}${rest}` }
}

function send(options: ManageOptions, operation: Operation, request: Loose): Promise<Response> {
  const { method, href } = addressOf(options, operation, request)
  const { body, ifMatch, idempotencyKey, signal } = request
  const fetch = options.fetch ?? globalThis.fetch
  return fetch(href, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(signal === undefined ? {} : { signal }),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
      ...(options.app === undefined ? {} : { 'sayso-app': options.app }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw unreached(cause)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unreached(cause)
  }
}
