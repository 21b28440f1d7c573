// The index of an app's messages, for those who need it.

import type { Finder } from '@sayso/store'
import { Failure } from '../commands/failure.ts'
import type { Context } from '../context.ts'

/** @throws {Failure} `store_unavailable`: this app keeps its messages where nothing is indexed */
export function finderOf({ finder }: Context): Finder {
  if (finder !== undefined) return finder()
  throw new Failure('store_unavailable', 'messages of this app are not indexed')
}
