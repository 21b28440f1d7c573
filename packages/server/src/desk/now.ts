// How the desk of a tenant stands at this moment, in numbers.

import type { SubjectId } from '@sayso/policy'
import type { Context } from '../context.ts'
import { idOf } from '../people/roles.ts'
import { hasRoom, keptOperator } from './operators.ts'
import { operatorsOf } from './operators-of.ts'

export type DeskNow = {
  readonly atMs: number
  readonly waiting: number
  /** Of whoever waits longest. */
  readonly waitingSinceMs?: number
  readonly longestWaitMs: number | null
  readonly open: number
  readonly snoozed: number
  readonly operators: {
    readonly available: number
    /** Of the available ones. */
    readonly withRoom: number
    readonly busy: number
    readonly away: number
    /** Not connected, whatever they said. */
    readonly offline: number
  }
}

/** @param tenant its key */
export async function nowOf(
  context: Context,
  tenant: string,
  isHere: (subject: SubjectId) => boolean,
): Promise<DeskNow> {
  const operators = await operatorsNow(context, tenant, isHere)
  const here = [...context.desk.book.live()]
    .map(({ conversation }) => conversation)
    .filter((each) => each.tenant === tenant)
  const countOf = (wanted: string) => here.filter(({ state }) => state === wanted).length
  const since = here
    .filter(({ state }) => state === 'waiting')
    .map(({ waitingSinceMs, openedAtMs }) => waitingSinceMs ?? openedAtMs)
    .reduce<number | undefined>((least, at) => (at < (least ?? at + 1) ? at : least), undefined)
  const atMs = context.now()
  return {
    atMs,
    waiting: countOf('waiting'),
    ...(since === undefined ? {} : { waitingSinceMs: since }),
    longestWaitMs: since === undefined ? null : Math.max(0, atMs - since),
    open: countOf('open'),
    snoozed: countOf('snoozed'),
    operators,
  }
}

async function operatorsNow(
  { standing: { world }, store }: Context,
  tenant: string,
  isHere: (subject: SubjectId) => boolean,
): Promise<DeskNow['operators']> {
  const operators = { available: 0, withRoom: 0, busy: 0, away: 0, offline: 0 }
  for (const subject of operatorsOf(world, tenant)) {
    const kept = await keptOperator(store, tenant, idOf(subject))
    const status = isHere(subject) ? kept.status : 'offline'
    operators[status] += 1
    if (status === 'available' && hasRoom(world, kept)) operators.withRoom += 1
  }
  return operators
}
