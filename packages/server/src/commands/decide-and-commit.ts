// The seam between decision and commit: a decision counts only if no right has moved by the time its write is committed.

import type { Revision, World } from '@sayso/policy'
import {
  type Committed,
  RecordInvalid,
  StaleDecision,
  StaleRecord,
  StaleVersion,
  StoreClosed,
  StoreFull,
  UnknownMessage,
  type Write,
} from '@sayso/store'
import { audited } from '../audit/audited.ts'
import type { Context } from '../context.ts'
import { requireNotDesks } from '../desk/owned.ts'
import { Failure } from './failure.ts'

/** Rights, or a message, would have to move this often under one command before it gives up; each round is one commit. */
const MAX_ROUNDS = 100

/**
 * Decides on the world as folded, commits at the revision of that decision, and decides again if rights moved meanwhile.
 *
 * INVARIANT: between `decide` and `transact` there is no await, and the write names the revision it was decided at.
 *
 * @param decide throws a `Failure` to refuse; synchronous on purpose
 * @throws {Failure} what `decide` threw, `busy`, `message_unknown`, `store_unavailable`; of records `conflict`, `invalid`
 */
export async function decideAndCommit(
  context: Context,
  decide: (world: World) => Omit<Write, 'expect'>,
): Promise<Committed> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const committed = await commitOnce(context, decide)
    if (committed !== 'stale') return committed
  }
  throw again('rights changed again and again while this was decided')
}

/**
 * As `decideAndCommit`, over something read first: read again before each decision.
 *
 * What is read holds at the commit only if the write says so, as an amendment does by `expectVersion`.
 *
 * @throws {Failure} as `decideAndCommit`
 */
export async function decideOver<Seen>(
  context: Context,
  read: () => Promise<Seen>,
  decide: (world: World, seen: Seen) => Omit<Write, 'expect'>,
): Promise<Committed> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const seen = await read()
    const committed = await commitOnce(context, (world) => decide(world, seen))
    if (committed !== 'stale') return committed
  }
  throw again('rights or the message changed again and again while this was decided')
}

async function commitOnce(
  context: Context,
  decide: (world: World) => Omit<Write, 'expect'>,
): Promise<Committed | 'stale'> {
  // What has ended by now must not decide: its end takes its place in the order first.
  if (context.time.isDue()) await settle(context)
  const world = context.standing.world
  const expect: Revision = world.revision
  const write = audited(
    world,
    context.refusals.noting(() => {
      const decided = decide(world)
      requireNotDesks(world, decided)
      context.holds.requireNone(world, changesIn(decided))
      return decided
    }),
  )
  try {
    const committed = await context.store.transact({ ...write, expect })
    // Much to decide again is decided in slices: only then does it hold everywhere.
    if (write.entries.some(({ kind }) => kind === 'rights')) await context.standing.settled()
    return committed
  } catch (error) {
    if (error instanceof StaleDecision || error instanceof StaleVersion) return 'stale'
    throw asFailure(error)
  }
}

function changesIn({ entries }: Pick<Write, 'entries'>) {
  return entries.flatMap((entry) => (entry.kind === 'rights' ? entry.changes : []))
}

function again(message: string): Failure {
  return new Failure('busy', message, { remedy: 'try again' })
}

async function settle({ time }: Context): Promise<void> {
  try {
    await time.settle()
  } catch (error) {
    throw asFailure(error)
  }
}

/** Commits what no person or key decided: bootstrap and the server's own records. */
export async function commit(context: Context, write: Omit<Write, 'expect'>): Promise<Committed> {
  try {
    return await context.store.transact(audited(context.standing.world, write))
  } catch (error) {
    throw asFailure(error)
  }
}

function asFailure(error: unknown): unknown {
  if (error instanceof UnknownMessage)
    return new Failure('message_unknown', 'there is no such message')
  if (error instanceof RecordInvalid) return new Failure('invalid', error.message)
  if (error instanceof StaleRecord) {
    return new Failure('conflict', 'somebody has changed this since you read it', {
      remedy: 'read it again and apply your change to that',
    })
  }
  if (error instanceof StoreFull || error instanceof StoreClosed) {
    return new Failure('store_unavailable', 'the server cannot store this now', {
      remedy: 'try again later',
    })
  }
  return error
}
