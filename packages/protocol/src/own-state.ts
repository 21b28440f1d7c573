// What somebody keeps for themselves: read marks, settings, drafts, what they saved. Nobody else is told of it. It is read and
// written under `/api/v1/me/state`, and live on the channel `[me]`: a `snapshot` on every attach, then each `change`.

/** The channel of one's own, for every token with a `clientId`. It takes `here` and `watch` and nothing else. */
export const ownChannel = '[me]'

export type OwnCollection = 'read' | 'saved' | 'settings' | 'notify' | 'drafts' | 'seen'

/** One thing that is kept. */
export type OwnEntry = {
  readonly collection: OwnCollection
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
  /** When it was written; milliseconds. Of two values of one key the later is the one. */
  readonly atMs: number
}

/** One that was removed. */
export type OwnRemoval = Omit<OwnEntry, 'value'> & { readonly value: null }

/** GET /api/v1/me/state */
export type OwnStateView = { readonly items: readonly OwnEntry[] }

/** On every attach to `[me]`, name `snapshot`: in parts, all but the last with `more`. What is in none of them is not kept. */
export type OwnSnapshot = { readonly items: readonly OwnEntry[]; readonly more: boolean }

/** On `[me]`, name `change`. */
export type OwnChange = { readonly items: readonly (OwnEntry | OwnRemoval)[] }

/**
 * On `[me]`, name `news`: what others said in channels one may read, since the last time. `recount`: what was counted before may
 * have changed as well.
 */
export type OwnNews = {
  readonly items: readonly {
    readonly channel: string
    /** Of the newest message, whoever wrote it; absent if there is only a `recount`. */
    readonly serial?: string
    /** Messages of others. */
    readonly count?: number
    readonly mentions?: number
    readonly recount?: boolean
  }[]
}

/**
 * Published on `[me]`, name `watch`: asks how people are, beside a channel or the resource that governs it. It stands until the
 * next one for the same channel, or until the connection leaves `[me]`; of nobody ends it.
 */
export type OwnWatch = { readonly on: string; readonly people: readonly string[] }

/**
 * On `[me]`, name `here`: how people one asked about are. `said`: what each of their connections says of them, the newest last;
 * nothing of who is not here, or may not be seen as here in that channel by the reader.
 */
export type OwnHere = {
  readonly items: readonly {
    readonly on: string
    readonly person: string
    readonly said: readonly unknown[]
  }[]
}

/** GET /api/v1/me/unread */
export type UnreadView = {
  readonly items: readonly {
    readonly channel: string
    /** Messages of others; up to 10 000, and one more if there are more. */
    readonly count: number
    /** How many of them mention the reader. */
    readonly mentions: number
    /** Serial of the first one. */
    readonly first?: string
    /** Serial of the newest message that counts, whoever wrote it. */
    readonly last?: string
  }[]
}

/** A message found, as GET /api/v1/search and /api/v1/me/mentions have it. */
export type FoundMessage = {
  readonly channel: string
  /** Of the channel, in the address of the chat. */
  readonly key: string
  readonly title: string
  readonly serial: string
  readonly atMs: number
  readonly author?: { readonly id: string; readonly name: string }
  readonly text: string
  readonly extras?: Readonly<Record<string, unknown>>
}

export type FoundView = {
  readonly items: readonly FoundMessage[]
  /** Give it as `after` for the next page. */
  readonly next?: string
  /** True while the index is being made: there may be more. */
  readonly partial?: true
}

/** GET /api/v1/me/newest: the newest message of each channel; texts are cut to a line. */
export type NewestView = { readonly items: readonly FoundMessage[] }

/** GET /api/v1/search */
export type SearchView = FoundView & {
  readonly channels: readonly {
    readonly key: string
    readonly channel: string
    readonly title: string
    readonly glyph?: string
  }[]
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly picture?: string
  }[]
}

/** Until where a channel was read: collection `read`, by the name of the channel. */
export type ReadMark = {
  /** Serial of the newest message read; empty: none. */
  readonly serial: string
  /** Set when somebody went back on purpose, to read on from there later. */
  readonly unread?: true
}

/** What is told of a channel: collection `notify`, by the name of the channel. */
export type NotifyChoice = {
  readonly level: 'all' | 'mentions' | 'none'
  /** Until then, and as if nothing were chosen afterwards; milliseconds. */
  readonly untilMs?: number
}
