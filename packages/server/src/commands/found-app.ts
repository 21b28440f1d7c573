// The first start of an app: its policy, its first resources, the key its people's sessions are signed with.

import type { KeyId, KeyRecord, PolicyDocument, RightsChange, World } from '@sayso/policy'
import { seedChanges } from '@sayso/policy'
import { SESSION_KEY } from '../access/session-key.ts'
import type { Context } from '../context.ts'
import { commit } from './decide-and-commit.ts'

export { SESSION_KEY }

export type NewKey = { readonly id: KeyId; readonly name: string; readonly sealedSecret: string }

export type Founding = {
  readonly document: PolicyDocument
  readonly text: string
  readonly sessionKey: NewKey
}

/** Puts the policy and the seed in place, once: an app that has a policy keeps it. */
export async function foundApp(context: Context, input: Founding): Promise<void> {
  const { world } = context.standing
  const changes: RightsChange[] = []
  if (isEmpty(world)) {
    changes.push(
      { kind: 'put-policy', document: input.document, text: input.text },
      ...seedChanges(input.document),
    )
  }
  if (!world.keys.has(SESSION_KEY))
    changes.push({ kind: 'put-key', key: sessionKey(context, input) })
  if (changes.length === 0) return
  await commit(context, {
    entries: [{ kind: 'rights', changes, cause: { command: 'found-app' } }],
    audit: { command: 'found-app', actor: 'server', target: context.appId },
  })
}

/** Remembers which keys a start has made: one that was revoked since is not made again. */
const MADE = 'root-keys'

/** Makes the first key of the owner's own server, which may do everything; once, whatever became of it. */
export async function putRootKey(context: Context, key: NewKey): Promise<void> {
  const { store, standing } = context
  const isMade = (await store.record(MADE, key.id)) !== undefined
  const made = { collection: MADE, key: key.id, value: {} }
  if (standing.world.keys.has(key.id)) {
    if (!isMade) await commit(context, { entries: [], records: [made] })
    return
  }
  if (isMade) return
  const record: KeyRecord = {
    ...key,
    capability: { '*': ['*'] },
    scopes: ['admin', 'decisions'],
    createdAtMs: context.now(),
  }
  await commit(context, {
    entries: [
      {
        kind: 'rights',
        changes: [{ kind: 'put-key', key: record }],
        cause: { command: 'create-key' },
      },
    ],
    records: [made],
    audit: { command: 'create-key', actor: 'server', target: `key:${key.id}` },
  })
}

function sessionKey(context: Context, input: Founding): KeyRecord {
  return {
    ...input.sessionKey,
    capability: {},
    mayDelegate: { '*': ['*'] },
    scopes: [],
    createdAtMs: context.now(),
  }
}

function isEmpty(world: World): boolean {
  return Object.keys(world.policy.document.types).length === 0
}
