// What an amendment does to a message: one merged state, at its old place, with a new version.

import type { Amendment, Fragment, Message, MessageVersion } from '@sayso/channel'
import { messageSerial, type Place } from './position.ts'

/** A merged state, and of an append that was joined what it added. */
export type Amended = { readonly message: Message; readonly fragment?: Fragment }

/**
 * Merges an amendment into the latest state. Fields that are absent stay; `encoding` belongs to `data` and changes
 * with it. Author, id, connection and time stay those of the first publish.
 */
export function amendMessage(latest: Message, amendment: Amendment, place: Place): Amended {
  const { data, encoding, extras: before, ...kept } = latest
  const { name, extras, userClaim } = amendment
  const changed = { ...(name !== undefined && { name }) }
  const joined = joinedData({ data, encoding }, amendment)
  const message: Message = {
    ...kept,
    ...changed,
    ...claimed(extras ?? before, userClaim),
    ...(joined === undefined
      ? replacedData({ data, encoding }, amendment)
      : content(joined, encoding)),
    action: amendment.action === 'delete' ? 'delete' : 'update',
    version: versionOf(amendment, place),
  }
  if (joined === undefined) return { message }
  const added = { ...changed, ...claimed(extras, userClaim) }
  return { message, fragment: { ...added, ...content(amendment.data, encoding) } }
}

/** The claim in `extras` is that of whoever wrote this version: one that was there before goes. */
function claimed(
  extras: Message['extras'],
  userClaim: string | undefined,
): Pick<Message, 'extras'> {
  if (extras === undefined) return userClaim === undefined ? {} : { extras: { userClaim } }
  if (userClaim !== undefined) return { extras: { ...extras, userClaim } }
  if (!Object.hasOwn(extras, 'userClaim')) return { extras }
  const { userClaim: _before, ...rest } = extras
  return Object.keys(rest).length === 0 ? {} : { extras: rest }
}

/** Names the version a message is in: its own serial until it is amended. */
export function versionSerial({ serial, version }: Message): string {
  return version?.serial ?? serial
}

type Content = {
  readonly data?: Message['data'] | undefined
  readonly encoding?: string | undefined
}

function replacedData(before: Content, amendment: Amendment): Pick<Message, 'data' | 'encoding'> {
  if (amendment.data === undefined) return content(before.data, before.encoding)
  return content(amendment.data, amendment.encoding)
}

function joinedData(before: Content, amendment: Amendment): Message['data'] {
  return amendment.action === 'append' ? join(before, amendment) : undefined
}

function content(data: Message['data'], encoding: string | undefined) {
  return { ...(data !== undefined && { data }), ...(encoding !== undefined && { encoding }) }
}

/** Absent if the two do not go together: text and bytes, or differently encoded. */
function join(before: Content, added: Content): Message['data'] {
  if (added.encoding !== undefined && added.encoding !== before.encoding) return undefined
  if (typeof before.data === 'string' && typeof added.data === 'string') {
    return before.data + added.data
  }
  if (before.data instanceof Uint8Array && added.data instanceof Uint8Array) {
    const joined = new Uint8Array(before.data.length + added.data.length)
    joined.set(before.data)
    joined.set(added.data, before.data.length)
    return joined
  }
  return undefined
}

function versionOf(amendment: Amendment, place: Place): MessageVersion {
  const { clientId, description, metadata } = amendment
  return {
    serial: messageSerial(place.serial, 0),
    timestampMs: place.atMs,
    ...(clientId !== undefined && { clientId }),
    ...(description !== undefined && { description }),
    ...(metadata !== undefined && { metadata }),
  }
}
