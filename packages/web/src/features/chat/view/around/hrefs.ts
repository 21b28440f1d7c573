// Addresses of messages and threads.

import { channelHref } from '../../model/channels.ts'

/** Address of a message in its channel. */
export function messageHref(channelKey: string, serial: string): string {
  return `${channelHref(channelKey)}?at=${encodeURIComponent(serial)}`
}

/** Address of a thread beside its channel. */
export function threadHref(channelKey: string, root: string): string {
  return `${channelHref(channelKey)}?pane=thread&thread=${encodeURIComponent(root)}`
}
