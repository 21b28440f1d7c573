// Channel patterns of capabilities: `[qualifier]` and `:`-separated segments. `*` stands for one segment, as the last
// one for one or more; a `*` inside a word is a letter like any other. Matching allocates nothing.

import { baseOf, qualifierOf, roomChannel, roomOf } from './channel-name.ts'

export type ChannelPattern = {
  /** Empty: ordinary channels only. `*`: any channel. */
  readonly qualifier: string
  /** Written with the suffix of rooms: only rooms' channels. */
  readonly roomsOnly: boolean
  /** The segments before a final `*`. */
  readonly segments: readonly string[]
  /** Ends in `*`: one or more further segments. */
  readonly open: boolean
}

/** A channel name taken apart once, to be held against many patterns. */
export type PatternTarget = {
  readonly qualifier: string
  readonly isRoom: boolean
  readonly body: string
}

export function patternTarget(channel: string): PatternTarget {
  const base = baseOf(channel)
  const room = roomOf(base)
  return { qualifier: qualifierOf(channel), isRoom: room !== undefined, body: room ?? base }
}

/** Reads the text of a pattern; every text that is no malformed bracket form is one. */
export function parsePattern(text: string): ChannelPattern {
  const { qualifier, isRoom, body } = patternTarget(text)
  const segments = body.split(':')
  const open = segments.at(-1) === '*'
  return { qualifier, roomsOnly: isRoom, segments: open ? segments.slice(0, -1) : segments, open }
}

/** The one text of a pattern: the inverse of `parsePattern`. */
export function formatPattern(pattern: ChannelPattern): string {
  const body = (pattern.open ? [...pattern.segments, '*'] : pattern.segments).join(':')
  const bracket = pattern.qualifier === '' ? '' : `[${pattern.qualifier}]`
  return bracket + (pattern.roomsOnly ? roomChannel(body) : body)
}

/** True if the pattern is the plain name of one ordinary channel or room. */
export function isLiteral(pattern: ChannelPattern): boolean {
  return (
    pattern.qualifier === '' &&
    !pattern.roomsOnly &&
    !pattern.open &&
    !pattern.segments.includes('*')
  )
}

export function matchesPattern(pattern: ChannelPattern, target: PatternTarget): boolean {
  if (pattern.qualifier !== '*' && pattern.qualifier !== target.qualifier) return false
  if (pattern.roomsOnly && !target.isRoom) return false
  return matchesBody(pattern, target.body)
}

function matchesBody(pattern: ChannelPattern, body: string): boolean {
  let start = 0
  for (const segment of pattern.segments) {
    if (start > body.length) return false
    const colon = body.indexOf(':', start)
    const end = colon < 0 ? body.length : colon
    const same = end - start === segment.length && body.startsWith(segment, start)
    if (segment !== '*' && !same) return false
    start = end + 1
  }
  // Past the end by one when the last segment was consumed: then nothing is left for a final `*`.
  return pattern.open ? start <= body.length : start > body.length
}

/** More than a pattern has segments. */
const MANY = 4096

/**
 * How much a pattern says about the channels it matches: first its words, then its length, then whether it ends, then
 * what stands around it. Of the patterns that match one channel its own name says most, and `*` least.
 */
export function specificityOf(pattern: ChannelPattern): number {
  const words = pattern.segments.filter((segment) => segment !== '*').length
  const ends = pattern.open ? 0 : 1
  const around = (pattern.roomsOnly ? 2 : 0) + (pattern.qualifier === '*' ? 0 : 1)
  return ((words * MANY + pattern.segments.length) * 2 + ends) * 4 + around
}

/** The pattern of exactly the channels both match, or undefined if there are none. */
export function intersectPatterns(
  a: ChannelPattern,
  b: ChannelPattern,
): ChannelPattern | undefined {
  const qualifier = intersectQualifiers(a.qualifier, b.qualifier)
  if (qualifier === undefined) return undefined
  const [short, long] = a.segments.length <= b.segments.length ? [a, b] : [b, a]
  const isShorter = short.segments.length < long.segments.length
  // The final `*` of the shorter one stands for all the longer one has beyond it, and for at least one segment.
  if (!short.open && (isShorter || long.open)) return undefined
  if (short.open && !isShorter && !long.open) return undefined
  const segments: string[] = []
  for (const [i, theirs] of long.segments.entries()) {
    const ours = short.segments[i] ?? '*'
    if (ours !== '*' && theirs !== '*' && ours !== theirs) return undefined
    segments.push(ours === '*' ? theirs : ours)
  }
  return { qualifier, roomsOnly: a.roomsOnly || b.roomsOnly, segments, open: long.open }
}

function intersectQualifiers(a: string, b: string): string | undefined {
  if (a === b || b === '*') return a
  return a === '*' ? b : undefined
}

/** True if every channel `inner` matches is matched by `outer` too. */
export function containsPattern(outer: ChannelPattern, inner: ChannelPattern): boolean {
  const shared = intersectPatterns(outer, inner)
  return shared !== undefined && formatPattern(shared) === formatPattern(inner)
}
