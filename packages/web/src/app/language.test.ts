import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterEach, describe, expect, test } from 'vitest'
import { preferred } from '../ui/language.ts'
import { englishParts, speak, words } from '../ui/words.ts'
import { german } from './de.ts'

const SRC = new URL('..', import.meta.url).pathname

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : []
  })
}

/** Every name in an object, inner ones with dots. */
function namesOf(value: object, before = ''): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null
      ? namesOf(inner, `${before}${name}.`)
      : [`${before}${name}`],
  )
}

/** Where texts of the catalogue are read while a module loads: what was read then stays in the language of then. */
function readAtLoading(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const names = new Set<string>()
  const found: string[] = []
  const collect = (node: ts.Node): void => {
    if (
      ts.isImportDeclaration(node) &&
      /\/(texts|grammar)[^/]*'?$/.test(node.moduleSpecifier.getText())
    ) {
      node.importClause?.namedBindings?.forEachChild((one) => {
        const isType = ts.isImportSpecifier(one) && one.isTypeOnly
        if (ts.isImportSpecifier(one) && !isType && node.importClause?.isTypeOnly !== true)
          names.add(one.name.text)
      })
    }
  }
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    if (ts.isIdentifier(node) && names.has(node.text)) {
      const isRead = ts.isPropertyAccessExpression(node.parent) || ts.isCallExpression(node.parent)
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      if (isRead) found.push(`${path}:${line + 1} ${node.parent.getText()}`)
    }
    node.forEachChild(look)
  }
  source.forEachChild(collect)
  source.forEachChild(look)
  return found
}

describe('languages', () => {
  afterEach(() => speak('en'))

  test('the first language of the browser that we have', () => {
    expect(preferred(['fr-FR', 'de-AT', 'en-US'])).toBe('de')
    expect(preferred(['en-GB', 'de'])).toBe('en')
    expect(preferred(['xx'])).toBe('en')
    expect(preferred([])).toBe('en')
  })

  test('a part speaks the language of now, and English where it has nothing', () => {
    const texts = words('a part of a test', { yes: 'Yes', no: 'No' })
    expect(texts.yes).toBe('Yes')
    speak('de', { 'a part of a test': { yes: 'Ja' } })
    expect(texts.yes).toBe('Ja')
    expect(texts.no).toBe('No')
  })

  test('German is complete, and has nothing that English lacks', async () => {
    const parts = sources(SRC).filter((path) => /\bwords\(/.test(readFileSync(path, 'utf8')))
    for (const path of parts) if (!path.endsWith('ui/words.ts')) await import(path)
    const english = new Map([...englishParts()].filter(([part]) => !part.includes(' ')))
    expect(Object.keys(german).sort()).toEqual([...english.keys()].sort())
    for (const [part, texts] of english) {
      expect(namesOf(german[part] ?? {}).toSorted(), part).toEqual(namesOf(texts).toSorted())
    }
  })

  test('no text is read while a module loads', () => {
    const files = sources(SRC)
    expect(files.flatMap((path) => readAtLoading(path, readFileSync(path, 'utf8')))).toEqual([])
    const bad =
      "import { texts } from './texts.ts'\nconst TITLE = texts.title\nconst f = () => texts.title\n"
    expect(readAtLoading('bad.ts', bad)).toHaveLength(1)
  })
})
