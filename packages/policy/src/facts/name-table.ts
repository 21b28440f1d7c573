// The numbers of names asked for lately, packed with their letters, so that one look at memory finds and verifies them.
// A front of a map, not instead of it: names that crowd one slot, on purpose even, just fall back to the map.

/** Words of four letters: room for a type and a UUID. With the number a slot is 48 bytes. */
const MOST_WORDS = 11
const MOST_LETTERS = MOST_WORDS * 4
/** More than there are letters. */
const LENGTHS = 64
const MOST_NUMBERS = 2 ** 31 / LENGTHS
/** Powers of two. */
const LEAST_SLOTS = 16
const MOST_SLOTS = 2 ** 17

/** The letters of the name looked for, four to a word, from the second on. */
const words = new Int32Array(MOST_WORDS + 1)

/** A slot is a number with a length, and the words of a name: the shorter those may be, the more share a line of memory. */
export class NameTable {
  readonly #width: number
  #slots = new Int32Array(0)
  /** One less than there are slots. */
  #mask = -1

  /** @param letters of the longest names it keeps; a multiple of 4, at most 44 */
  constructor(letters = MOST_LETTERS) {
    this.#width = letters / 4 + 1
  }

  /** The number of a name; -1 if it is not kept. */
  get(name: string): number {
    const width = this.#width
    const { length } = name
    if (this.#mask < 0 || length >= width * 4 - 3) return -1
    const hash = pack(name)
    if (hash < 0) return -1
    const slot = hash & this.#mask
    const first = numberAt(this.#slots, slot * width, length)
    return first >= 0 ? first : numberAt(this.#slots, (slot ^ 1) * width, length)
  }

  /** Keeps the number of a name, one of so many; what was in its place moves aside, what was there is forgotten. */
  keep(name: string, number: number, names: number): void {
    const width = this.#width
    const hash = pack(name)
    if (hash < 0 || number >= MOST_NUMBERS || name.length >= width * 4 - 3) return
    this.#fit(names)
    const slot = hash & this.#mask
    const at = slot * width
    const slots = this.#slots
    const aside = (slot ^ 1) * width
    const isTaken = slots[at] !== 0
    words[0] = number * LENGTHS + name.length
    // Faster than `copyWithin` and `set` for so few.
    for (let i = 0; i < width; i++) {
      if (isTaken) slots[aside + i] = slots[at + i] ?? 0
      slots[at + i] = words[i] ?? 0
    }
  }

  /** A larger table begins empty: what is asked for again comes back. */
  #fit(names: number): void {
    const count = this.#mask + 1
    if (count > names || count === MOST_SLOTS) return
    let fitting = LEAST_SLOTS
    while (fitting <= names && fitting < MOST_SLOTS) fitting *= 2
    this.#slots = new Int32Array(fitting * this.#width)
    this.#mask = fitting - 1
  }
}

/** The number in a slot if its length and words are those looked for; -1 if not. An empty slot has no length. */
function numberAt(slots: Int32Array, at: number, length: number): number {
  const head = slots[at] ?? 0
  if ((head & (LENGTHS - 1)) !== length) return -1
  const count = (length + 3) >>> 2
  for (let i = 1; i <= count; i++) if (slots[at + i] !== words[i]) return -1
  return head >>> 6
}

/** Puts the letters into `words` and gives a hash; -1 if they do not fit: too many, none, or one that is no byte. */
function pack(name: string): number {
  const { length } = name
  if (length > MOST_LETTERS || length === 0) return -1
  let hash = length
  let bits = 0
  let at = 1
  let i = 0
  for (; i + 3 < length; i += 4) {
    const a = name.charCodeAt(i)
    const b = name.charCodeAt(i + 1)
    const c = name.charCodeAt(i + 2)
    const d = name.charCodeAt(i + 3)
    bits |= a | b | c | d
    const word = a | (b << 8) | (c << 16) | (d << 24)
    words[at++] = word
    hash = mixed(hash, word)
  }
  if (i < length) {
    let word = 0
    for (let shift = 0; i < length; i++, shift += 8) {
      const letter = name.charCodeAt(i)
      bits |= letter
      word |= letter << shift
    }
    words[at] = word
    hash = mixed(hash, word)
  }
  return bits < 256 ? hash & 0x7fffffff : -1
}

function mixed(hash: number, word: number): number {
  const next = Math.imul(hash ^ word, 0x9e3779b1)
  return next ^ (next >>> 15)
}
