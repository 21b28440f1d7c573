// ST37–ST38: who did what, in a chain that cannot be changed unseen.

import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { StaleDecision } from '../src/errors.ts'
import { verifyAudit } from '../src/rules/audit.ts'
import type { NewAuditLine } from '../src/store.ts'
import { assign, commit, type Open, publish, rights } from './builders.ts'
import { opener } from './harness.ts'

const line = (target: string, rest: Partial<NewAuditLine> = {}): NewAuditLine => {
  return { command: 'promote', actor: 'user:ada', target, ...rest }
}

export function auditContract(open: Open): void {
  const fresh = opener(open)

  describe('audit', () => {
    test('[ST37] a line commits with its write or not at all', async () => {
      const { store } = await fresh(1_000)
      await commit(store, rights(assign('hall#host@ada')), { audit: line('one') })
      const refused = commit(store, publish('a'), { expect: 0 as Revision, audit: line('no') })
      await expect(refused).rejects.toThrow(StaleDecision)
      const details = { before: ['x'], after: { y: '\ud800' } }
      const audit = line('two', { reason: 'r', details })
      await commit(store, [publish('a', { idBase: 'c:1' }), publish('b')], { audit })
      await commit(store, publish('a', { idBase: 'c:1' }), { audit: line('again') })
      expect(await store.audit({ limit: 10 })).toMatchObject([
        { ...audit, number: 2, revision: 3, atMs: 1_000 },
        { ...line('one'), number: 1, revision: 1, atMs: 1_000, previousHash: '0'.repeat(64) },
      ])
    })

    test('[ST37] lines are read newest first, in pages', async () => {
      const { store } = await fresh()
      for (const who of ['a', 'b', 'c', 'd']) {
        await commit(store, rights(assign(`hall#host@${who}`)), { audit: line(who) })
      }
      const targets = async (query: { limit: number; beforeNumber?: number }) =>
        (await store.audit(query)).map(({ target }) => target)
      expect(await targets({ limit: 3 })).toEqual(['d', 'c', 'b'])
      expect(await targets({ limit: 3, beforeNumber: 2 })).toEqual(['a'])
    })

    test('[ST38] the chain holds, also across opening again', async () => {
      const { store, reopen } = await fresh()
      const add = (target: typeof store, who: string) =>
        commit(target, rights(assign(`hall#host@${who}`)), {
          audit: line(who, { details: { b: 1, a: [null, { d: 1, c: '\u0000' }] } }),
        })
      await Promise.all([add(store, 'a'), add(store, 'b')])
      const later = reopen ? await reopen() : store
      await add(later, 'c')
      const lines = await later.audit({ limit: 10 })
      expect(verifyAudit(lines)).toEqual({ intact: true, lines: 3 })
      expect(verifyAudit(lines.slice(0, 2))).toEqual({ intact: true, lines: 2 })
    })
  })
}
