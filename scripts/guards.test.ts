// The guards of this repository, tested: each is broken once and must fire, and what the documents name must exist.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { specProblems } from './spec.mjs'
import { trip } from './trip.mjs'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

describe('guards', () => {
  test('every direction and lint rule catches what breaks it', () => {
    expect(trip(root, join(root, '.tmp/trip'))).toEqual([])
  })

  test('every rule of a SPEC has a test, and every test of a core package has a rule', () => {
    expect(specProblems(root).problems).toEqual([])
  })

  test('ARCHITECTURE.md names only files that exist', () => {
    const named = [
      ...read('ARCHITECTURE.md').matchAll(/`([\w./-]+\.(?:tsx?|mjs|cjs|json|sh))`/g),
    ].map(([, file]) => file ?? '')
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('links of the README lead somewhere', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, file]) => file ?? '',
    )
    expect(links.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})
