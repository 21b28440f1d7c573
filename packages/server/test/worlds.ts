// Worlds for tests of the pure parts: the harbour's policy, a key, and changes folded one after the other.

import { readFileSync } from 'node:fs'
import {
  type Affected,
  affected,
  type Credential,
  emptyWorld,
  foldRights,
  type KeyId,
  parseTuple,
  type Revision,
  type RightsChange,
  type SubjectId,
  seedChanges,
  type World,
} from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import { POLICY } from './serving.ts'

const text = readFileSync(POLICY, 'utf8')
export const harbour = parsePolicy(text)
export const FIRST = 'first' as KeyId

const opening: readonly RightsChange[] = [
  { kind: 'put-policy', document: harbour, text },
  ...seedChanges(harbour),
  {
    kind: 'put-key',
    key: {
      id: FIRST,
      name: 'First',
      capability: { '*': ['*'] },
      scopes: [],
      sealedSecret: '',
      createdAtMs: 0,
    },
  },
]

/** The harbour, with what else is given. */
export function worldOf(...changes: readonly RightsChange[]): World {
  return foldRights(emptyWorld, [...opening, ...changes], 1 as Revision)
}

export const assign = (tuple: string): RightsChange => ({
  kind: 'assign',
  tuple: parseTuple(tuple),
})
export const unassign = (tuple: string): RightsChange => ({
  kind: 'unassign',
  tuple: parseTuple(tuple),
})

/** A token of the first key for a person, or for an anonymous visitor. */
export function tokenFor(subject?: string): Credential {
  return {
    kind: 'token',
    key: FIRST,
    capability: { '*': ['*'] },
    ...(subject === undefined ? {} : { subject: subject as SubjectId }),
  }
}

export type Step = { readonly before: World; readonly after: World; readonly touched: Affected }

/** Folds changes as one entry. */
export function step(before: World, ...changes: readonly RightsChange[]): Step {
  const after = foldRights(before, changes, (before.revision + 1) as Revision)
  return { before, after, touched: affected(before, after, changes) }
}
