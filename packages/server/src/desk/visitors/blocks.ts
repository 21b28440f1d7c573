// Who is kept out: single visitors, and addresses. They are told no more than that nobody is available.

import type { NewRecord, Store } from '@sayso/store'
import { addressName } from './address-name.ts'

const BLOCKS = 'desk-blocks'

export type Block = {
  /** Key of the tenant. */
  readonly tenant: string
  /** `user:…` or `key:…` */
  readonly by: string
  readonly atMs: number
  readonly reason?: string
  readonly untilMs?: number
  /** Blocked with the visitor, as they are counted. */
  readonly addresses: readonly string[]
}

export async function blockOf(
  store: Pick<Store, 'record'>,
  visitor: string,
): Promise<Block | undefined> {
  return (await store.record(BLOCKS, `visitor/${visitor}`))?.value as Block | undefined
}

/** Keeps or, without a block, removes it; `before` are the addresses it had. */
export function blockRecords(
  visitor: string,
  block: Block | undefined,
  before: Block | undefined,
): readonly NewRecord[] {
  const gone = (before?.addresses ?? []).filter((each) => !block?.addresses.includes(each))
  const tenant = block?.tenant ?? before?.tenant ?? ''
  return [
    { collection: BLOCKS, key: `visitor/${visitor}`, value: block && { ...block } },
    ...gone.map((each) => addressRecord(tenant, each, undefined)),
    ...(block?.addresses ?? []).map((each) =>
      addressRecord(tenant, each, { visitor, ...(block?.untilMs && { untilMs: block.untilMs }) }),
    ),
  ]
}

type Come = {
  readonly tenant: string
  readonly visitor?: string
  readonly address: string | undefined
}

/** True if they may not come in. */
export async function isBlocked(
  store: Pick<Store, 'record'>,
  { tenant, visitor, address }: Come,
  nowMs: number,
): Promise<boolean> {
  const name = address === undefined ? undefined : addressName(address)
  const found = await Promise.all([
    visitor === undefined ? undefined : store.record(BLOCKS, `visitor/${visitor}`),
    name === undefined ? undefined : store.record(BLOCKS, addressKey(tenant, name)),
  ])
  return found.some((each) => {
    const untilMs = each?.value.untilMs
    return each !== undefined && (typeof untilMs !== 'number' || untilMs > nowMs)
  })
}

function addressRecord(tenant: string, name: string, value: NewRecord['value']): NewRecord {
  return { collection: BLOCKS, key: addressKey(tenant, name), value }
}

function addressKey(tenant: string, name: string): string {
  return `address/${tenant}/${name}`
}
