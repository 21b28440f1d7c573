// What keys and buttons do to a text being written: marks around words, lists that go on, quotes, code. Pure.

/** A text and what is selected in it; the caret where both ends are one. */
export type Written = { readonly text: string; readonly start: number; readonly end: number }

/** Puts `insert` in place of what stands from `from` to `to`, and then selects. */
export type Edit = {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly select: readonly [start: number, end: number]
}

export type Format = 'strong' | 'emphasis' | 'strike' | 'code' | 'link' | 'list' | 'quote' | 'block'

/** The text after an edit. */
export function edited({ text }: Written, edit: Edit): Written {
  return {
    text: text.slice(0, edit.from) + edit.insert + text.slice(edit.to),
    start: edit.select[0],
    end: edit.select[1],
  }
}

const MARKS = { strong: '**', emphasis: '_', strike: '~~', code: '`' } as const

export function formatted(written: Written, format: Format): Edit {
  switch (format) {
    case 'link':
      return linked(written, '')
    case 'list':
      return prefixed(written, '- ')
    case 'quote':
      return prefixed(written, '> ')
    case 'block':
      return fenced(written)
    default:
      return wrapped(written, MARKS[format])
  }
}

/** Puts a mark around what is selected, or takes away the one that is there. */
function wrapped({ text, start, end }: Written, mark: string): Edit {
  const inner = text.slice(start, end)
  const { length } = mark
  if (text.slice(start - length, start) === mark && text.slice(end, end + length) === mark)
    return {
      from: start - length,
      to: end + length,
      insert: inner,
      select: [start - length, end - length],
    }
  // Marks stand close to what they mark: spaces at the ends stay outside.
  const head = inner.length - inner.trimStart().length
  const from = inner.trim() === '' ? start : start + head
  const to = inner.trim() === '' ? end : from + inner.trim().length
  return {
    from,
    to,
    insert: `${mark}${text.slice(from, to)}${mark}`,
    select: [from + length, to + length],
  }
}

/** A link around what is selected; without an address, the place for it is selected. */
export function linked({ text, start, end }: Written, address: string): Edit {
  const words = text.slice(start, end)
  const insert = `[${words}](${address})`
  const place = words === '' ? start + 1 : start + words.length + 3
  const after = start + insert.length
  return { from: start, to: end, insert, select: address === '' ? [place, place] : [after, after] }
}

/** Puts a prefix before every line of the selection, or takes it away where all have it. */
function prefixed({ text, start, end }: Written, prefix: string): Edit {
  const from = lineStart(text, start)
  const to = lineEnd(text, end)
  const lines = text.slice(from, to).split('\n')
  const isMarked = lines.every((line) => line.startsWith(prefix))
  const insert = lines
    .map((line) => (isMarked ? line.slice(prefix.length) : prefix + line))
    .join('\n')
  const after = from + insert.length
  const caret = start === end ? Math.max(from, after - (to - end)) : after
  return { from, to, insert, select: start === end ? [caret, caret] : [from, after] }
}

function fenced({ text, start, end }: Written): Edit {
  const inner = text.slice(start, end)
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : ''
  const after = end < text.length && text[end] !== '\n' ? '\n' : ''
  const insert = `${before}\`\`\`\n${inner}\n\`\`\`${after}`
  const at = start + before.length + 4
  return { from: start, to: end, insert, select: [at, at + inner.length] }
}

const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))(\s+)/
const QUOTE = /^((?:\s*>)+ ?)/

/** A new line that goes on with the list or the quote it is in; in an empty item it ends the list. */
export function continued({ text, start, end }: Written): Edit | undefined {
  const from = lineStart(text, start)
  const line = text.slice(from, lineEnd(text, start))
  const mark = markOf(line)
  if (mark === undefined || start - from < mark.length) return undefined
  if (line.trim() === mark.trim())
    return { from, to: lineEnd(text, end), insert: '', select: [from, from] }
  const insert = `\n${nextMark(line)}`
  const after = start + insert.length
  return { from: start, to: end, insert, select: [after, after] }
}

function markOf(line: string): string | undefined {
  return ITEM.exec(line)?.[0] ?? QUOTE.exec(line)?.[1]
}

function nextMark(line: string): string {
  const item = ITEM.exec(line)
  if (item === null) return markOf(line) ?? ''
  const [, indent = '', bullet, number, point = '', space = ' '] = item
  return `${indent}${bullet ?? `${Number(number) + 1}${point}`}${space}`
}

/** Moves the item of a list inwards or outwards; absent: the caret is in none. */
export function indented({ text, start, end }: Written, isOutwards: boolean): Edit | undefined {
  const from = lineStart(text, start)
  const line = text.slice(from, lineEnd(text, start))
  if (!ITEM.test(line)) return undefined
  if (!isOutwards) return { from, to: from, insert: '  ', select: [start + 2, end + 2] }
  const spaces = /^ {1,2}/.exec(line)?.[0].length ?? 0
  if (spaces === 0) return undefined
  return {
    from,
    to: from + spaces,
    insert: '',
    select: [Math.max(from, start - spaces), Math.max(from, end - spaces)],
  }
}

/** True between the fences of a block of code, or after an opening one. */
export function isInFence(text: string, at: number): boolean {
  let fence: string | undefined
  for (const line of text.slice(0, lineStart(text, at)).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark === undefined) continue
    if (fence === undefined) fence = mark
    else if (mark.startsWith(fence) && line.trim() === mark) fence = undefined
  }
  return fence !== undefined
}

/** True where Enter is a line of code: inside a block, and at the end of its opening fence; not after the closing one. */
export function isWritingCode(text: string, at: number): boolean {
  const isFence = /^ {0,3}(?:`{3,}|~{3,})[^`]*$/.test(
    text.slice(lineStart(text, at), lineEnd(text, at)),
  )
  return isInFence(text, at) !== isFence
}

/** True if there is anything in it that is shown otherwise than it is written. */
export function hasMarkup(text: string): boolean {
  return /[*_~`]|^\s*(?:[-+>]|\d+[.)])\s|\[.*\]\(|^\s*\|/m.test(text)
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}
