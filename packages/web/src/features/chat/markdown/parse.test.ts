import { type Node, Parser } from 'commonmark'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMisleading, safeHref, withoutTrailing } from './links.ts'
import { parseMarkdown } from './parse.ts'
import { type Block, DEEPEST, type Inline } from './tree.ts'

/** The tree as one line, so that tests can be read: `p(a strong(b))`. */
function shown(blocks: readonly Block[]): string {
  return blocks.map(blockShown).join(' ')
}

function blockShown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `p(${inline(block.children)})`
    case 'code':
      return `code${block.language === undefined ? '' : `:${block.language}`}(${block.text})`
    case 'table':
      return `table(${block.text})`
    case 'quote':
      return `quote(${shown(block.children)})`
    case 'list':
      return `${block.start === undefined ? 'ul' : `ol${block.start}`}(${block.items.map((item) => `li(${shown(item)})`).join('')})`
  }
}

function inline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text
        case 'code':
          return `code(${node.text})`
        case 'emoji':
          return `emoji(${node.code})`
        case 'link':
          return `a<${node.href}>(${inline(node.children)})`
        default:
          return `${node.kind}(${inline(node.children)})`
      }
    })
    .join('')
}

const read = (source: string) => shown(parseMarkdown(source))

describe('blocks', () => {
  test.each([
    ['plain words', 'p(plain words)'],
    ['one\ntwo', 'p(one\ntwo)'],
    ['one\n\n\ntwo', 'p(one) p(two)'],
    ['', ''],
    ['  \n ', ''],
    ['# no heading', 'p(# no heading)'],
    ['```ts\nconst a = 1\n\n```\nafter', 'code:ts(const a = 1\n) p(after)'],
    ['before\n```\n> raw *text*\n```', 'p(before) code(> raw *text*)'],
    ['```js\nstill being written', 'code:js(still being written)'],
    ['~~~\n```\n~~~', 'code(```)'],
    ['```one line```', 'p(code(one line))'],
    ['> a\n> b\nc', 'quote(p(a\nb)) p(c)'],
    ['> > deep\n> out', 'quote(quote(p(deep)) p(out))'],
    ['- a\n- b', 'ul(li(p(a))li(p(b)))'],
    ['* a\n\n* b\n\nc', 'ul(li(p(a))li(p(b))) p(c)'],
    ['3. a\n4. b', 'ol3(li(p(a))li(p(b)))'],
    ['1) a', 'ol1(li(p(a)))'],
    ['- a\n  - b\n    - c\n- d', 'ul(li(p(a) ul(li(p(b) ul(li(p(c))))))li(p(d)))'],
    ['- a\n\tb', 'ul(li(p(a\n  b)))'],
    ['- ```\n  x\n  ```\n- b', 'ul(li(code(x))li(p(b)))'],
    ['- a\n1. b', 'ul(li(p(a))) ol1(li(p(b)))'],
    ['It was\n1984. A year.', 'p(It was\n1984. A year.)'],
    ['Buy\n- milk', 'p(Buy) ul(li(p(milk)))'],
    ['-5 degrees', 'p(-5 degrees)'],
    ['- ', 'ul(li())'],
    ['| a | b |\n|---|---|\n| 1 | 2 |\nafter', 'table(| a | b |\n|---|---|\n| 1 | 2 |) p(after)'],
    ['|only a line|', 'p(|only a line|)'],
    ['a\r\nb\rc', 'p(a\nb\nc)'],
  ])('%j', (source, expected) => {
    expect(read(source)).toBe(expected)
  })
})

describe('inside a paragraph', () => {
  test.each([
    ['**bold** and *thin* and _thin_', 'p(strong(bold) and emphasis(thin) and emphasis(thin))'],
    ['~~gone~~ ~not~', 'p(strike(gone) ~not~)'],
    ['***both***', 'p(emphasis(strong(both)))'],
    ['**a *b* c**', 'p(strong(a emphasis(b) c))'],
    ['2 * 3 * 4 and a_b_c', 'p(2 * 3 * 4 and a_b_c)'],
    ['**open', 'p(**open)'],
    ['\\*not\\* \\a', 'p(*not* \\a)'],
    ['`**raw**` ``a`b``', 'p(code(**raw**) code(a`b))'],
    ['`open', 'p(`open)'],
    ['see https://a.example/x_y_z.', 'p(see a<https://a.example/x_y_z>(https://a.example/x_y_z).)'],
    ['**https://a.example**', 'p(strong(a<https://a.example/>(https://a.example)))'],
    ['(https://a.example/b_(c))', 'p((a<https://a.example/b_(c)>(https://a.example/b_(c))))'],
    ['<https://a.example>', 'p(a<https://a.example/>(https://a.example))'],
    ['[words *here*](https://a.example)', 'p(a<https://a.example/>(words emphasis(here)))'],
    ['[x](javascript:alert(1))', 'p([x](javascript:alert(1)))'],
    ['[x](data:text/html,1) [y](//a.example)', 'p([x](data:text/html,1) [y](//a.example))'],
    [
      '[a [b](https://b.example)](https://c.example)',
      'p([a a<https://b.example/>(b)](a<https://c.example/>(https://c.example)))',
    ],
    ['![picture](https://a.example/p.png)', 'p(!a<https://a.example/p.png>(picture))'],
    ['<b>no</b> &amp;', 'p(<b>no</b> &amp;)'],
    [':tada: at 10:30:45 std::vec::x', 'p(emoji(tada) at 10:30:45 std::vec::x)'],
    ['[https://b.example](https://c.example)', 'p(a<https://c.example/>(https://b.example))'],
    ['xhttps://a.example', 'p(xhttps://a.example)'],
    ['**😀**x', 'p(**😀**x)'],
  ])('%j', (source, expected) => {
    expect(read(source)).toBe(expected)
  })
})

describe('links', () => {
  test('only pages and mails can be followed', () => {
    for (const bad of [
      'javascript:1',
      ' javascript:1',
      'vbscript:x',
      'data:,x',
      'file:///x',
      'blob:x',
      '/x',
      'x',
    ])
      expect(safeHref(bad)).toBeUndefined()
    expect(safeHref('mailto:ada@example.com')).toBe('mailto:ada@example.com')
  })

  test('words that name another place are told', () => {
    expect(isMisleading('https://bank.example', 'https://evil.example/')).toBe(true)
    expect(isMisleading('bank.example/login', 'https://evil.example/')).toBe(true)
    expect(isMisleading('www.bank.example', 'https://bank.example/x')).toBe(false)
    expect(isMisleading('the bank', 'https://bank.example/x')).toBe(false)
    expect(isMisleading('Version 2.4 is out', 'https://a.example/')).toBe(false)
  })

  test('a bare address ends before what ends the sentence', () => {
    expect(withoutTrailing('https://a.example/b).')).toBe('https://a.example/b')
    expect(withoutTrailing('https://a.example/b_(c))')).toBe('https://a.example/b_(c)')
  })
})

/** What CommonMark's reference reads, in the same words. */
function theirs(node: Node | null): string {
  let text = ''
  for (let one = node; one !== null; one = one.next) text += theirsOf(one)
  return text
}

function theirsOf(node: Node): string {
  switch (node.type) {
    case 'text':
      return node.literal ?? ''
    case 'code':
      return `code(${node.literal})`
    case 'emph':
      return `emphasis(${theirs(node.firstChild)})`
    case 'strong':
      return `strong(${theirs(node.firstChild)})`
    case 'paragraph':
      return `p(${theirs(node.firstChild)})`
    default:
      return `?${node.type}`
  }
}

const pieces = fc.constantFrom(
  'a',
  'b',
  ' ',
  '*',
  '**',
  '***',
  '_',
  '__',
  '`',
  '``',
  '\\',
  '.',
  '(',
  'é',
  '€',
)
const lines = fc.array(pieces, { minLength: 1, maxLength: 24 }).map((all) => `a${all.join('')}b`)

describe('random texts', () => {
  const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 3_000) }

  test('marks and code pair as CommonMark says', () => {
    fc.assert(
      fc.property(lines, (source) => {
        expect(read(source)).toBe(theirs(new Parser().parse(source).firstChild))
      }),
      runs,
    )
  })

  const markup = fc.constantFrom(
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '\n',
    '\n\n',
    '- ',
    '1. ',
    '> ',
    '[',
    ']',
    '](',
    '(',
    ')',
    'https://a.example',
    '<',
    '>',
    ':tada:',
    '|',
    '---',
    '\\',
    '    ',
    '\t',
    'x',
    ' ',
    '@',
    '#',
    '😀',
    '\u202e',
    '\u0000',
  )

  test('every text is read, and nothing is said that was not written', () => {
    const parts = fc.array(fc.oneof(markup, fc.string({ unit: 'grapheme', maxLength: 6 })), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(parts, (all) => {
        const source = all.join('')
        const blocks = parseMarkdown(source)
        expect(deepest(blocks)).toBeLessThanOrEqual(DEEPEST * 2)
        expect(isWithin(lettersOf(leaves(blocks)), lettersOf(source))).toBe(true)
      }),
      runs,
    )
  })

  test.each([
    ['**a ', 20_000],
    ['*a **b ', 10_000],
    ['[', 60_000],
    ['[a](', 15_000],
    ['![]', 20_000],
    ['`'.repeat(3).concat('a'), 15_000],
    ['> ', 30_000],
    ['- ', 30_000],
    ['  - a\n', 10_000],
    ['https://', 8_000],
    ['_a_*', 15_000],
    ['```\n', 15_000],
    ['\\', 60_000],
    [':a', 30_000],
    ['<https://', 7_000],
  ])('%j many times over is read like any other', (part, times) => {
    const blocks = parseMarkdown(part.repeat(times))
    expect(deepest(blocks)).toBeLessThanOrEqual(DEEPEST * 2)
  })
})

function leaves(nodes: readonly (Block | Inline)[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return leaves(node.children)
      if ('items' in node) return leaves(node.items.flat())
      return node.kind === 'emoji' ? node.code : node.text
    })
    .join('')
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^a-z]/g, '')
}

/** True if the letters of one stand in the other in their order. */
function isWithin(one: string, other: string): boolean {
  let at = 0
  for (const letter of other) if (letter === one[at]) at += 1
  return at === one.length
}

function deepest(nodes: readonly (Block | Inline)[]): number {
  return nodes.reduce((depth, node) => {
    const inner: readonly (Block | Inline)[] =
      'children' in node ? node.children : 'items' in node ? node.items.flat() : []
    return Math.max(depth, 1 + deepest(inner))
  }, 0)
}
