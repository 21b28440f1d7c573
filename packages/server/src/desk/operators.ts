// Operators of a tenant as they are kept: how many conversations each answers, how many they may, and whether they are there.

import type { World } from '@sayso/policy'
import type { NewRecord, Store, StoredRecord } from '@sayso/store'
import { Failure } from '../commands/failure.ts'
import { deskOf } from './desk-type.ts'

export const OPERATORS = 'desk-operators'
const USUAL_CAPACITY = 5
export const MOST_CAPACITY = 100

export const OPERATOR_STATUSES = ['available', 'busy', 'away'] as const
export type OperatorStatus = (typeof OPERATOR_STATUSES)[number]

/** Closes what an operator has when the visitor has been silent after an answer for so long. Only she switches it on. */
export type ClosingRule = {
  readonly afterSeconds: number
  /** The visitor is told so long before; absent: not at all. */
  readonly warnSeconds?: number
  /** When she switched it on. */
  readonly sinceMs: number
}

export type Operator = {
  /** Key of the tenant. */
  readonly tenant: string
  /** Id of the person. */
  readonly operator: string
  /** Conversations assigned to them that are not closed. */
  readonly open: number
  /** Absent: as the policy's settings say. */
  readonly capacity?: number
  readonly status: OperatorStatus
  /** When they were given one the last time. */
  readonly givenAtMs?: number
  /** Since when they are noted as offline; absent: they are there, or were moments ago. */
  readonly offlineSinceMs?: number
  readonly closing?: ClosingRule
  readonly version: number
}

export function operatorKey(tenant: string, operator: string): string {
  return `${tenant}/${operator}`
}

export function operatorOf({ value, version }: StoredRecord): Operator {
  return { ...(value as unknown as Omit<Operator, 'version'>), version }
}

/** Somebody of whom nothing is kept is away, and has nothing. */
export async function keptOperator(
  store: Pick<Store, 'record'>,
  tenant: string,
  operator: string,
): Promise<Operator> {
  const record = await store.record(OPERATORS, operatorKey(tenant, operator))
  return record === undefined
    ? { tenant, operator, open: 0, status: 'away', version: 0 }
    : operatorOf(record)
}

export function operatorRecord({ version, ...operator }: Operator): NewRecord {
  const key = operatorKey(operator.tenant, operator.operator)
  return { collection: OPERATORS, key, value: operator, expectVersion: version }
}

export function capacityOf(world: World, { capacity }: Operator): number {
  return capacity ?? deskOf(world)?.capacity ?? USUAL_CAPACITY
}

export function hasRoom(world: World, operator: Operator): boolean {
  return operator.open < capacityOf(world, operator)
}

/** With one conversation more. @throws {Failure} `no_capacity` */
export function given(world: World, operator: Operator, nowMs: number): Operator {
  if (hasRoom(world, operator)) return { ...operator, open: operator.open + 1, givenAtMs: nowMs }
  const most = capacityOf(world, operator)
  throw new Failure('no_capacity', `${most} conversations are the most at once`, {
    remedy: 'close one, pass one on, or ask for a higher limit',
    about: { open: operator.open, capacity: most },
  })
}

/** With one conversation less. */
export function relieved(operator: Operator): Operator {
  return { ...operator, open: Math.max(0, operator.open - 1) }
}
