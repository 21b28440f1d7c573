// The port of the roll-ups: what happened, in numbers that stay when messages, decisions and people are gone. They follow the
// log, the audit log and the decisions log, and know no rights and no time zones: time is cut into quarters of an hour, as the
// offset of every zone in use is a multiple of one.

/** A quarter of an hour, counted from 1970 in UTC. */
export type Slot = number

export const SLOT_MS = 900_000

/** From the first slot, included, to the second, not included. */
export type Span = { readonly from: Slot; readonly to: Slot }

export type SlotCount = { readonly slot: Slot; readonly count: number }

export type ChannelCount = {
  readonly channel: string
  readonly messages: number
  /** Different people who wrote there on days that lie in the span as a whole; counted up to `MOST_AUTHORS`. */
  readonly authors: number
}

/** Of each channel no more different authors than this are remembered for a day: enough to know that they are a group. */
export const MOST_AUTHORS = 5

export type PeopleCount = {
  /** Different people who were active; undefined: they are forgotten, and no total was kept that fits. */
  readonly people: number | undefined
  /** They are forgotten: this is the total of the nearest day, week or month of UTC. */
  readonly isTotal?: true
}

/** What somebody did to others, or to what others said. */
export type ActCount = {
  /** `delete`, `edit`, `report`, `close-report`; `+role` and `-role` for a role that was given and taken. */
  readonly act: string
  /** The channel, or of a role the resource. */
  readonly on: string
  /** `user:…`, `key:…`, `server`; empty: forgotten. */
  readonly by: string
  readonly count: number
}

export type DenialCount = {
  readonly tenant: string
  readonly action: string
  /** The rule, grant or layer that decided; empty: nothing did. */
  readonly by: string
  readonly reason: string
  readonly count: number
}

/** `new`: a first sign-in. `join`, `admit`, `accept-invitation`: somebody came into a channel, or in. */
export type JoinCount = {
  readonly how: string
  readonly on: string
  readonly slot: Slot
  readonly count: number
}

export type AnalyticsQuestion =
  | { readonly kind: 'messages'; readonly span: Span; readonly channels?: readonly string[] }
  | { readonly kind: 'channels'; readonly span: Span; readonly channels?: readonly string[] }
  | {
      readonly kind: 'people'
      /** Rising; each span goes from one to the next. */
      readonly bounds: readonly Slot[]
      /** What the spans are, for totals of what is forgotten. */
      readonly by: 'hour' | 'day' | 'week' | 'month'
      /** Only these: `user:…`. */
      readonly people?: readonly string[]
    }
  /** Over the whole span. */
  | { readonly kind: 'acts'; readonly span: Span }
  | {
      readonly kind: 'acts-by-slot'
      readonly span: Span
      /** Only these acts in these places. */
      readonly only: readonly Pick<ActCount, 'act' | 'on'>[]
    }
  /** Over the whole span, the most first. */
  | { readonly kind: 'denials'; readonly span: Span; readonly tenants?: readonly string[] }
  | { readonly kind: 'denials-by-slot'; readonly span: Span; readonly tenants?: readonly string[] }
  | { readonly kind: 'joins'; readonly span: Span }

export type AnalyticsAnswers = {
  readonly messages: readonly SlotCount[]
  readonly channels: readonly ChannelCount[]
  readonly people: readonly PeopleCount[]
  readonly acts: readonly ActCount[]
  readonly 'acts-by-slot': readonly SlotCount[]
  readonly denials: readonly DenialCount[]
  readonly 'denials-by-slot': readonly SlotCount[]
  readonly joins: readonly JoinCount[]
}

/**
 * The roll-ups of one app.
 *
 * Each step takes entries in the order of the log and commits what they add together with how far it is, so that each is
 * counted once, whatever ends the process when.
 *
 * @throws {StoreUnavailable} the file, or what it follows, cannot be read
 */
export type Analytics = {
  /** Takes what has happened since. Resolves when it is in. */
  follow(): Promise<void>
  /** Answers from all that was committed before; of very much that is missing, from what is in. */
  ask<Q extends AnalyticsQuestion>(question: Q): Promise<AnalyticsAnswers[Q['kind']]>
  /** Takes the id of somebody out; what they did stays in the totals. @param person `user:…` */
  erase(person: string): Promise<void>
  /** How it went the last time it took something: a sentence if it could not. */
  trouble(): string | undefined
  close(): Promise<void>
}

/** For how many days it is kept who was active; then only how many. */
export type AnalyticsKept = { readonly peopleDays: number }
