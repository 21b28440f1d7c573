// Permissions as applications write them beside capabilities: one list for every channel, or lists by channel pattern,
// in words people know from elsewhere. An empty list or map is an answer: nothing.

import { type Capability, CapabilityInvalid, parseCapability } from './capability.ts'
import { quote } from './quote.ts'

/** `['subscribe']` for every channel, or `{'user:123': ['subscribe', 'publish']}`. */
export type Permissions = readonly string[] | Readonly<Record<string, readonly string[]>>

/** Words of that model which are called otherwise here, or need no permission of their own. */
const OTHERWISE: ReadonlyMap<string, readonly string[]> = new Map([
  ['metrics', ['channel-metadata']],
  // Whoever may do anything in a channel may join it; making one that the policy governs is the policy's to allow.
  ['join', []],
  ['create', []],
  // Nothing here has these.
  ['privacy', []],
  ['intellect', []],
  ['storage', []],
])

const MAX_WORDS = 64

/**
 * Reads permissions into a capability. Unlike one it may hold empty lists: under `union` they mean nothing, under
 * `most_specific` they take away what a wider entry gives.
 *
 * @param value a list, a map of at most 256 patterns, or either as JSON text
 * @throws {CapabilityInvalid} an unknown word, something that is no list, a malformed pattern
 */
export function parsePermissions(value: unknown): Capability {
  const said = typeof value === 'string' ? parseText(value) : value
  if (Array.isArray(said)) {
    const words = wordsOf('*', said)
    return words.length === 0 ? {} : parseCapability({ '*': words })
  }
  if (typeof said !== 'object' || said === null) throw notPermissions()
  const lists = Object.entries(said).map(
    ([pattern, words]) => [pattern, wordsOf(pattern, words)] as const,
  )
  // `*` in place of an empty list, so that its pattern is checked with the others.
  const checked = parseCapability(
    Object.fromEntries(
      lists.map(([pattern, words]) => [pattern, words.length > 0 ? words : ['*']]),
    ),
  )
  return Object.fromEntries(
    lists.map(([pattern, words]) => [pattern, words.length > 0 ? (checked[pattern] ?? []) : []]),
  )
}

function wordsOf(pattern: string, words: unknown): readonly string[] {
  if (!Array.isArray(words) || words.length > MAX_WORDS) {
    throw new CapabilityInvalid(
      `the permissions of ${quote(pattern)} are not a list`,
      'list operations such as `subscribe`, or give an empty list for none',
    )
  }
  if (words.includes('*')) return ['*']
  return words.flatMap((word: unknown) => OTHERWISE.get(String(word)) ?? [String(word)])
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notPermissions()
  }
}

function notPermissions(): CapabilityInvalid {
  return new CapabilityInvalid(
    'the permissions are neither a list nor an object',
    'give a list for every channel, or an object from channel patterns to lists',
  )
}
