// The parts of a channel name that rights look at: `[qualifier?params]base`, and the suffix of the chat SDK's rooms.

import type { ChannelName } from './names.ts'

/** A room of the chat SDK is carried by the channel of its name plus this. */
const ROOM_SUFFIX = '::$chat'
const VIEW_PREFIX = '[permissions]'

/**
 * Reads what stands in brackets before a name: empty for an ordinary channel.
 *
 * Channel parameters and filters say how to look at a channel, not which one it is, so they leave it ordinary.
 */
export function qualifierOf(name: string): string {
  if (!name.startsWith('[')) return ''
  const close = name.indexOf(']')
  if (close < 0) return name
  const inside = name.slice(1, close)
  if (inside.startsWith('filter=')) return ''
  const query = inside.indexOf('?')
  return query < 0 ? inside : inside.slice(0, query)
}

/** The name without what stands in brackets before it. */
export function baseOf(name: string): string {
  return name.startsWith('[') ? name.slice(name.indexOf(']') + 1) : name
}

/** The room whose messages `<room>::$chat` carries, or undefined for any other channel. */
export function roomOf(base: string): string | undefined {
  return base.length > ROOM_SUFFIX.length && base.endsWith(ROOM_SUFFIX)
    ? base.slice(0, -ROOM_SUFFIX.length)
    : undefined
}

/** The channel that carries a room, as the chat SDK names it. */
export function roomChannel(room: string): string {
  return room + ROOM_SUFFIX
}

/** What a live view of rights shows: everything the reader may see, or one channel. */
export type PermissionView = { readonly all: true } | { readonly channel: ChannelName }

/** Reads `[permissions]*` and `[permissions]chat:lobby`; undefined for every other channel. */
export function parsePermissionView(name: string): PermissionView | undefined {
  if (!name.startsWith(VIEW_PREFIX) || name.length === VIEW_PREFIX.length) return undefined
  const shown = name.slice(VIEW_PREFIX.length)
  return shown === '*' ? { all: true } : { channel: shown as ChannelName }
}

/** The channel a view is read from: the inverse of `parsePermissionView`. */
export function permissionViewName(view: PermissionView): ChannelName {
  return `${VIEW_PREFIX}${'all' in view ? '*' : view.channel}` as ChannelName
}

/** True if names made of these two ends would be views, room channels or no valid names at all. */
export function isSpecialName(prefix: string, suffix: string): boolean {
  return prefix.startsWith('[') || prefix.startsWith(':') || suffix.endsWith(ROOM_SUFFIX)
}
