// What each frame a client may send needs. A new action of the protocol does not compile without its line here.

import type { Operation } from '@sayso/policy'
import { Action, type KnownFrame } from '@sayso/protocol'

/**
 * Who is answered with anything but a refusal.
 *
 * - `connection`: every connection; it speaks of nothing but itself.
 * - operations: whoever holds one of them on the channel; what exactly the act needs is decided by its command.
 * - `nobody`: the frame is refused.
 */
export type FramePermission = 'connection' | 'nobody' | readonly [Operation, ...Operation[]]

export const FRAME_PERMISSIONS: Readonly<Record<KnownFrame['action'], FramePermission>> = {
  [Action.HEARTBEAT]: 'connection',
  [Action.DISCONNECT]: 'connection',
  [Action.CLOSE]: 'connection',
  [Action.AUTH]: 'connection',
  [Action.ATTACH]: [
    'subscribe',
    'publish',
    'presence',
    'annotation-subscribe',
    'annotation-publish',
  ],
  // Leaving is always confirmed, also by who was never there.
  [Action.DETACH]: 'connection',
  [Action.SYNC]: ['subscribe'],
  [Action.PRESENCE]: ['presence'],
  [Action.MESSAGE]: [
    'publish',
    'message-update-own',
    'message-update-any',
    'message-delete-own',
    'message-delete-any',
  ],
  [Action.ANNOTATION]: ['annotation-publish'],
  [Action.OBJECT]: 'nobody',
}
