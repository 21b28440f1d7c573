// No sentence stands in the pages themselves: what people read comes from the catalogue.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const SRC = new URL('..', import.meta.url).pathname

/** The name and the creed are the same in every language. */
const SAME = new Set(['sayso', 'say-so', 'Nothing happens', 'except on somebody’s'])
const SAID = /^(aria-label|aria-description|title|label|placeholder|alt|text|hint|reason)$/

/** Words between tags, and strings in attributes that are read out or shown. */
function inlineIn(name: string, text: string): readonly string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const strings = (node: ts.Node): void => {
    // Its own attributes are looked at by themselves.
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)) return
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) note(node, node.text)
    node.forEachChild(strings)
  }
  const note = (node: ts.Node, said: string) => {
    const words = said.trim()
    if (!/\p{L}{2}/u.test(words) || SAME.has(words)) return
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${name}:${line + 1} ${words}`)
  }
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text)
    if (ts.isJsxAttribute(node) && SAID.test(node.name.getText()) && node.initializer)
      strings(node.initializer)
    node.forEachChild(look)
  }
  look(source)
  return found
}

describe('texts of the pages', () => {
  test('the search finds them', () => {
    expect(inlineIn('a.tsx', 'const a = <b title="Two words">{x} three</b>')).toEqual([
      'a.tsx:1 Two words',
      'a.tsx:1 three',
    ])
  })

  test.each(['app', 'ui', 'features/settings'])('none stands in %s', (folder) => {
    const files = readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
    const found = files
      .filter((name) => name.endsWith('.tsx') && !name.includes('.test.'))
      .flatMap((name) => inlineIn(name, readFileSync(join(SRC, folder, name), 'utf8')))
    expect(found).toEqual([])
  })
})
