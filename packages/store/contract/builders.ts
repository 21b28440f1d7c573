// What the contract's tests are told with: a clock to turn, names, entries and rights in few words.

import type { Amendment, Message, NewAnnotation, NewMessage } from '@sayso/channel'
import {
  type ChannelName,
  type Grant,
  type KeyId,
  type ResourceId,
  type Revision,
  type RightsChange,
  type SubjectId,
  TENANT_RELATION,
  TENANT_TYPE,
} from '@sayso/policy'
import type {
  AmendEntry,
  AnnotateEntry,
  Committed,
  FeedEntry,
  HistoryQuery,
  NewEntry,
  PublishEntry,
  RightsEntry,
  Store,
  Write,
} from '../src/store.ts'

export type OpenOptions = { readonly now: () => number; readonly site?: string }

export type Opened = {
  readonly store: Store
  /** Closes and opens again what is durable; absent if nothing is. */
  readonly reopen?: () => Promise<Store>
  close(): Promise<void>
}

export type Open = (options: OpenOptions) => Promise<Opened>

export const lobby = 'lobby' as ChannelName
export const attic = 'attic' as ChannelName
export const everything = Number.MAX_SAFE_INTEGER as Revision

export function clockAt(ms: number) {
  const clock = { ms, now: () => clock.ms }
  return clock
}

export function publish(
  messages: string | readonly NewMessage[],
  rest: Partial<Omit<PublishEntry, 'kind' | 'messages'>> = {},
): PublishEntry {
  const list = typeof messages === 'string' ? [{ data: messages }] : messages
  return { kind: 'publish', channel: lobby, messages: list, ...rest }
}

export function amend(
  amendment: Amendment,
  rest: Partial<Omit<AmendEntry, 'kind' | 'amendment'>> = {},
): AmendEntry {
  return { kind: 'amend', channel: lobby, amendment, ...rest }
}

export function annotate(
  messageSerial: string,
  remark: Omit<NewAnnotation, 'messageSerial' | 'action'> & { readonly action?: 'delete' },
  rest: Partial<Omit<AnnotateEntry, 'kind' | 'annotations'>> = {},
): AnnotateEntry {
  const annotation: NewAnnotation = { action: 'create', ...remark, messageSerial }
  return { kind: 'annotate', channel: lobby, annotations: [annotation], ...rest }
}

export function rights(...changes: readonly RightsChange[]): RightsEntry {
  return { kind: 'rights', changes, cause: { command: 'test' } }
}

/** `assign('hall#host@ada')` */
export function assign(text: string, grant: Grant = {}): RightsChange {
  return { kind: 'assign', tuple: tuple(text), ...grant }
}

/** `relate('hall#parent@house')` */
export function relate(text: string): RightsChange {
  return { kind: 'relate', ...relation(text) }
}

export function unrelate(text: string): RightsChange {
  return { kind: 'unrelate', ...relation(text) }
}

function relation(text: string) {
  const [, resource, name, target] = /^(.+)#(.+)@(.+)$/.exec(text) ?? []
  return {
    resource: `place:${resource}` as ResourceId,
    relation: name ?? '',
    target: `place:${target}` as ResourceId,
  }
}

/** `join('hall', 'acme')` */
export function join(key: string, tenant: string): RightsChange {
  return { kind: 'relate', ...tenancy(key, tenant) }
}

export function leave(key: string, tenant: string): RightsChange {
  return { kind: 'unrelate', ...tenancy(key, tenant) }
}

function tenancy(key: string, tenant: string) {
  return {
    resource: `place:${key}` as ResourceId,
    relation: TENANT_RELATION,
    target: tenantNamed(tenant),
  }
}

function tenantNamed(key: string): ResourceId {
  return `${TENANT_TYPE}:${key}` as ResourceId
}

export function putTenant(key: string, title = key): RightsChange {
  return { kind: 'put-resource', resource: tenantNamed(key), attributes: { title } }
}

export function removeTenant(key: string): RightsChange {
  return { kind: 'remove-resource', resource: tenantNamed(key) }
}

export function passTime(atMs: number): RightsChange {
  return { kind: 'pass-time', atMs }
}

export function unassign(text: string): RightsChange {
  return { kind: 'unassign', tuple: tuple(text) }
}

function tuple(text: string) {
  const [, resource, role, subject] = /^(.+)#(.+)@(.+)$/.exec(text) ?? []
  return {
    resource: `place:${resource}` as ResourceId,
    role: role ?? '',
    subject: `user:${subject}` as SubjectId,
  }
}

export function putResource(key: string, title = key): RightsChange {
  return { kind: 'put-resource', resource: `place:${key}` as ResourceId, attributes: { title } }
}

export function removeResource(key: string): RightsChange {
  return { kind: 'remove-resource', resource: `place:${key}` as ResourceId }
}

export function putPerson(key: string, name = key): RightsChange {
  return { kind: 'put-person', subject: `user:${key}` as SubjectId, attributes: { name } }
}

export function removePerson(key: string): RightsChange {
  return { kind: 'remove-person', subject: `user:${key}` as SubjectId }
}

export function putKey(id: string, name = id): RightsChange {
  const capability = { '*': ['publish'] }
  const rest = { name, capability, scopes: [], sealedSecret: 's', createdAtMs: 1 }
  return { kind: 'put-key', key: { id: id as KeyId, ...rest } }
}

export function removeKey(id: string): RightsChange {
  return { kind: 'remove-key', key: id as KeyId }
}

export function putPolicy(text: string): RightsChange {
  const document = { version: 1, tenant: { key: text, roles: {} }, types: {} } as const
  return { kind: 'put-policy', document, text }
}

export function commit(
  store: Store,
  entries: NewEntry | readonly NewEntry[],
  rest: Omit<Write, 'entries'> = {},
): Promise<Committed> {
  return store.transact({ entries: [entries].flat() as readonly NewEntry[], ...rest })
}

/** Collects everything told from now on. */
export function listen(store: Store): FeedEntry[] {
  const heard: FeedEntry[] = []
  store.subscribe((entries) => heard.push(...entries))
  return heard
}

export function messagesOf(entries: readonly FeedEntry[]): Message[] {
  return entries.flatMap((entry) => (entry.kind === 'message' ? entry.messages : []))
}

export function history(store: Store, query: Partial<HistoryQuery> = {}) {
  const defaults = { channel: lobby, limit: 100, upTo: everything } as const
  return store.history({ direction: 'forwards', ...defaults, ...query })
}

/** The data of the messages, for short expectations. */
export async function dataIn(store: Store, query: Partial<HistoryQuery> = {}) {
  const page = await history(store, query)
  return page.messages.map(({ data }) => data)
}

/** The message that a commit published, the first if there are several. */
export function serialOf(committed: Committed, index = 0): string {
  return messagesOf(committed.entries)[index]?.serial ?? 'none'
}
