// What of a timeline may change which messages are pinned. Pure.

import type { Timeline } from './timeline.ts'

/** Changes with every pin, unpin, edit and deletion that is loaded. */
export function pinChanges(timeline: Timeline): string {
  let last = ''
  for (const { body, serial, version } of timeline) {
    const isPin = body.kind === 'line' && body.line.event.startsWith('message_')
    if ((isPin || version > serial) && version > last) last = version
  }
  return last
}
