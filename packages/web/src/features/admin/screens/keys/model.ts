// A key as a form holds it, and back. Pure.

import type { RequestOf } from '@sayso/client/manage'
import type { FormErrors } from '../../../../ui/error-summary.tsx'
import { fieldOf, instantOf } from '../../form/instants.ts'
import type { ItemOf } from '../../store/use-list.ts'

export type Key = ItemOf<'listKeys'>
type Body = RequestOf<'createKey'>['body']

/** Words of a capability, as the engine knows them: said here again, as it would bring 170 kB along. A test holds them equal. */
export const OPERATIONS = [
  'subscribe',
  'publish',
  'presence',
  'history',
  'stats',
  'channel-metadata',
  'push-subscribe',
  'push-admin',
  'privileged-headers',
  'object-subscribe',
  'object-publish',
  'annotation-subscribe',
  'annotation-publish',
  'message-update-own',
  'message-update-any',
  'message-delete-own',
  'message-delete-any',
] as const
export const COLUMNS: readonly string[] = [
  'subscribe',
  'publish',
  'presence',
  'history',
  'channel-metadata',
]
export const OTHERS: readonly string[] = OPERATIONS.filter((one) => !COLUMNS.includes(one))
export const EVERYTHING = '*'

/** One row of the matrix: a pattern and what may be done where it fits. */
export type Line = {
  readonly id: number
  readonly pattern: string
  readonly actions: readonly string[]
}

export type KeyDraft = {
  readonly name: string
  readonly isZeroTrust: boolean
  readonly lines: readonly Line[]
  readonly match: 'union' | 'most_specific'
  readonly delegation: 'own' | 'everything' | 'some'
  readonly delegated: readonly Line[]
  readonly isAdmin: boolean
  readonly asksDecisions: boolean
  readonly tenant: string
  /** As a field holds it. */
  readonly expires: string
  /** One in a line. */
  readonly addresses: string
  readonly isRevocable: boolean
}

type Capability = Readonly<Record<string, readonly string[] | undefined>>

export function linesOf(capability: Capability): readonly Line[] {
  return Object.entries(capability).map(([pattern, actions], id) => ({
    id,
    pattern,
    actions: actions ?? [],
  }))
}

/** The least: what is not said later is not given. */
export const NEW_KEY: KeyDraft = {
  name: '',
  isZeroTrust: false,
  lines: [{ id: 0, pattern: '', actions: ['subscribe'] }],
  match: 'union',
  delegation: 'own',
  delegated: [],
  isAdmin: false,
  asksDecisions: false,
  tenant: '',
  expires: '',
  addresses: '',
  isRevocable: true,
}

export function draftOf(key: Key): KeyDraft {
  const { mayDelegate, scopes } = key
  const isSome = typeof mayDelegate !== 'string'
  const lines = linesOf(key.capability)
  return {
    name: key.name,
    isZeroTrust: lines.length === 0,
    lines,
    match: key.match,
    delegation: isSome ? 'some' : mayDelegate,
    delegated: isSome ? linesOf(mayDelegate) : [],
    isAdmin: scopes.includes('admin'),
    asksDecisions: scopes.includes('decisions'),
    tenant: key.tenant ?? '',
    expires: fieldOf(key.expiresAt),
    addresses: (key.allowedAddresses ?? []).join('\n'),
    isRevocable: key.revocableTokens,
  }
}

export function capabilityOf(lines: readonly Line[]): Record<string, string[]> {
  const said = lines.filter(({ pattern }) => pattern.trim() !== '')
  return Object.fromEntries(said.map(({ pattern, actions }) => [pattern.trim(), [...actions]]))
}

/** What the preview asks with. */
export function termsOf(draft: KeyDraft) {
  return {
    permissions: draft.isZeroTrust ? {} : capabilityOf(draft.lines),
    match: draft.match,
    mayDelegate: delegationOf(draft),
  }
}

function delegationOf({ delegation, delegated }: KeyDraft) {
  return delegation === 'some' ? capabilityOf(delegated) : delegation
}

export function bodyOf(draft: KeyDraft): Body {
  const addresses = draft.addresses.split(/\s+/).filter((one) => one !== '')
  const [first, ...rest] = addresses
  const scopes = [
    ...(draft.isAdmin ? ['admin' as const] : []),
    ...(draft.asksDecisions ? ['decisions' as const] : []),
  ]
  return {
    name: draft.name.trim(),
    ...termsOf(draft),
    scopes: scopes as NonNullable<Body['scopes']>,
    tenant: draft.tenant.trim() === '' ? null : draft.tenant.trim(),
    revocableTokens: draft.isRevocable,
    allowedAddresses: first === undefined ? null : [first, ...rest],
    expiresAt: instantOf(draft.expires) ?? null,
  }
}

export type ErrorTexts = {
  readonly nameMissing: string
  readonly linesMissing: string
  readonly lineEmpty: (pattern: string) => string
  readonly lineTwice: (pattern: string) => string
  readonly expired: string
}

/** By the ids of the fields. */
export function errorsOf(draft: KeyDraft, nowMs: number, texts: ErrorTexts): FormErrors {
  const expires = instantOf(draft.expires)
  return {
    ...(draft.name.trim() === '' ? { 'key-name': texts.nameMissing } : {}),
    ...(draft.isZeroTrust ? {} : lineErrors('key-lines', draft.lines, texts)),
    ...(draft.delegation === 'some' ? lineErrors('key-delegated', draft.delegated, texts) : {}),
    ...(expires !== undefined && Date.parse(expires) <= nowMs
      ? { 'key-expires': texts.expired }
      : {}),
  }
}

function lineErrors(id: string, lines: readonly Line[], texts: ErrorTexts): FormErrors {
  const said = lines.filter(({ pattern }) => pattern.trim() !== '')
  if (said.length === 0) return { [id]: texts.linesMissing }
  const empty = said.find(({ actions }) => actions.length === 0)
  if (empty !== undefined) return { [id]: texts.lineEmpty(empty.pattern) }
  const names = said.map(({ pattern }) => pattern.trim())
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  return twice === undefined ? {} : { [id]: texts.lineTwice(twice) }
}

/** One action of a row turned; everything together stands for each of them. */
export function turned(actions: readonly string[], action: string): readonly string[] {
  if (action === EVERYTHING) return actions.includes(EVERYTHING) ? [] : [EVERYTHING]
  const single = actions.includes(EVERYTHING) ? [...OPERATIONS] : actions
  return single.includes(action) ? single.filter((one) => one !== action) : [...single, action]
}

export function has(actions: readonly string[], action: string): boolean {
  return actions.includes(EVERYTHING) || actions.includes(action)
}

export type KeyState = 'active' | 'unused' | 'rotating' | 'ending' | 'expired'
const SOON_MS = 14 * 86_400_000

export function stateOf(key: Key, nowMs: number): KeyState {
  const endsMs = key.expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(key.expiresAt)
  if (endsMs <= nowMs) return 'expired'
  if (key.previousSecretUntil !== undefined && Date.parse(key.previousSecretUntil) > nowMs)
    return 'rotating'
  if (endsMs - nowMs < SOON_MS) return 'ending'
  return key.lastUsedAt === undefined ? 'unused' : 'active'
}

/** No permission of its own: it signs tokens and does nothing else. */
export function isZeroTrust(key: Key): boolean {
  return Object.keys(key.capability).length === 0 && key.scopes.length === 0
}
