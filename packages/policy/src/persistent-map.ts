// An immutable map from strings: a write copies a handful of short arrays and shares the rest. A hash trie, 32 ways.

type Entry<V> = {
  readonly kind: 'entry'
  readonly hash: number
  readonly key: string
  readonly value: V
}
/** Keys whose 32-bit hashes are equal. */
type Clash<V> = {
  readonly kind: 'clash'
  readonly hash: number
  readonly entries: readonly Entry<V>[]
}
/** Bit i of `bitmap` says that slot i is taken; `nodes` holds the taken ones in order. */
type Branch<V> = {
  readonly kind: 'branch'
  readonly bitmap: number
  readonly nodes: readonly Node<V>[]
}
type Node<V> = Entry<V> | Clash<V> | Branch<V>

const BITS = 5
const MASK = 31

/** Keeps no order, but equal sequences of writes iterate alike: there is no randomness in it. */
export class PersistentMap<V> {
  readonly size: number
  readonly #root: Node<V> | undefined

  private constructor(size: number, root: Node<V> | undefined) {
    this.size = size
    this.#root = root
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(0, undefined)
  }

  get(key: string): V | undefined {
    const hash = hashOf(key)
    let node = this.#root
    for (let shift = 0; node?.kind === 'branch'; shift += BITS) {
      const bit = bitOf(hash, shift)
      node = (node.bitmap & bit) === 0 ? undefined : node.nodes[slotOf(node.bitmap, bit)]
    }
    if (node?.kind === 'entry') return node.key === key ? node.value : undefined
    return node?.entries.find((entry) => entry.key === key)?.value
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** The map with `key` set; this map if it holds that very value already. `undefined` is no value. */
  with(key: string, value: V): PersistentMap<V> {
    const known = this.get(key)
    if (known === value && value !== undefined) return this
    const entry: Entry<V> = { kind: 'entry', hash: hashOf(key), key, value }
    const root = this.#root === undefined ? entry : put(this.#root, entry, 0)
    return new PersistentMap(known === undefined ? this.size + 1 : this.size, root)
  }

  /** The map without `key`; this map if it holds none. */
  without(key: string): PersistentMap<V> {
    if (this.#root === undefined || !this.has(key)) return this
    return new PersistentMap(this.size - 1, drop(this.#root, key, hashOf(key), 0))
  }

  *entries(): Generator<readonly [string, V]> {
    if (this.#root) yield* walk(this.#root)
  }

  *keys(): Generator<string> {
    for (const [key] of this.entries()) yield key
  }
}

/** FNV-1a over UTF-16 units. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  // FNV leaves its low bits poor, and the trie reads those first.
  return hash ^ (hash >>> 15)
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & MASK)
}

/** How many taken slots stand before the one of `bit`. */
function slotOf(bitmap: number, bit: number): number {
  let n = bitmap & (bit - 1)
  n -= (n >>> 1) & 0x55555555
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function put<V>(node: Node<V>, entry: Entry<V>, shift: number): Node<V> {
  if (node.kind !== 'branch') {
    return node.hash === entry.hash ? join(node, entry) : split(node, entry, shift)
  }
  const bit = bitOf(entry.hash, shift)
  const slot = slotOf(node.bitmap, bit)
  const below = (node.bitmap & bit) === 0 ? undefined : node.nodes[slot]
  return below === undefined
    ? { ...node, bitmap: node.bitmap | bit, nodes: node.nodes.toSpliced(slot, 0, entry) }
    : { ...node, nodes: node.nodes.with(slot, put(below, entry, shift + BITS)) }
}

/** Puts an entry beside those of the same hash, in place of the one with the same key. */
function join<V>(node: Entry<V> | Clash<V>, entry: Entry<V>): Node<V> {
  const entries = node.kind === 'entry' ? [node] : node.entries
  const others = entries.filter((other) => other.key !== entry.key)
  return others.length === 0
    ? entry
    : { kind: 'clash', hash: entry.hash, entries: [...others, entry] }
}

/** Two different hashes: branches as deep as they agree. */
function split<V>(a: Entry<V> | Clash<V>, b: Entry<V>, shift: number): Node<V> {
  const [bitA, bitB] = [bitOf(a.hash, shift), bitOf(b.hash, shift)]
  if (bitA === bitB) return { kind: 'branch', bitmap: bitA, nodes: [split(a, b, shift + BITS)] }
  const nodes = slotOf(bitA | bitB, bitA) === 0 ? [a, b] : [b, a]
  return { kind: 'branch', bitmap: bitA | bitB, nodes }
}

function drop<V>(node: Node<V>, key: string, hash: number, shift: number): Node<V> | undefined {
  if (node.kind === 'entry') return undefined
  if (node.kind === 'clash') {
    const [first, ...more] = node.entries.filter((entry) => entry.key !== key)
    return more.length === 0 || first === undefined ? first : { ...node, entries: [first, ...more] }
  }
  const bit = bitOf(hash, shift)
  const slot = slotOf(node.bitmap, bit)
  const below = node.nodes[slot]
  const left = below && drop(below, key, hash, shift + BITS)
  const nodes = left === undefined ? node.nodes.toSpliced(slot, 1) : node.nodes.with(slot, left)
  const [only, ...others] = nodes
  // INVARIANT: a branch never holds a single entry or clash, so that equal contents have equal shapes.
  if (only === undefined || (others.length === 0 && only.kind !== 'branch')) return only
  return { ...node, bitmap: left === undefined ? node.bitmap & ~bit : node.bitmap, nodes }
}

function* walk<V>(node: Node<V>): Generator<readonly [string, V]> {
  if (node.kind === 'entry') yield [node.key, node.value]
  else if (node.kind === 'clash') for (const entry of node.entries) yield [entry.key, entry.value]
  else for (const below of node.nodes) yield* walk(below)
}
