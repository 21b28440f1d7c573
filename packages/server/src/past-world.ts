// Rights as they were at a place in the log, folded again from its first entry on: a question about the past is rare, and the
// log is the only truth about it.

import { setImmediate } from 'node:timers/promises'
import { emptyWorld, foldRights, type Revision, type RightsChange, type World } from '@sayso/policy'
import type { RightsFeedEntry, Store } from '@sayso/store'

/** Entries folded at one go. */
const PAGE = 500
/** Changes of rights that are folded again for one question at most: some seconds, in slices. */
export const MOST_FOLDED = 2_000_000

/**
 * @param serial of any entry; it counts itself
 * @param most entries that are folded at most; undefined if there are more of them
 */
export function worldAt(
  store: Pick<Store, 'rightsAfter'>,
  serial: string,
  most = Number.POSITIVE_INFINITY,
): Promise<World | undefined> {
  // One at a time: many questions about the past shall not take the turns of everybody else.
  const turn = (turns.get(store) ?? Promise.resolve()).then(() => held(store, serial, most))
  turns.set(
    store,
    turn.catch(() => undefined),
  )
  return turn
}

/**
 * The rights as they were when an instant was over.
 *
 * @param atMs milliseconds since 1970
 * @returns undefined if there are too many changes to fold
 */
export function worldAtTime(
  store: Pick<Store, 'rightsAfter'>,
  atMs: number,
): Promise<World | undefined> {
  // A serial begins with the time of its entry.
  return worldAt(store, `${String(Math.floor(atMs) + 1).padStart(14, '0')}-`, MOST_FOLDED)
}

const turns = new WeakMap<object, Promise<unknown>>()

async function held(
  store: Pick<Store, 'rightsAfter'>,
  serial: string,
  most: number,
): Promise<World | undefined> {
  const known = lately.get(store)
  const last = known?.serial === serial ? known.world.deref() : undefined
  if (last !== undefined) return last
  const world = await folded(store, serial, most)
  if (world !== undefined) lately.set(store, { serial, world: new WeakRef(world) })
  return world
}

/** The last one, for the next page of the same question; it goes when the memory is needed. */
const lately = new WeakMap<object, { readonly serial: string; readonly world: WeakRef<World> }>()

async function folded(
  store: Pick<Store, 'rightsAfter'>,
  serial: string,
  most: number,
): Promise<World | undefined> {
  let world = emptyWorld
  let policy: RightsChange | undefined
  for (let count = 0; ; ) {
    const page = await store.rightsAfter({ revision: world.revision, limit: PAGE })
    const before = page.filter((entry) => entry.serial <= serial)
    for (const entry of before) {
      policy = entry.changes.findLast(({ kind }) => kind === 'put-policy') ?? policy
      world = foldRights(world, entry.changes.filter(isFact), entry.revision)
    }
    if (before.length < PAGE) break
    count += page.length
    if (count >= most) return undefined
    // Others have their turn between two pages.
    await setImmediate()
  }
  // Of the policies only the last counts; to compile each of them would take longer than all the rest.
  return policy === undefined ? world : foldRights(world, [policy], world.revision)
}

function isFact({ kind }: RightsFeedEntry['changes'][number]): boolean {
  return kind !== 'put-policy'
}

/** When the log begins; undefined: nothing is in it. */
export async function beginningOf(store: Pick<Store, 'rightsAfter'>): Promise<number | undefined> {
  const [first] = await store.rightsAfter({ revision: 0 as Revision, limit: 1 })
  return first?.atMs
}
