// The list of channels: what may be entered, what is new, what is unread. Pure.

import type { PartnerView, PermissionChange, ResourceView } from '@sayso/client'
import type { Counts } from './unread.ts'

export type ChannelItem = {
  /** The address part: `/chat/{key}`. */
  readonly key: string
  readonly name: string
  readonly title: string
  readonly glyph?: string | undefined
  readonly isReadOnly: boolean
  readonly isNew: boolean
  /** One has chosen to hear nothing of it. */
  readonly isMuted: boolean
  readonly unread: number
  /** How many of the unread ones mention the reader. */
  readonly mentions: number
  /** Listed and closed: one may know of it and ask to be let in. */
  readonly isLocked: boolean
  readonly isRequested: boolean
  /** A conversation between a few people. */
  readonly isDirect: boolean
  /** Everybody who is in it. */
  readonly people: readonly PartnerView[]
  /** Closed for good: not in the list unless one is in it. */
  readonly isArchived: boolean
  /** One may come in by oneself. */
  readonly isOpen: boolean
  /** Held back from it: not one to ask for. */
  readonly isHeld: boolean
  readonly about: string | undefined
  /** People who wait for an answer of the reader. */
  readonly requests: number
}

/** The key of a resource, its part of the address: `lobby` of `channel:lobby`. */
export function keyOf(view: { readonly resource: string }): string {
  return view.resource.slice(view.resource.indexOf(':') + 1)
}

export function channelHref(key: string): string {
  return `/chat/${encodeURIComponent(key)}`
}

/** A resource that is a channel one may read. */
export function isReadable(
  view: ResourceView,
): view is ResourceView & { readonly channel: string } {
  return view.channel !== undefined && view.actions.includes('subscribe')
}

/** The readable channel of a key. */
export function channelOf(views: readonly ResourceView[], key: string) {
  return views.filter(isReadable).find((view) => keyOf(view) === key)
}

/** The locked channel of a key: known of, not open. */
export function lockedOf(
  views: readonly ResourceView[],
  key: string | undefined,
): ResourceView | undefined {
  return views.find((view) => view.locked === true && keyOf(view) === key)
}

const NOBODY: readonly PartnerView[] = []

export function itemsOf(
  views: readonly ResourceView[],
  fresh: ReadonlySet<string>,
  unread: Counts,
  muted: ReadonlySet<string>,
): readonly ChannelItem[] {
  return views.flatMap((view) => {
    const key = keyOf(view)
    const isLocked = view.locked === true
    if (view.channel === undefined || !(isReadable(view) || isLocked)) return []
    return {
      key,
      name: view.channel,
      isLocked,
      isRequested: view.requested === true,
      isDirect: view.people !== undefined,
      people: view.people ?? NOBODY,
      isArchived: view.archived === true,
      isOpen: isLocked && view.join === 'open',
      isHeld: isLocked && view.restraints !== undefined,
      about: view.about,
      requests: view.requests ?? 0,
      title: view.title,
      glyph: view.glyph,
      isReadOnly: !isLocked && !view.actions.includes('publish'),
      isNew: fresh.has(key),
      isMuted: muted.has(view.channel),
      unread: unread.get(view.channel)?.count ?? 0,
      mentions: unread.get(view.channel)?.mentions ?? 0,
    }
  })
}

/** Keys that carry the marker after a change: gained and not yet seen. */
export function freshAfter(
  fresh: ReadonlySet<string>,
  change: PermissionChange,
  current: string | undefined,
): ReadonlySet<string> {
  const opened = change.changed.filter((view) => view.gained.includes('subscribe'))
  const added = [...change.gained, ...opened].map(keyOf).filter((key) => key !== current)
  const closed = new Set(change.lost.map(keyOf))
  if (added.length === 0 && ![...fresh].some((key) => closed.has(key))) return fresh
  return new Set([...[...fresh].filter((key) => !closed.has(key)), ...added])
}

export function seen(fresh: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return fresh.has(key) ? new Set([...fresh].filter((one) => one !== key)) : fresh
}
