// Where visitors must not be, though their tokens reach it.

import { type ChannelName, type Credential, subjectOf, type World } from '@sayso/policy'
import { deskChannels } from '../desk-type.ts'
import { VISITOR_PREFIX } from './visitor.ts'

/** True of `desk:` without a key, for a visitor: no type governs it, and the visitors of all tenants would meet there. */
export function isAstray(world: World, credential: Credential, channel: ChannelName): boolean {
  const isVisitors = subjectOf(credential)?.startsWith(`user:${VISITOR_PREFIX}`) === true
  return isVisitors && `${channel}*` === deskChannels(world)
}
