// What a credential may do on a channel now, as modes.

import { MODE_ACTIONS, type Modes, modesOf, NO_MODES } from '@sayso/channel'
import { authorize, type ChannelName, type Credential, isStranger, type World } from '@sayso/policy'
import { isAstray } from './desk/visitors/astray.ts'
import { isMeta } from './meta-channels.ts'

/** All that may be done where only the server writes. */
const READING = ['subscribe'] as const

export function allowedModes(world: World, credential: Credential, channel: ChannelName): Modes {
  if (isStranger(world, credential, channel) || isAstray(world, credential, channel))
    return NO_MODES
  const actions = isMeta(channel) ? READING : MODE_ACTIONS
  return modesOf(actions.filter((action) => authorize(world, credential, action, channel).allowed))
}
