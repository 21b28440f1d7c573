// A look at MessagePack before it is decoded. A decoder allocates what headers claim, so three bytes can ask for
// megabytes and nesting multiplies it; this walk allocates nothing and lets through only what the bytes really hold.

type Item = {
  /** Bytes of the header. */
  readonly head: number
  /** Bytes after the header that belong to this item alone. */
  readonly body: number
  /** Items that follow inside it. */
  readonly children: number
}

const scalar = (head: number): Item => ({ head, body: 0, children: 0 })
const leaf = (head: number, body: number): Item => ({ head, body, children: 0 })
const branch = (head: number, children: number): Item => ({ head, body: 0, children })

/**
 * Says what is wrong with bytes that should be one MessagePack value, or undefined if nothing is: complete, nothing
 * behind it, at most `maxLevels` nested maps and arrays, no extension types.
 */
export function shapeProblem(bytes: Uint8Array, maxLevels: number): string | undefined {
  const open: number[] = []
  let at = 0
  let left = 1
  while (left > 0) {
    const item = itemAt(bytes, at)
    if (item === undefined) return `unexpected byte or end at ${at}`
    at += item.head + item.body
    if (at > bytes.length) return `ends early, at ${bytes.length}`
    left -= 1
    if (item.children > 0) {
      open.push(left)
      left = item.children
      if (open.length > maxLevels) return `more than ${maxLevels} levels deep`
    }
    while (left === 0 && open.length > 0) left = open.pop() ?? 0
  }
  return at === bytes.length ? undefined : `${bytes.length - at} bytes too many`
}

function itemAt(bytes: Uint8Array, at: number): Item | undefined {
  const type = bytes[at]
  if (type === undefined) return undefined
  if (type < 0x80 || type >= 0xe0) return scalar(1)
  if (type < 0x90) return branch(1, (type & 0x0f) * 2)
  if (type < 0xa0) return branch(1, type & 0x0f)
  if (type < 0xc0) return leaf(1, type & 0x1f)
  return wideItem(type, (size) => sizeAt(bytes, at + 1, size))
}

// 0xc1 is unassigned; 0xc7–0xc9 and 0xd4–0xd8 are extensions. All of them are refused by not being here.
const fixed: Readonly<Record<number, Item>> = {
  192: scalar(1),
  194: scalar(1),
  195: scalar(1),
  202: scalar(5),
  203: scalar(9),
  204: scalar(2),
  205: scalar(3),
  206: scalar(5),
  207: scalar(9),
  208: scalar(2),
  209: scalar(3),
  210: scalar(5),
  211: scalar(9),
}

function wideItem(type: number, size: (bytes: number) => number | undefined): Item | undefined {
  const known = fixed[type]
  if (known !== undefined) return known
  const width = widths[type]
  const count = width === undefined ? undefined : size(width)
  if (width === undefined || count === undefined) return undefined
  if (type <= 0xdb) return leaf(1 + width, count)
  return branch(1 + width, type >= 0xde ? count * 2 : count)
}

// Bytes of the length of bin 8/16/32, str 8/16/32, array 16/32 and map 16/32.
const widths: Readonly<Record<number, number>> = {
  196: 1,
  197: 2,
  198: 4,
  217: 1,
  218: 2,
  219: 4,
  220: 2,
  221: 4,
  222: 2,
  223: 4,
}

function sizeAt(bytes: Uint8Array, at: number, width: number): number | undefined {
  let size = 0
  for (let i = at; i < at + width; i++) {
    const byte = bytes[i]
    if (byte === undefined) return undefined
    size = size * 256 + byte
  }
  return size
}
