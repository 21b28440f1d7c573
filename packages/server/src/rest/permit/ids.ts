// Ids of Permit objects: made of the app, the kind and the key, so that nothing has to be kept for them and every answer,
// today's or next year's, names a thing alike.

import { createHash } from 'node:crypto'

export type IdKind =
  | 'organization'
  | 'project'
  | 'environment'
  | 'resource'
  | 'action'
  | 'action_group'
  | 'attribute'
  | 'role'
  | 'resource_role'
  | 'relation'
  | 'derivation'
  | 'user'
  | 'tenant'
  | 'resource_instance'
  | 'role_assignment'
  | 'relationship_tuple'
  | 'condition_set'
  | 'set_rule'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** A name-based UUID (RFC 9562, version 5 in form) of a thing. */
export function uuidOf(appId: string, kind: IdKind, key: string): string {
  const hash = createHash('sha1')
    .update(JSON.stringify([appId, kind, key]))
    .digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}

/** Ids remembered at most; beyond that all are forgotten and worked out again. */
const MOST_KNOWN = 200_000

/** The ids of one app, and the way back from them. */
export class Ids {
  readonly #appId: string
  readonly #keys = new Map<string, string>()
  /** What was looked through without finding an id, and the revision it was looked through at. */
  readonly #searched = new Map<IdKind, number>()

  constructor(appId: string) {
    this.#appId = appId
  }

  of(kind: IdKind, key: string): string {
    const id = uuidOf(this.#appId, kind, key)
    if (this.#keys.size >= MOST_KNOWN) this.#keys.clear()
    this.#keys.set(id, key)
    return id
  }

  /**
   * The key of a thing named by its key or its id; the text itself if it is no id of anything.
   *
   * @param all      the keys there are, looked through only for an id that was never given out
   * @param revision what `all` was listed at: nothing is looked through twice for the same facts
   */
  keyOf(kind: IdKind, text: string, all: () => Iterable<string>, revision: number): string {
    if (!isUuid(text)) return text
    const id = text.toLowerCase()
    const known = this.#keys.get(id)
    if (known !== undefined && uuidOf(this.#appId, kind, known) === id) return known
    if (this.#searched.get(kind) === revision) return text
    for (const key of all()) if (this.of(kind, key) === id) return key
    this.#searched.set(kind, revision)
    return text
  }
}
