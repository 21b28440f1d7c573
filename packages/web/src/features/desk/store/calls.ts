// The desk's calls of the API, by name. Same origin, session cookie.

import { problemOf, unreached } from '@sayso/client'
import { type AnswerOf, manage, type RequestOf } from '@sayso/client/manage'
import { named } from '../model/names.ts'
import type {
  CannedReply,
  Conversation,
  InboxView,
  Operator,
  Page,
  Status,
} from '../model/shapes.ts'

export type InboxQuery = {
  readonly tenant?: string | undefined
  readonly view: InboxView
  readonly state?: string | undefined
  readonly label?: string | undefined
  readonly assignee?: string | undefined
  readonly widget?: string | undefined
  readonly q?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number
}

/** Somebody on the owner's site now. */
export type VisitorOnSite = AnswerOf<'listVisitors'>['items'][number]

/** What is known of a visitor; `context` is what the owner's server says. */
export type VisitorDetails = AnswerOf<'readVisitor'>

export type Widget = AnswerOf<'readWidget'>
export type WidgetBody = NonNullable<RequestOf<'putWidget'>['body']>

type OperatorsView = {
  readonly operators: readonly (Operator & { readonly isConnected: boolean })[]
}

/** Whoever is not connected is not there, whatever they said last. */
function operatorOf(view: OperatorsView['operators'][number]): Operator {
  return view.isConnected ? view : { ...view, status: 'offline' }
}

export type OwnDesk = { readonly status: Status; readonly capacity: number; readonly open: number }

export type DeskReport = {
  readonly totals: Readonly<Record<string, number | null>>
  readonly series: readonly Readonly<Record<string, string | number | null>>[]
  readonly operators?: readonly Readonly<Record<string, string | number | null>>[]
}

/** Every call rejects with `ApiError`; status 0 means that the server was not reached. */
export type DeskCalls = ReturnType<typeof deskCalls>

type Verb = 'claim' | 'release' | 'join' | 'watch' | 'leave'
type Transfer = { readonly operator?: string; readonly team?: string; readonly note?: string }

export function deskCalls() {
  return { ...ofConversations(), ...ofTheDesk(), ...ofVisitors(), ...ofWidgets() }
}

const get = <T>(path: string, query: object = {}) =>
  send<T>({ method: 'GET', path: `${path}${queryOf(query)}` })
const post = <T>(path: string, body: object = {}) => send<T>({ method: 'POST', path, body })
const put = <T>(path: string, body: object = {}) => send<T>({ method: 'PUT', path, body })

function ofConversations() {
  const one = (key: string) => `/conversations/${encodeURIComponent(key)}`
  return {
    conversations: async (query: InboxQuery) =>
      namedPage(await get<Page<Conversation>>('/conversations', query)),
    /** All that was with one visitor, the latest first. */
    earlier: (tenant: string, visitor: string) =>
      get<Page<Conversation>>('/conversations', {
        tenant,
        view: 'all',
        state: 'closed',
        visitor,
        limit: 20,
      }),
    conversation: async (key: string) => named(await get<Conversation>(one(key))),
    open: (body: { tenant?: string; visitor: string; widget?: string; text?: string }) =>
      post<{ readonly conversation: Conversation; readonly isNew: boolean }>(
        '/conversations',
        body,
      ),
    act: (key: string, verb: Verb) => post<unknown>(`${one(key)}/${verb}`),
    assign: (key: string, operator: string) => post<unknown>(`${one(key)}/assign`, { operator }),
    transfer: (key: string, to: Transfer) => post<unknown>(`${one(key)}/transfer`, to),
    close: (key: string, said: { reason?: string; summary?: string }) =>
      post<unknown>(`${one(key)}/close`, said),
    snooze: (key: string, untilMs: number) => post<unknown>(`${one(key)}/snooze`, { untilMs }),
    label: (key: string, labels: readonly string[]) =>
      send<unknown>({ method: 'PATCH', path: one(key), body: { labels } }),
    mark: (key: string, marks: { delivered?: string; read?: string }) =>
      post<unknown>(`${one(key)}/marks`, marks),
    transcriptHref: (key: string) => `/api/v1/desk${one(key)}/transcript?format=text`,
  }
}

function namedPage({ items, ...page }: Page<Conversation>): Page<Conversation> {
  return { ...page, items: items.map(named) }
}

function ofTheDesk() {
  const operator = (id: string) => `/operators/${encodeURIComponent(id)}`
  const reply = (id: string) => `/replies/${encodeURIComponent(id)}`
  return {
    me: (tenant: string) => get<OwnDesk>('/me', { tenant }),
    setStatus: (tenant: string, status: Status) =>
      put<OwnDesk>(`/me${queryOf({ tenant })}`, { status }),
    operators: async (tenant: string): Promise<Page<Operator>> => {
      const { operators } = await get<OperatorsView>('/operators', { tenant })
      return { items: operators.map(operatorOf) }
    },
    setCapacity: (tenant: string, id: string, capacity: number) =>
      put<unknown>(`${operator(id)}${queryOf({ tenant })}`, { capacity }),
    replies: (tenant: string) => get<Page<CannedReply>>('/replies', { tenant }),
    makeReply: (tenant: string, said: Omit<CannedReply, 'id'>) =>
      post<CannedReply>('/replies', { ...said, tenant }),
    putReply: (id: string, said: Omit<CannedReply, 'id'>) => put<CannedReply>(reply(id), said),
    dropReply: (id: string) => send<unknown>({ method: 'DELETE', path: reply(id) }),
    /** Teams conversations may be handed to. */
    teams: (tenant: string) =>
      get<Page<{ readonly key: string; readonly title: string }>>('/teams', { tenant }),
    report: (query: { tenant: string; from: string; to: string; zone: string }) =>
      get<DeskReport>('/reports', query),
  }
}

function ofVisitors() {
  const typed = manage()
  return {
    visitors: (tenant: string) => typed.call('listVisitors', { query: { tenant, limit: 200 } }),
    visitor: (id: string) => typed.call('readVisitor', { params: { id } }),
    /** Also from where they come, if that is wanted. */
    block: (id: string, body: { address?: boolean; reason?: string }) =>
      typed.call('blockVisitor', { params: { id }, body }),
    unblock: (id: string) => typed.call('unblockVisitor', { params: { id } }),
  }
}

function ofWidgets() {
  const typed = manage()
  return {
    widgets: (tenant: string) => typed.call('listWidgets', { query: { tenant, limit: 200 } }),
    widget: (id: string) => typed.call('readWidget', { params: { id } }),
    makeWidget: (tenant: string, body: WidgetBody) =>
      typed.call('makeWidget', { body: { ...body, tenant } }),
    putWidget: (id: string, version: number, body: WidgetBody) =>
      typed.call('putWidget', { params: { id }, body, ifMatch: `"${version}"` }),
    dropWidget: (id: string) => typed.call('removeWidget', { params: { id } }),
    makeWidgetKey: (id: string) => typed.call('makeWidgetKey', { params: { id } }),
    dropWidgetKey: (id: string, key: string) =>
      typed.call('removeWidgetKey', { params: { id, key } }),
  }
}

type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
  readonly signal?: AbortSignal | undefined
}

function queryOf(members: object): string {
  const said = Object.entries(members).filter(([, value]) => value !== undefined && value !== '')
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
  return query === '' ? '' : `?${query}`
}

async function send<T>({ method, path, body, signal }: Call): Promise<T> {
  const response = await fetch(`/api/v1/desk${path}`, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(signal === undefined ? {} : { signal }),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw unreached(cause)
  })
  if (!response.ok) throw await problemOf(response)
  const text = await response.text().catch((cause: unknown) => {
    throw unreached(cause)
  })
  return (text === '' ? undefined : JSON.parse(text)) as T
}
