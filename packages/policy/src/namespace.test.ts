import { describe, expect, test } from 'vitest'
import { house } from '../test/worlds.ts'
import { PolicyInvalid, parsePolicy } from './document/index.ts'
import type { Credential } from './index.ts'
import type { KeyId, Revision, SubjectId } from './names.ts'
import { isStranger, namespaceOf } from './namespace.ts'
import { compilePolicy } from './policy.ts'
import { emptyWorld, foldRights } from './world.ts'

const document = {
  ...house,
  namespaces: {
    log: { persisted: false },
    news: { mutable: false },
    club: { identified: true },
    memo: { persisted: false, identified: true },
  },
}
const policy = compilePolicy(document)
const usual = { persisted: true, mutable: true, identified: false }

describe('namespaces', () => {
  test.each([
    ['log:1', { persisted: false, mutable: false, identified: false }],
    ['log', { persisted: false, mutable: false, identified: false }],
    ['[?rewind=1]log:1', { persisted: false, mutable: false, identified: false }],
    ['news:a:b', { ...usual, mutable: false }],
    ['club:x', { ...usual, identified: true }],
    ['logs:1', usual],
    ['other', usual],
    ['constructor:x', usual],
    ['[meta]log:1', usual],
  ])('[PO170] `%s` behaves as the part before the first colon says, or as usual', (name, is) => {
    expect(namespaceOf(policy, name)).toEqual(is)
    expect(namespaceOf(compilePolicy(house), name)).toEqual(usual)
  })

  test('[PO171] rooms keep their messages, and those can be changed', () => {
    expect(namespaceOf(policy, 'memo::$chat')).toEqual({ ...usual, identified: true })
    expect(namespaceOf(policy, 'news::$chat')).toEqual(usual)
  })

  test('[PO172] who has no identity is a stranger where only identified ones may be; a key is not', () => {
    const change = { kind: 'put-policy', document, text: '' } as const
    const world = foldRights(emptyWorld, [change], 1 as Revision)
    const anonymous: Credential = { kind: 'token', key: 'k' as KeyId, capability: {} }
    const ada: Credential = { ...anonymous, subject: 'user:ada' as SubjectId }
    expect(isStranger(world, anonymous, 'club:x')).toBe(true)
    expect(isStranger(world, anonymous, 'log:x')).toBe(false)
    expect(isStranger(world, ada, 'club:x')).toBe(false)
    expect(isStranger(world, { kind: 'key', key: 'k' as KeyId }, 'club:x')).toBe(false)
  })

  test('[PO173] a document with contradictory or unknown settings is refused, each at its place', () => {
    const text = (namespaces: string) =>
      `version: 1\ntenant: { key: a, roles: {} }\ntypes: {}\nnamespaces:\n${namespaces}`
    expect(parsePolicy(text('  log: { persisted: false }')).namespaces).toEqual({
      log: { persisted: false },
    })
    const problems = (namespaces: string): readonly string[] => {
      try {
        parsePolicy(text(namespaces))
      } catch (error) {
        if (error instanceof PolicyInvalid) return error.problems.map(({ path }) => path)
        throw error
      }
      return []
    }
    expect(problems('  log: { persisted: false, mutable: true }')).toEqual([
      'namespaces.log.mutable',
    ])
    expect(problems('  log: { kept: true }')).toEqual(['namespaces.log.kept'])
    expect(problems('  log: { persisted: 1 }')).toEqual(['namespaces.log.persisted'])
    expect(problems('  "a:b": {}')).toEqual(['namespaces.a:b'])
  })
})
