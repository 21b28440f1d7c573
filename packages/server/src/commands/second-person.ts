// What one person asks for and another one has to approve, where the policy wants it so.

import type { RightsChange, SecondPersonAction, World } from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import { isKey } from '../approvals/approval-record.ts'
import { stillMay } from '../plans/still-may.ts'
import { type Asker, actorOf, type Seconding } from './asker.ts'
import { Failure } from './failure.ts'
import type { TenantAction } from './require-place.ts'

/** The right that both of them need. */
export const RIGHT_FOR = {
  'apply-policy': 'edit-policy',
  'end-hold': 'manage-holds',
  'erase-person': 'manage-people',
  'remove-app': 'manage-app',
  'revoke-key': 'manage-keys',
} as const satisfies Readonly<Record<SecondPersonAction, TenantAction>>

export function needsSecond(world: World, action: SecondPersonAction): boolean {
  return world.policy.document.settings?.second_person?.includes(action) === true
}

/**
 * Refuses what one person does alone. INVARIANT: every command that does such a thing asks this while it decides, and writes
 * `secondRecords`, so that one approval lets it be done once. Two different people stand for it: a key is neither.
 *
 * @throws {Failure} `second_person_needed`; `conflict` if whoever asked for it may not do it any more
 */
export function requireSecond(world: World, asker: Asker, action: SecondPersonAction): void {
  if (asker.second !== undefined) {
    requireTwo(asker, asker.second)
    const { askedBy, seconded } = asker.second
    for (const actor of seconded === undefined ? [askedBy] : [askedBy, seconded]) {
      if (stillMay(world, actor, RIGHT_FOR[action])) continue
      throw new Failure('conflict', 'whoever asked for it may not do it any more', {
        remedy: 'decline it',
      })
    }
    return
  }
  if (!needsSecond(world, action)) return
  throw new Failure('second_person_needed', 'here this takes a second person', {
    remedy: 'ask for it, and have somebody else approve it',
  })
}

/** @throws {Failure} `second_person_needed` */
function requireTwo(asker: Asker, { askedBy, seconded }: Seconding): void {
  const people = new Set([askedBy, seconded, actorOf(asker)])
  people.delete(undefined)
  if ([...people].filter((actor) => !isKey(actor ?? '')).length >= 2) return
  throw new Failure('second_person_needed', 'here this takes two people', {
    remedy: 'have somebody else approve it',
  })
}

const DANGEROUS: Partial<Readonly<Record<RightsChange['kind'], SecondPersonAction>>> = {
  'put-policy': 'apply-policy',
  'remove-person': 'erase-person',
  'remove-key': 'revoke-key',
}

/** The same for changes that are made as such. @throws {Failure} as `requireSecond` */
export function requireSecondFor(
  world: World,
  asker: Asker,
  changes: readonly RightsChange[],
): void {
  for (const { kind } of changes) {
    const action = DANGEROUS[kind]
    if (action !== undefined) requireSecond(world, asker, action)
  }
}

/** What goes with the write. */
export function secondRecords({ second }: Asker): readonly NewRecord[] {
  return second === undefined ? [] : [second.end]
}

/** Who asked, for the line of who approved; empty where one person was enough. */
export function secondDetails({ second }: Asker): {
  readonly askedBy?: string
  readonly seconded?: string
} {
  if (second === undefined) return {}
  const { askedBy, seconded } = second
  return { askedBy, ...(seconded !== undefined && { seconded }) }
}

/** Whose change it is: of whoever asked for it. */
export function doerOf(asker: Asker): ReturnType<typeof actorOf> {
  const { second } = asker
  return second === undefined ? actorOf(asker) : (second.askedBy as ReturnType<typeof actorOf>)
}
