// Who has signed in before, durably: what newcomers get is given once, also to people whom an import made known earlier.

import type { SubjectId, World } from '@sayso/policy'
import type { NewRecord, Store } from '@sayso/store'
import type { Context } from '../context.ts'
import { idOf } from './roles.ts'

const COLLECTION = 'signed-in'
/** The record that says that earlier sign-ins are among the records. */
const COMPLETE = { collection: 'signed-in-complete', key: 'all' } as const
/** Records of one write. */
const AT_ONCE = 500

// Nobody becomes unknown again, so what was read once need not be read again.
const known = new WeakMap<Store, Set<SubjectId>>()

/** Whether this is somebody's first sign-in. */
export async function isNewcomer({ store }: Context, subject: SubjectId): Promise<boolean> {
  const before = known.get(store) ?? new Set()
  known.set(store, before)
  if (before.has(subject)) return false
  if ((await store.record(COLLECTION, idOf(subject))) === undefined) return true
  before.add(subject)
  return false
}

/** The record of a first sign-in; the write it is in fails if there is one already. */
export function firstSignIn(subject: SubjectId, atMs: number): NewRecord {
  return { collection: COLLECTION, key: idOf(subject), value: { atMs }, expectVersion: 0 }
}

/**
 * Once per installation: people with an account whom the policy knows have signed in under an earlier version, which kept no
 * record of it. They must not be given again what was taken from them.
 *
 * @param accountIds everybody who has an account
 */
export async function recordEarlierSignIns(
  { store, now }: Context,
  world: World,
  accountIds: () => Promise<readonly string[]>,
): Promise<void> {
  if ((await store.record(COMPLETE.collection, COMPLETE.key)) !== undefined) return
  const atMs = now()
  const earlier = (await accountIds()).filter(
    (id) => world.facts.person(`user:${id}` as SubjectId) !== undefined,
  )
  for (let from = 0; from < earlier.length; from += AT_ONCE) {
    const records = earlier
      .slice(from, from + AT_ONCE)
      .map((id): NewRecord => ({ collection: COLLECTION, key: id, value: { atMs } }))
    await store.transact({ entries: [], records })
  }
  await store.transact({ entries: [], records: [{ ...COMPLETE, value: { atMs } }] })
}
