// Whom notes name. Pure.

import { keyOf, type World } from '@sayso/policy'
import type { FeedEntry } from '@sayso/store'
import { conversationOn } from './desk-type.ts'

export type NoteMention = {
  /** Of the conversation. */
  readonly key: string
  /** Id of the author. */
  readonly by: string
  readonly atMs: number
  /** Ids. */
  readonly people: readonly string[]
}

export function mentionsIn(world: World, entries: readonly FeedEntry[]): readonly NoteMention[] {
  const found: NoteMention[] = []
  for (const entry of entries) {
    if (entry.kind !== 'message') continue
    const resource = conversationOn(world, entry.channel)
    if (resource === undefined) continue
    for (const { name, clientId: by, extras, timestampMs: atMs, action } of entry.messages) {
      const people = peopleIn(extras)
      if (name !== 'note' || action !== 'create' || by === undefined || people.length === 0)
        continue
      found.push({ key: keyOf(resource), by, atMs, people })
    }
  }
  return found
}

/** Anybody may have sent it: only the shape that is ours is read. */
function peopleIn(extras: unknown): readonly string[] {
  const { mentions } = (extras ?? {}) as { readonly mentions?: { readonly people?: unknown } }
  const people = mentions?.people
  return Array.isArray(people) ? people.filter((one) => typeof one === 'string') : []
}
