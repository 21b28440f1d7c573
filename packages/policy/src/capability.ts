// What a key or token may do at most: operations per channel pattern. Every entry that matches counts; order never does.

import {
  type ChannelPattern,
  containsPattern,
  formatPattern,
  intersectPatterns,
  isLiteral,
  matchesPattern,
  parsePattern,
  patternTarget,
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
export function covers(capability: Capability, channel: string, operation: Operation): boolean {
  const bit = operationSet(operation)
  return bit !== NO_OPERATIONS && (operationSetOn(capability, channel) & bit) === bit
}

/** All operations the capability gives on a channel, in the order of `OPERATIONS`. */
export function operationsOn(capability: Capability, channel: string): readonly Operation[] {
  return operationsIn(operationSetOn(capability, channel))
}

/** The same as bits: the union over every matching entry. */
export function operationSetOn(capability: Capability, channel: string): OperationSet {
  const { literals, patterns } = compile(capability)
  const target = patternTarget(channel)
  let set = target.qualifier === '' ? (literals.get(target.body) ?? NO_OPERATIONS) : NO_OPERATIONS
  for (const entry of patterns) if (matchesPattern(entry.pattern, target)) set |= entry.set
  return set
}

type Compiled = {
  readonly entries: readonly Entry[]
  /** Names without any wildcard, found by one look-up. */
  readonly literals: ReadonlyMap<string, OperationSet>
  /** All others, tried one by one. */
  readonly patterns: readonly Entry[]
}
type Entry = { readonly pattern: ChannelPattern; readonly set: OperationSet }

// A capability lives as long as its key or connection; its compiled form goes when it goes.
const compiled = new WeakMap<Capability, Compiled>()

function compile(capability: Capability): Compiled {
  const known = compiled.get(capability)
  if (known) return known
  const entries = Object.entries(capability).map(([resource, words]) => ({
    pattern: parsePattern(resource),
    set: setOf(words),
  }))
  const literals = entries.filter((entry) => isLiteral(entry.pattern))
  const fresh = {
    entries,
    literals: new Map(literals.map((entry) => [formatPattern(entry.pattern), entry.set])),
    patterns: entries.filter((entry) => !isLiteral(entry.pattern)),
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
  const shared = crossings(compile(a).entries, compile(b).entries)
  const isWritten = (text: string) => Object.hasOwn(a, text) || Object.hasOwn(b, text)
  const kept = withoutRepetition(shared, isWritten)
  if (kept.length > MAX_RESOURCES) throw tooManyCrossings()
  return Object.fromEntries(
    kept
      .map(([text, entry]): [string, readonly string[]] => [text, operationWords(entry.set)])
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  )
}

function crossings(ours: readonly Entry[], theirs: readonly Entry[]): ReadonlyMap<string, Entry> {
  const shared = new Map<string, Entry>()
  for (const one of ours) {
    for (const other of theirs) {
      const set = one.set & other.set
      const pattern =
        set === NO_OPERATIONS ? undefined : intersectPatterns(one.pattern, other.pattern)
      if (!pattern) continue
      const text = formatPattern(pattern)
      shared.set(text, { pattern, set: set | (shared.get(text)?.set ?? NO_OPERATIONS) })
    }
    if (shared.size > MAX_CROSSINGS) throw tooManyCrossings()
  }
  return shared
}

function tooManyCrossings(): CapabilityInvalid {
  return new CapabilityInvalid(
    `the two capabilities cross in more than ${MAX_RESOURCES} resources`,
    'ask for fewer patterns, or for resources as the key names them',
  )
}

/** Drops patterns neither side wrote where what a side did write gives the same: `x ∩ x` stays `x`. */
function withoutRepetition(
  shared: ReadonlyMap<string, Entry>,
  isWritten: (text: string) => boolean,
): [string, Entry][] {
  const all = [...shared]
  const written = all.filter(([text]) => isWritten(text))
  return all.filter(([text, { pattern, set }]) => {
    if (isWritten(text)) return true
    const given = written
      .filter(([, outer]) => containsPattern(outer.pattern, pattern))
      .reduce((sum, [, outer]) => sum | outer.set, NO_OPERATIONS)
    return (set & ~given) !== NO_OPERATIONS
  })
}
