// Who looks on through somebody else's eyes sends nothing: every frame that would leave a trace of the person is refused
// before it is looked at.

import { Action, type ErrorInfo, errorInfo, type KnownFrame } from '@sayso/protocol'
import type { Asker } from '../../commands/asker.ts'
import { isDesk } from './desk-frame.ts'
import { isOwn } from './own-frame.ts'
import { isView } from './view-frame.ts'

/** Why the frame is refused; undefined: it only reads, or nobody looks on. */
export function refusedToViewer({ viewer }: Asker, frame: KnownFrame): ErrorInfo | undefined {
  return viewer === undefined || isReading(frame) ? undefined : errorInfo('view_only')
}

/** INVARIANT: what is not named here is refused, also what a later protocol adds. */
function isReading(frame: KnownFrame): boolean {
  switch (frame.action) {
    case Action.HEARTBEAT:
    case Action.CLOSE:
    case Action.DISCONNECT:
    case Action.DETACH:
    case Action.SYNC:
    case Action.AUTH:
      return true
    case Action.ATTACH:
      // What people keep for themselves is nobody else's.
      return !isOwn(frame.channel) && !isDesk(frame.channel)
    case Action.MESSAGE:
      // A question about rights changes nothing.
      return isView(frame.channel)
    default:
      return false
  }
}
