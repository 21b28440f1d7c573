// The words of a text without its marks, on one line: for where nothing can be drawn.

import { parseMarkdown } from './parse.ts'
import type { Block, Inline } from './tree.ts'

/** Nothing of it is kept. */
export function plainText(source: string): string {
  return parseMarkdown(source).map(ofBlock).join(' ').replaceAll(/\s+/g, ' ').trim()
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(ofInline).join('')
    case 'code':
    case 'table':
      return block.text
    case 'quote':
      return block.children.map(ofBlock).join(' ')
    case 'list':
      return block.items.map((item) => item.map(ofBlock).join(' ')).join(' ')
  }
}

function ofInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'emoji':
      return `:${inline.code}:`
    default:
      return inline.children.map(ofInline).join('')
  }
}
