// Reads the inside of a paragraph: marks, code, links, emoji. The pairing of marks follows CommonMark 0.31, section 6.2, in
// one pass over a linked list, so that no text takes longer than its length. Pure.

import { safeHref, withoutTrailing } from './links.ts'
import { DEEPEST, type Inline } from './tree.ts'

/** A piece of the line: finished, or a mark that may still open or close something. */
type Piece = {
  node: Inline
  depth: number
  mark?: Mark | undefined
  before: Piece | undefined
  after: Piece | undefined
}

type Mark = {
  readonly char: string
  /** Where it stands in the source. */
  readonly at: number
  /** Marks not yet used; and as they were written. */
  left: number
  readonly length: number
  readonly opens: boolean
  readonly closes: boolean
  /** The mark before it that may still open something. */
  previous: Piece | undefined
  next: Piece | undefined
}

const SPECIAL = /[\\`*_~[\]<:]|https?:\/\//gi
const ESCAPED = /\\([!-/:-@[-`{-~])/y
const EMOJI = /:([a-z0-9_+-]{1,40}):(?![\p{L}\p{N}])/uy
const ANGLE = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/iy
const BARE = /https?:\/\/[^\s<>[\]"'`]{1,4000}/iy
const TARGET =
  /\(\s*(?:<([^<>\n]{0,2000})>|([^\s()<>]{1,2000}(?:\([^\s()<>]{0,2000}\)[^\s()<>]{0,2000})?))(?:\s+"[^"\n]{0,500}")?\s*\)/y

export function inlineOf(source: string): readonly Inline[] {
  return new Reader(source).read()
}

class Reader {
  readonly #source: string
  #at = 0
  #first: Piece | undefined
  #last: Piece | undefined
  /** The last mark that may still open something. */
  #lastMark: Piece | undefined
  /** `[` that wait for their `]`. */
  readonly #brackets: { readonly piece: Piece; readonly mark: Piece | undefined }[] = []
  /** Where runs of backticks begin, by their length; made at the first one. */
  #ticks: Map<number, readonly number[]> | undefined

  constructor(source: string) {
    this.#source = source
  }

  read(): readonly Inline[] {
    const source = this.#source
    while (this.#at < source.length) {
      SPECIAL.lastIndex = this.#at
      const next = SPECIAL.exec(source)?.index ?? source.length
      if (next > this.#at) this.#text(source.slice(this.#at, next))
      this.#at = next
      if (next < source.length) this.#special(source[next] ?? '')
    }
    this.#pairMarks(undefined)
    return nodesOf(this.#first, undefined)
  }

  #special(char: string): void {
    switch (char) {
      case '\\':
        return this.#taken(ESCAPED, (match) => this.#text(match[1] ?? ''))
      case '`':
        return this.#code()
      case '*':
      case '_':
      case '~':
        return this.#mark(char)
      case '[':
        this.#brackets.push({ piece: this.#text('['), mark: this.#lastMark })
        this.#at += 1
        return
      case ']':
        return this.#closeBracket()
      case '<':
        return this.#taken(ANGLE, (match) => this.#link(match[1] ?? '', match[0]))
      case ':':
        return this.#emoji()
      default:
        return this.#bare()
    }
  }

  /** Takes what a pattern matches here, or the one character as text. */
  #taken(pattern: RegExp, take: (match: RegExpExecArray) => void): void {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    if (match === null) {
      this.#text(this.#source[this.#at] ?? '')
      this.#at += 1
    } else {
      take(match)
      this.#at += match[0].length
    }
  }

  #emoji(): void {
    // The colons of a time or a path belong to what stands before them.
    if (/[\p{L}\p{N}:]/u.test(this.#source[this.#at - 1] ?? '')) {
      this.#text(':')
      this.#at += 1
    } else this.#taken(EMOJI, (match) => this.#add({ kind: 'emoji', code: match[1] ?? '' }))
  }

  #bare(): void {
    BARE.lastIndex = this.#at
    const found = BARE.exec(this.#source)?.[0]
    const address = found === undefined ? '' : withoutTrailing(found)
    const isInWord = /[\p{L}\p{N}]/u.test(this.#source[this.#at - 1] ?? '')
    const text = address === '' || isInWord ? this.#source.slice(this.#at, this.#at + 7) : address
    if (text === address) this.#link(address, address)
    else this.#text(text)
    this.#at += text.length
  }

  #link(address: string, source: string): void {
    const href = safeHref(address)
    if (href === undefined) this.#text(source)
    else this.#add({ kind: 'link', href, children: [{ kind: 'text', text: address }] }, 1)
  }

  #code(): void {
    const length = runAt(this.#source, this.#at)
    const end = this.#closingTicks(length, this.#at + length)
    if (end === undefined) {
      this.#text('`'.repeat(length))
      this.#at += length
      return
    }
    const inner = this.#source.slice(this.#at + length, end).replaceAll('\n', ' ')
    const isPadded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== ''
    this.#add({ kind: 'code', text: isPadded ? inner.slice(1, -1) : inner })
    this.#at = end + length
  }

  #closingTicks(length: number, from: number): number | undefined {
    this.#ticks ??= ticksOf(this.#source)
    return firstFrom(this.#ticks.get(length) ?? [], from)
  }

  #mark(char: string): void {
    const start = this.#at
    const length = runAt(this.#source, start)
    this.#at += length
    const piece = this.#text(this.#source.slice(start, this.#at))
    if (char === '~' && length !== 2) return
    const side = sidesOf(this.#source, start, this.#at)
    const opens = char === '_' ? side.left && (!side.right || side.punctuatedBefore) : side.left
    const closes = char === '_' ? side.right && (!side.left || side.punctuatedAfter) : side.right
    if (!opens && !closes) return
    const previous = this.#lastMark
    piece.mark = { char, at: start, left: length, length, opens, closes, previous, next: undefined }
    if (previous?.mark !== undefined) previous.mark.next = piece
    this.#lastMark = piece
  }

  #closeBracket(): void {
    const open = this.#brackets.pop()
    TARGET.lastIndex = this.#at + 1
    const target = open === undefined ? null : TARGET.exec(this.#source)
    const href = target === null ? undefined : safeHref(target[1] ?? target[2] ?? '')
    if (open === undefined || target === null || href === undefined) {
      this.#text(']')
      this.#at += 1
      return
    }
    this.#pairMarks(open.mark)
    const children = nodesOf(open.piece.after, undefined).flatMap(withoutLinks)
    this.#last = open.piece.before
    if (this.#last === undefined) this.#first = undefined
    else this.#last.after = undefined
    // A link in a link would be two places to go at once: those outside are text.
    this.#brackets.length = 0
    const words = children.length === 0 ? [{ kind: 'text' as const, text: href }] : children
    this.#add({ kind: 'link', href, children: words }, 1 + depthOf(words))
    this.#at += 1 + target[0].length
  }

  /** Pairs the marks after `bottom`; those that found no partner stay as text. */
  #pairMarks(bottom: Piece | undefined): void {
    /** Below these there is nothing to open for a closing mark of that kind: CommonMark's `openers_bottom`. */
    const floors = new Map<string, number>()
    let closer = bottom === undefined ? this.#firstMark() : bottom.mark?.next
    while (closer?.mark !== undefined) {
      const { mark }: Piece = closer
      const opener = mark.closes ? this.#openerOf(mark, floors, bottom) : undefined
      if (opener !== undefined) this.#wrap(opener, closer)
      else if (!mark.opens) this.#dropMark(closer)
      // What has marks left may close something further out.
      if (opener === undefined || mark.left === 0) closer = mark.next
    }
    this.#lastMark = bottom
    if (bottom?.mark !== undefined) bottom.mark.next = undefined
  }

  #firstMark(): Piece | undefined {
    let piece = this.#lastMark
    while (piece?.mark?.previous !== undefined) piece = piece.mark.previous
    return piece
  }

  #openerOf(mark: Mark, floors: Map<string, number>, bottom: Piece | undefined): Piece | undefined {
    const kind = `${mark.char}${mark.opens}${mark.length % 3}`
    const floor = floors.get(kind) ?? bottom?.mark?.at ?? -1
    for (let opener = mark.previous; opener?.mark !== undefined; opener = opener.mark.previous) {
      if (opener.mark.at <= floor) break
      if (isPair(opener.mark, mark)) return opener
    }
    floors.set(kind, mark.previous?.mark?.at ?? -1)
    return undefined
  }

  #wrap(opener: Piece, closer: Piece): void {
    const open = opener.mark
    const close = closer.mark
    if (open === undefined || close === undefined) return
    const count = open.left >= 2 && close.left >= 2 ? 2 : 1
    // Marks between the two can no longer find a partner outside.
    open.next = closer
    close.previous = opener
    const inside = opener.after === closer ? undefined : opener.after
    const children = nodesOf(inside, closer)
    const depth = deepest(inside, closer) + 1
    if (children.length > 0 && depth <= DEEPEST) {
      const kind = open.char === '~' ? 'strike' : count === 2 ? 'strong' : 'emphasis'
      const piece: Piece = { node: { kind, children }, depth, before: opener, after: closer }
      opener.after = piece
      closer.before = piece
      shorten(opener, open, count)
      shorten(closer, close, count)
    } else {
      open.left = 0
      close.left = 0
    }
    if (open.left === 0) this.#dropMark(opener)
    if (close.left === 0) this.#dropMark(closer)
  }

  #dropMark(piece: Piece): void {
    const { previous, next } = piece.mark ?? {}
    if (previous?.mark !== undefined) previous.mark.next = next
    if (next?.mark !== undefined) next.mark.previous = previous
    if (this.#lastMark === piece) this.#lastMark = previous
  }

  #text(text: string): Piece {
    return this.#add({ kind: 'text', text })
  }

  #add(node: Inline, depth = 0): Piece {
    const piece: Piece = { node, depth, before: this.#last, after: undefined }
    if (this.#last === undefined) this.#first = piece
    else this.#last.after = piece
    this.#last = piece
    return piece
  }
}

/** CommonMark's rule of three: `*a**b*` is not torn apart. */
function isPair(open: Mark, close: Mark): boolean {
  if (!open.opens || open.char !== close.char || open.left === 0) return false
  const isMixed = open.closes || close.opens
  const isThird = (open.length + close.length) % 3 === 0
  return !isMixed || !isThird || (open.length % 3 === 0 && close.length % 3 === 0)
}

function shorten(piece: Piece, mark: Mark, count: number): void {
  mark.left -= count
  piece.node = { kind: 'text', text: mark.char.repeat(mark.left) }
}

function runAt(source: string, start: number): number {
  let end = start + 1
  while (source[end] === source[start]) end += 1
  return end - start
}

const SPACE = /[\s\u00A0]/u
const PUNCTUATION = /[\p{P}\p{S}]/u

function sidesOf(source: string, start: number, end: number) {
  const before = start === 0 ? ' ' : charBefore(source, start)
  const after = end >= source.length ? ' ' : String.fromCodePoint(source.codePointAt(end) ?? 32)
  const isSpaceBefore = SPACE.test(before)
  const isSpaceAfter = SPACE.test(after)
  const punctuatedBefore = PUNCTUATION.test(before)
  const punctuatedAfter = PUNCTUATION.test(after)
  return {
    left: !isSpaceAfter && (!punctuatedAfter || isSpaceBefore || punctuatedBefore),
    right: !isSpaceBefore && (!punctuatedBefore || isSpaceAfter || punctuatedAfter),
    punctuatedBefore,
    punctuatedAfter,
  }
}

/** The character before a place, whole: half of an emoji is no letter. */
function charBefore(source: string, at: number): string {
  const two = at > 1 ? source.codePointAt(at - 2) : undefined
  return two !== undefined && two > 0xff_ff ? String.fromCodePoint(two) : (source[at - 1] ?? ' ')
}

function ticksOf(source: string): Map<number, readonly number[]> {
  const runs = new Map<number, number[]>()
  for (const match of source.matchAll(/`+/g)) {
    const known = runs.get(match[0].length)
    if (known === undefined) runs.set(match[0].length, [match.index])
    else known.push(match.index)
  }
  return runs
}

/** The first of sorted numbers that is at least `from`. */
function firstFrom(sorted: readonly number[], from: number): number | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return sorted[low]
}

function deepest(from: Piece | undefined, to: Piece | undefined): number {
  let depth = 0
  for (let piece = from; piece !== undefined && piece !== to; piece = piece.after)
    depth = Math.max(depth, piece.depth)
  return depth
}

/** The nodes from one piece up to another, neighbouring texts joined. */
function nodesOf(from: Piece | undefined, to: Piece | undefined): readonly Inline[] {
  const nodes: Inline[] = []
  for (let piece = from; piece !== undefined && piece !== to; piece = piece.after) {
    const { node } = piece
    const last = nodes.at(-1)
    if (node.kind !== 'text' || last?.kind !== 'text') nodes.push(node)
    else nodes[nodes.length - 1] = { kind: 'text', text: last.text + node.text }
  }
  return nodes.filter((node) => node.kind !== 'text' || node.text !== '')
}

function withoutLinks(node: Inline): readonly Inline[] {
  if (node.kind === 'link') return node.children
  if (!('children' in node)) return [node]
  return [{ ...node, children: node.children.flatMap(withoutLinks) }]
}

function depthOf(nodes: readonly Inline[]): number {
  return nodes.reduce(
    (depth, node) => Math.max(depth, 'children' in node ? 1 + depthOf(node.children) : 0),
    0,
  )
}
