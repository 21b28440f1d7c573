// Reads a message as what people write in chats: a subset of Markdown. Line ends count; headings, HTML and images are the
// text they are. Every text means something, none is an error, and none takes longer than its length. Pure.

import { inlineOf } from './inline.ts'
import { type Block, DEEPEST } from './tree.ts'

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]+)(?=\S)|[ \t]*$)/
const TABLE = /^ {0,3}\|.*\|\s*$/
const RULER = /^ {0,3}\|[\s:|-]*-[\s:|-]*\|\s*$/

/** The blocks of a message, `source` as it was sent. */
export function parseMarkdown(source: string): readonly Block[] {
  return blocksOf(source.replace(/\r\n?/g, '\n').split('\n'), 0)
}

type Lines = readonly string[]
/** A block, and the line after it. */
type Read = { readonly block: Block; readonly next: number }

function blocksOf(lines: Lines, depth: number): readonly Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      at += 1
      continue
    }
    const { block, next } = blockAt(lines, at, depth)
    blocks.push(block)
    at = next
  }
  return blocks
}

function blockAt(lines: Lines, at: number, depth: number): Read {
  const line = lines[at] ?? ''
  if (FENCE.test(line)) return fenceAt(lines, at)
  if (isTable(lines, at)) return tableAt(lines, at)
  if (depth < DEEPEST / 2) {
    if (QUOTE.test(line)) return quoteAt(lines, at, depth)
    if (ITEM.test(line)) return listAt(lines, at, depth)
  }
  return paragraphAt(lines, at, depth)
}

/** One that is not closed goes on to the end: so it looks while it is being written. */
function fenceAt(lines: Lines, at: number): Read {
  const [, fence = '', language = ''] = FENCE.exec(lines[at] ?? '') ?? []
  const isEnd = (line: string) => {
    const mark = line.trim()
    return mark.length >= fence.length && mark === (fence[0] ?? '').repeat(mark.length)
  }
  let end = at + 1
  while (end < lines.length && !isEnd(lines[end] ?? '')) end += 1
  return {
    block: {
      kind: 'code',
      text: lines.slice(at + 1, end).join('\n'),
      ...(language === '' ? {} : { language: language.toLowerCase() }),
    },
    next: end + 1,
  }
}

function isTable(lines: Lines, at: number): boolean {
  return TABLE.test(lines[at] ?? '') && RULER.test(lines[at + 1] ?? '')
}

function tableAt(lines: Lines, at: number): Read {
  let end = at
  while (TABLE.test(lines[end] ?? '')) end += 1
  return { block: { kind: 'table', text: lines.slice(at, end).join('\n') }, next: end }
}

function quoteAt(lines: Lines, at: number, depth: number): Read {
  let end = at
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''))
  return { block: { kind: 'quote', children: blocksOf(inner, depth + 1) }, next: end }
}

function listAt(lines: Lines, at: number, depth: number): Read {
  const start = numberOf(lines[at] ?? '')
  const items: (readonly Block[])[] = []
  let end = at
  while (end < lines.length) {
    const match = ITEM.exec(lines[end] ?? '')
    if (match === null || (numberOf(lines[end] ?? '') === undefined) !== (start === undefined))
      break
    const next = itemEnd(lines, end, match)
    items.push(blocksOf(itemLines(lines.slice(end, next), match), depth + 1))
    end = next
    // Items may be apart; whatever else follows an empty line is no part of the list.
    const after = skipBlank(lines, end)
    if (after > end && ITEM.test(lines[after] ?? '')) end = after
  }
  return { block: { kind: 'list', start, items }, next: end }
}

/** The line after an item: it holds what is indented under it, and lines that simply go on. */
function itemEnd(lines: Lines, at: number, match: RegExpExecArray): number {
  const least = (match[1]?.length ?? 0) + 2
  let end = at + 1
  while (end < lines.length) {
    const line = lines[end] ?? ''
    const isIndented = indentOf(line) >= least
    if (isBlank(line)) {
      const after = skipBlank(lines, end)
      if (after >= lines.length || indentOf(lines[after] ?? '') < least) break
      end = after
    } else if (isIndented || !startsBlock(lines, end)) end += 1
    else break
  }
  return end
}

function itemLines(lines: Lines, match: RegExpExecArray): Lines {
  const content = match[0].length
  const [first = '', ...others] = lines
  return [first.slice(content), ...others.map((line) => outdented(line, content))]
}

function paragraphAt(lines: Lines, at: number, depth: number): Read {
  let end = at + 1
  const isDeep = depth >= DEEPEST / 2
  while (end < lines.length && !isBlank(lines[end]) && (isDeep || !interrupts(lines, end))) end += 1
  const text = lines.slice(at, end).join('\n').trimEnd()
  return { block: { kind: 'paragraph', children: inlineOf(text) }, next: end }
}

/** Inside a paragraph a number begins a list only if it is a one: `In\n1984. It was` is a sentence. */
function interrupts(lines: Lines, at: number): boolean {
  const number = numberOf(lines[at] ?? '')
  return startsBlock(lines, at) && (number === undefined || number === 1)
}

function startsBlock(lines: Lines, at: number): boolean {
  const line = lines[at] ?? ''
  const isItem = ITEM.exec(line)?.[3] !== undefined
  return FENCE.test(line) || QUOTE.test(line) || isItem || isTable(lines, at)
}

function numberOf(line: string): number | undefined {
  const mark = ITEM.exec(line)?.[2]
  return mark === undefined || mark.length === 1 ? undefined : Number.parseInt(mark, 10)
}

function skipBlank(lines: Lines, from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at])) at += 1
  return at
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === ''
}

/** A line without the first `columns` it is indented by. */
function outdented(line: string, columns: number): string {
  const spaces = /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ') ?? ''
  return spaces.slice(columns) + line.trimStart()
}

/** Spaces a line begins with; a tab counts as it would on screen. */
function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0
}
