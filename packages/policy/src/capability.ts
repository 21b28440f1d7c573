// What a key or token may do at most: operations per channel pattern. Every entry that matches counts; order never does.

import {
  type ChannelPattern,
  containsPattern,
  formatPattern,
  intersectPatterns,
  isLiteral,
  matchesPattern,
  type PatternTarget,
  parsePattern,
  patternTarget,
  specificityOf,
} from './channel-pattern.ts'
import {
  isOperation,
  NO_OPERATIONS,
  type Operation,
  type OperationSet,
  operationSet,
  operationsIn,
  operationWords,
} from './operation.ts'
import { quote } from './quote.ts'

/** Operations, or `['*']` for all, per channel pattern: `{"chat:*":["subscribe","history"]}`. Empty: nothing at all. */
export type Capability = Readonly<Record<string, readonly string[]>>

/**
 * How several entries that match one channel count together.
 *
 * - `union`: all of them are added up.
 * - `most_specific`: only the one that says most about the channel counts, so that an empty list takes away: the name
 *   itself, else the pattern with most words, `*` last. Equally specific ones are added up.
 */
export type Match = 'union' | 'most_specific'

const MAX_RESOURCES = 256
/** Before repetitions are dropped; keeps the work of one intersection in the tens of milliseconds. */
const MAX_CROSSINGS = 4096
const MAX_RESOURCE_LENGTH = 2048
const MAX_TEXT_LENGTH = 65_536
const QUALIFIER = /^\[(?:\*|[A-Za-z][A-Za-z0-9_-]*)\][^\n]/

/** The text or value is no capability. Do not retry: the caller has to change it. */
export class CapabilityInvalid extends Error {
  readonly code = 'capability_invalid'
  readonly remedy: string
  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/**
 * Reads a capability from JSON text or an already parsed value; operations come back sorted and without repetition.
 *
 * @param value at most 256 resources of at most 2 048 characters; as text at most 65 536 characters
 * @throws {CapabilityInvalid} an empty list, an unknown operation, `*` beside others, a malformed resource
 */
export function parseCapability(value: unknown): Capability {
  const map = typeof value === 'string' ? parseText(value) : value
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw new CapabilityInvalid(
      'the capability is not an object',
      'give an object from channel patterns to lists of operations',
    )
  }
  const entries = Object.entries(map)
  if (entries.length > MAX_RESOURCES) {
    throw new CapabilityInvalid(
      `the capability names ${entries.length} resources`,
      `name at most ${MAX_RESOURCES}; a pattern such as \`team:*\` covers many channels`,
    )
  }
  return Object.fromEntries(
    entries.map(([resource, operations]) => [
      checkResource(resource),
      operationWords(checkOperations(resource, operations)),
    ]),
  )
}

function parseText(text: string): unknown {
  if (text.length <= MAX_TEXT_LENGTH) {
    try {
      return JSON.parse(text)
    } catch {
      // Falls through to the same answer as a text that is too long to be one.
    }
  }
  throw new CapabilityInvalid(
    'the capability is not valid JSON',
    `give a JSON object of at most ${MAX_TEXT_LENGTH} characters`,
  )
}

function checkResource(resource: string): string {
  const isMalformed =
    resource === '' ||
    resource.length > MAX_RESOURCE_LENGTH ||
    resource.includes('\n') ||
    (resource.startsWith('[') && !QUALIFIER.test(resource))
  if (!isMalformed) return resource
  throw new CapabilityInvalid(
    `${quote(resource)} is not a channel pattern`,
    'name a channel, or use `*` for whole segments between colons',
  )
}

function checkOperations(resource: string, words: unknown): OperationSet {
  if (!Array.isArray(words) || words.length === 0) {
    throw new CapabilityInvalid(
      `the operations of ${quote(resource)} are not a non-empty list`,
      'list at least one operation, or leave the resource out',
    )
  }
  let set = NO_OPERATIONS
  for (const word of words) {
    if (word === '*' && words.length === 1) return operationSet('*')
    if (word === '*') {
      throw new CapabilityInvalid(
        `\`*\` of ${quote(resource)} stands beside other operations`,
        'use `["*"]` alone, or list operations without it',
      )
    }
    if (typeof word !== 'string' || !isOperation(word)) {
      throw new CapabilityInvalid(
        `${quote(String(word))} is not an operation`,
        'use operations such as `subscribe`, `publish`, `presence`, `history`, or `*` for all',
      )
    }
    set |= operationSet(word)
  }
  return set
}

/** The one text of a capability: resources and operations sorted by code unit, no spaces. */
export function canonicalCapability(capability: Capability): string {
  const entries = Object.keys(capability)
    .sort()
    .map((resource) => {
      const words = operationWords(setOf(capability[resource]))
      return `${JSON.stringify(resource)}:${JSON.stringify(words)}`
    })
  return `{${entries.join(',')}}`
}

function setOf(words: readonly string[] | undefined): OperationSet {
  return (words ?? []).reduce((set, word) => set | operationSet(word), NO_OPERATIONS)
}

/**
 * Says whether some entry that matches the channel lists the operation.
 *
 * A room's channel `<room>::$chat` is covered by what covers the room; `[meta]…` channels only by `[meta]…` or `[*]…`.
 */
export function covers(
  capability: Capability,
  channel: string,
  operation: Operation,
  match: Match = 'union',
): boolean {
  const bit = operationSet(operation)
  return bit !== NO_OPERATIONS && (operationSetOn(capability, channel, match) & bit) === bit
}

/** All operations the capability gives on a channel, in the order of `OPERATIONS`. */
export function operationsOn(
  capability: Capability,
  channel: string,
  match: Match = 'union',
): readonly Operation[] {
  return operationsIn(operationSetOn(capability, channel, match))
}

/** The same as bits. */
export function operationSetOn(
  capability: Capability,
  channel: string,
  match: Match = 'union',
): OperationSet {
  const { entries, literals, patterns } = compile(capability)
  const target = patternTarget(channel)
  if (match === 'most_specific') return mostSpecificOf(entries, target)
  let set = target.qualifier === '' ? (literals.get(target.body) ?? NO_OPERATIONS) : NO_OPERATIONS
  for (const entry of patterns) if (matchesPattern(entry.pattern, target)) set |= entry.set
  return set
}

function mostSpecificOf(entries: readonly Entry[], target: PatternTarget): OperationSet {
  let best = -1
  let set = NO_OPERATIONS
  for (const entry of entries) {
    if (!matchesPattern(entry.pattern, target)) continue
    const specificity = specificityOf(entry.pattern)
    if (specificity < best) continue
    set = specificity > best ? entry.set : set | entry.set
    best = specificity
  }
  return set
}

type Compiled = {
  readonly entries: readonly Entry[]
  /** Names without any wildcard, found by one look-up. */
  readonly literals: ReadonlyMap<string, OperationSet>
  /** All others, tried one by one. */
  readonly patterns: readonly Entry[]
}
type Entry = {
  readonly text: string
  readonly pattern: ChannelPattern
  readonly set: OperationSet
}

// A capability lives as long as its key or connection; its compiled form goes when it goes.
const compiled = new WeakMap<Capability, Compiled>()

function compile(capability: Capability): Compiled {
  const known = compiled.get(capability)
  if (known) return known
  const entries = Object.entries(capability).map(([resource, words]) => {
    const pattern = parsePattern(resource)
    return { text: formatPattern(pattern), pattern, set: setOf(words) }
  })
  const fresh = {
    entries,
    literals: new Map(
      entries.filter(({ pattern }) => isLiteral(pattern)).map(({ text, set }) => [text, set]),
    ),
    patterns: entries.filter(({ pattern }) => !isLiteral(pattern)),
  }
  compiled.set(capability, fresh)
  return fresh
}

/**
 * What both allow, resource by resource: never more than either, whatever the order of the two.
 *
 * The result may be empty, which allows nothing.
 *
 * @throws {CapabilityInvalid} the patterns cross so often that more than 256 resources would come out
 */
export function intersectCapability(a: Capability, b: Capability): Capability {
  const kept = withoutRepetition(crossings(compile(a).entries, compile(b).entries))
  if (kept.length > MAX_RESOURCES) throw tooManyCrossings()
  return Object.fromEntries(
    kept
      .map(([text, set]): [string, readonly string[]] => [text, operationWords(set)])
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  )
}

/** Where two capabilities meet: what a side that wrote this very pattern keeps, and what only crossing it gives. */
type Crossing = {
  readonly pattern: ChannelPattern
  readonly kept: OperationSet
  readonly crossed: OperationSet
}

function crossings(ours: readonly Entry[], theirs: readonly Entry[]): Map<string, Crossing> {
  const met = new Map<string, Crossing>()
  for (const one of ours) {
    for (const other of theirs) meet(met, one, other)
    if (met.size > MAX_CROSSINGS) throw tooManyCrossings()
  }
  return met
}

function meet(met: Map<string, Crossing>, one: Entry, other: Entry): void {
  const set = one.set & other.set
  const pattern = set === NO_OPERATIONS ? undefined : intersectPatterns(one.pattern, other.pattern)
  if (!pattern) return
  const text = formatPattern(pattern)
  const { kept, crossed } = met.get(text) ?? { kept: NO_OPERATIONS, crossed: NO_OPERATIONS }
  const isWritten = text === one.text || text === other.text
  met.set(text, {
    pattern,
    kept: isWritten ? kept | set : kept,
    crossed: isWritten ? crossed : crossed | set,
  })
}

/** Drops from a crossing what a wider pattern that a side did write gives anyway: `x ∩ x` stays `x`. */
function withoutRepetition(met: ReadonlyMap<string, Crossing>): [string, OperationSet][] {
  const written = [...met.values()].filter(({ kept }) => kept !== NO_OPERATIONS)
  const given = (pattern: ChannelPattern) =>
    written
      .filter((outer) => containsPattern(outer.pattern, pattern))
      .reduce((sum, outer) => sum | outer.kept, NO_OPERATIONS)
  return [...met]
    .map(([text, { pattern, kept, crossed }]): [string, OperationSet] => [
      text,
      (crossed & ~kept) === NO_OPERATIONS ? kept : kept | (crossed & ~given(pattern)),
    ])
    .filter(([, set]) => set !== NO_OPERATIONS)
}

function tooManyCrossings(): CapabilityInvalid {
  return new CapabilityInvalid(
    `the two capabilities cross in more than ${MAX_RESOURCES} resources`,
    'ask for fewer patterns, or for resources as the key names them',
  )
}
