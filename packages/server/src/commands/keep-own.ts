// Keep, change or remove something of one's own: a read mark, a setting, a draft. Nobody else has a say in it.

import type { OwnCollection, OwnEntry, OwnRemoval } from '@sayso/protocol'
import type { Context } from '../context.ts'
import { mergedOwn, OWN_LIMITS, type OwnValue, ownValue } from '../own/collections.ts'
import { allOwn, bytesOf, type OwnPlace, oneOwn, ownRecord } from '../own/own-records.ts'
import type { Asker } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireOneself } from './require-oneself.ts'

export type KeepOwn = {
  readonly collection: OwnCollection
  /** 1–256 characters */
  readonly key: string
  /** Absent: remove it. */
  readonly value?: unknown
}

/**
 * Keeps one entry and tells the person's other connections. A read mark that is behind the present one changes nothing.
 *
 * @returns what is kept now
 * @throws {Failure} `client_id_required`, `invalid`, `store_unavailable`
 */
export async function keepOwn(
  context: Context,
  asker: Asker,
  input: KeepOwn,
): Promise<OwnEntry | OwnRemoval> {
  const person = requireOneself(asker)
  const { collection, key } = input
  const place = { collection, key }
  const next = checked(input)
  return context.own.inOrder(person, async () => {
    const before = await oneOwn(context.store, person, place)
    const value = next === null ? null : mergedOwn(collection, before?.value, next)
    if (before !== undefined && value === before.value) return before
    if (value !== null) await requireRoom(context, person, place, value, before)
    const entry = { ...place, value, atMs: context.own.nextMs() } as OwnEntry | OwnRemoval
    await commit(context, { entries: [], records: [ownRecord(person, entry)] })
    return entry
  })
}

function checked({ collection, value }: KeepOwn): OwnValue | null {
  if (value === undefined) return null
  const read = ownValue(collection, value)
  if (typeof read !== 'string') return read
  throw new Failure('invalid', `what is kept in \`${collection}\` is not valid: ${read}`, {
    remedy: 'send a JSON object as documented for the collection',
  })
}

/** Counted only when it grows. */
async function requireRoom(
  { store }: Context,
  person: string,
  place: OwnPlace,
  value: OwnValue,
  before: OwnEntry | undefined,
): Promise<void> {
  const more = bytesOf({ ...place, value }) - (before === undefined ? 0 : bytesOf(before))
  if (before !== undefined && more <= 0) return
  const used = (await allOwn(store, person)).reduce((sum, entry) => sum + bytesOf(entry), 0)
  if (used + more <= OWN_LIMITS.personBytes) return
  throw new Failure('invalid', `one person keeps at most ${OWN_LIMITS.personBytes} bytes`, {
    remedy: 'remove what is no longer needed',
  })
}
