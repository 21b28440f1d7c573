// Change what is known of a visitor, by what they say themselves.

import type { Context } from '../../context.ts'
import { type Profile, profileOf, profileRecord } from '../../desk/visitors/records.ts'
import { commit } from '../decide-and-commit.ts'
import { Failure } from '../failure.ts'

/** Several of their pages at once. */
const MOST_TRIES = 5

/** @returns what is known then. @throws {Failure} `person_unknown`: they are gone; `conflict`, `store_unavailable` */
export async function changeProfile(
  context: Context,
  visitor: string,
  change: (profile: Profile) => Profile,
): Promise<Profile> {
  for (let tries = 1; ; tries += 1) {
    const { profile, version } = await profileOf(context.store, visitor)
    if (profile === undefined) throw new Failure('person_unknown', 'there is no such visitor')
    const next = change(profile)
    if (JSON.stringify(next) === JSON.stringify(profile)) return profile
    try {
      await commit(context, { entries: [], records: [profileRecord(visitor, next, version)] })
      return next
    } catch (error) {
      const isRace = error instanceof Failure && error.code === 'conflict'
      if (!isRace || tries === MOST_TRIES) throw error
    }
  }
}
