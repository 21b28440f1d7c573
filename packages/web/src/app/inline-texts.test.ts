// No sentence stands in the pages themselves: what people read comes from the catalogue.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const SRC = new URL('..', import.meta.url).pathname

/** The same in every language. */
const SAME = new Set([
  'sayso',
  'say-so',
  'Nothing happens',
  'except on somebody’s',
  // The mark of a condition in a cell of the matrix.
  'if',
  // Languages are called by their own names.
  'English',
  'Deutsch',
])
const SAID = /^(aria-label|aria-description|title|label|placeholder|alt|text|hint|reason)$/

const COMPARES = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
])
/** The catalogue itself. */
const CATALOGUE = /(^|[-/])(texts|grammar)(-[a-z]+)?(\.de)?\.ts$/

/** Words between tags, and strings in attributes and members that are read out or shown. */
function inlineIn(name: string, text: string): readonly string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const strings = (node: ts.Node): void => {
    // Its own attributes are looked at by themselves.
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)) return
    // What something is compared with is not said.
    if (ts.isBinaryExpression(node) && COMPARES.has(node.operatorToken.kind)) return
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
    // What is said later, by whoever gets the object.
    if (ts.isPropertyAssignment(node) && SAID.test(node.name.getText())) {
      const said = node.initializer
      if (ts.isStringLiteralLike(said) && /^\p{Lu}/u.test(said.text)) note(said, said.text)
    }
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
    expect(
      inlineIn(
        'a.tsx',
        "const a = { label: 'Retry' }; const b = <b title={x === 'off' ? y : z} />",
      ),
    ).toEqual(['a.tsx:1 Retry'])
  })

  test.each(['app', 'ui', 'features'])('none stands in %s', (folder) => {
    const files = readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
    const found = files
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && !CATALOGUE.test(name))
      .flatMap((name) => inlineIn(name, readFileSync(join(SRC, folder, name), 'utf8')))
    expect(found).toEqual([])
  })
})
