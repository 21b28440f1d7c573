// ST37–ST38, ST68–ST70, ST299, ST301: who did what, in a chain that cannot be changed unseen.

import type { Revision } from '@sayso/policy'
import { describe, expect, test } from 'vitest'
import { StaleDecision } from '../src/errors.ts'
import { verifyAudit } from '../src/rules/audit.ts'
import { auditPages, verifyAuditLog } from '../src/rules/audit-log.ts'
import type { AuditQuery, NewAuditLine } from '../src/store.ts'
import { assign, commit, listen, type Open, publish, rights } from './builders.ts'
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

    test('[ST38] what it was, what it is, whence and what it did are kept and hashed', async () => {
      const { store } = await fresh()
      const flip = { subject: 'user:bob', resource: 'hall:1', gained: [], lost: ['publish'] }
      const audit = line('one', {
        before: { roles: ['host'] },
        after: { roles: [] },
        address: '192.0.2.7',
        effect: { people: 1, gained: 0, lost: 1, flips: [flip] },
      })
      await commit(store, rights(assign('hall#host@ada')), { audit })
      const [kept] = await store.audit({ limit: 1 })
      expect(kept).toMatchObject(audit)
      const changed = { address: '192.0.2.8', before: 1, after: 1, effect: { people: 0 } }
      for (const [name, value] of Object.entries(changed)) {
        const forged = kept === undefined ? [] : [{ ...kept, [name]: value }]
        expect(verifyAudit(forged)).toMatchObject({ intact: false, problem: 'changed' })
      }
    })

    test('[ST301] the newest part is checked alone, and says from which line on', async () => {
      const { store } = await fresh()
      for (let at = 1; at <= 6; at += 1)
        await commit(store, rights(assign(`hall#host@${at}`)), { audit: line(`${at}`) })
      expect(await verifyAuditLog(store, 2)).toMatchObject({ intact: true, lines: 2, from: 5 })
      expect(await verifyAuditLog(store, 6)).not.toHaveProperty('from')
      const forged = (number: number): Pick<typeof store, 'audit'> => ({
        audit: async (query) =>
          (await store.audit(query)).map((each) =>
            each.number === number ? { ...each, actor: 'user:eve' } : each,
          ),
      })
      expect(await verifyAuditLog(forged(3), 2)).toMatchObject({ intact: true })
      expect(await verifyAuditLog(forged(5), 2)).toMatchObject({ intact: false, number: 5 })
    })

    test('[ST299] lines are found by the place and the person their target names', async () => {
      const { store } = await fresh()
      const targets = [
        'hall:one#host@user:ada',
        'hall:one user:ada',
        'hall:one',
        'hall:one/01734567890123-000@site:0',
        'a/b c/01734567890123-000@site:0',
        'user:ada',
        'hall:two#host@group:crew#member',
        'hall:one\u0000#host@user:\ud800',
      ]
      for (const [at, target] of targets.entries()) {
        await commit(store, rights(assign(`hall#host@${at}`)), { audit: line(target) })
      }
      const found = async (query: Partial<AuditQuery>) =>
        (await store.audit({ limit: 100, ...query })).map(({ number }) => number).reverse()
      expect(await found({ place: 'hall:one' })).toEqual([1, 2, 3, 4])
      expect(await found({ place: 'a/b c' })).toEqual([5])
      expect(await found({ place: 'hall:two' })).toEqual([7])
      expect(await found({ person: 'user:ada' })).toEqual([1, 2, 6])
      expect(await found({ person: 'user:ada', place: 'hall:one' })).toEqual([1, 2])
      expect(await found({ place: 'hall:one\u0000', person: 'user:\ud800' })).toEqual([8])
    })

    test('[ST68] lines are found by who, what, whom and when, in pages', async () => {
      const { store, clock } = await fresh(0)
      for (let at = 1; at <= 24; at += 1) {
        clock.ms = at * 10
        const audit = {
          actor: `user:${at % 2}`,
          command: at % 3 === 0 ? 'mute' : 'pro"mo\ud800te',
          target: `user:${at % 4}`,
        }
        await commit(store, rights(assign(`hall#host@${at}`)), { audit })
      }
      const numbers = async (query: Partial<AuditQuery>) =>
        (await store.audit({ limit: 100, ...query })).map(({ number }) => number)
      expect(await numbers({ command: 'mute' })).toEqual([24, 21, 18, 15, 12, 9, 6, 3])
      expect(await numbers({ command: 'mute', actor: 'user:1' })).toEqual([21, 15, 9, 3])
      expect(await numbers({ command: 'pro"mo\ud800te', target: 'user:1' })).toEqual([17, 13, 5, 1])
      const third = { target: 'user:3', actor: 'user:1', command: 'mute' }
      expect(await numbers(third)).toEqual([15, 3])
      expect(await numbers({ actor: 'user:1', limit: 2, beforeNumber: 21 })).toEqual([19, 17])
      expect(await numbers({ sinceMs: 60, untilMs: 90 })).toEqual([9, 8, 7, 6])
      expect(await numbers({ sinceMs: 61, untilMs: 69 })).toEqual([])
      expect(await numbers({ actor: 'user:0', untilMs: 45, limit: 1 })).toEqual([4])
      expect(await numbers({ untilMs: 45, beforeNumber: 3 })).toEqual([2, 1])
      expect(await numbers({ sinceMs: 1_000 })).toEqual([])
      expect(await numbers({ untilMs: 1 })).toEqual([])
      expect(await numbers({ actor: 'user' })).toEqual([])
    })

    test('[ST69] the times of lines never go back, also of writes without entries', async () => {
      const { store, clock } = await fresh(1_000)
      const times = [1_000, 1_500, 1_200, 1_600]
      for (const [index, ms] of times.entries()) {
        clock.ms = ms
        const audit = line(`${index}`)
        const records = [{ collection: 'draft', key: 'a', value: { ms } }]
        if (index % 2 === 0) await commit(store, publish('a'), { audit })
        else await commit(store, [], { records, audit })
      }
      const lines = await store.audit({ limit: 9 })
      expect(lines.map(({ atMs }) => atMs)).toEqual([1_600, 1_500, 1_500, 1_000])
      expect(lines.map(({ revision }) => revision)).toEqual([2, 2, 1, 1])
    })

    test('[ST267] a line alone is committed, moves no revision and is fed to nobody', async () => {
      const { store, clock } = await fresh(1_000)
      await commit(store, publish('a'), { audit: line('0') })
      const heard = listen(store)
      clock.ms = 1_500
      const alone = await commit(store, [], { audit: line('1') })
      expect(alone).toMatchObject({ revision: 1, entries: [], duplicate: false })
      expect(heard).toEqual([])
      const lines = await store.audit({ limit: 9 })
      expect(lines.map(({ atMs, revision }) => [atMs, revision])).toEqual([
        [1_500, 1],
        [1_000, 1],
      ])
      expect(await verifyAuditLog(store)).toMatchObject({ intact: true, lines: 2 })
    })

    test('[ST70] the whole log is read and checked page by page', async () => {
      const { store } = await fresh()
      expect(await verifyAuditLog(store)).toEqual({ intact: true, lines: 0 })
      const all = Array.from({ length: 620 }, (_, index) => index)
      await Promise.all(all.map((n) => commit(store, publish('a'), { audit: line(`${n % 3}`) })))
      const [newest] = await store.audit({ limit: 1 })
      const last = { number: 620, hash: newest?.hash }
      expect(await verifyAuditLog(store)).toEqual({ intact: true, lines: 620, last })
      const read: number[] = []
      for await (const page of auditPages(store, { target: '0' }))
        read.push(...page.map(({ number }) => number))
      expect(read).toEqual(
        all
          .filter((n) => n % 3 === 0)
          .map((n) => n + 1)
          .reverse(),
      )
    })

    test('[ST70] and shows what was changed, unchained or left out anywhere in it', async () => {
      const { store } = await fresh()
      const all = Array.from({ length: 600 }, (_, index) => index)
      await Promise.all(all.map((n) => commit(store, publish('a'), { audit: line(`${n}`) })))
      const lines = await store.audit({ limit: 600 })
      const verdict = (forged: typeof lines) =>
        verifyAuditLog({
          audit: async ({ limit, beforeNumber = 601 }) =>
            forged.filter(({ number }) => number < beforeNumber).slice(0, limit),
        })
      const swapped = (number: number, change: object) =>
        lines.map((each) => (each.number === number ? { ...each, ...change } : each))
      const without = (from: number, to: number) =>
        lines.filter(({ number }) => number < from || number > to)
      const found = (number: number, problem: string) => ({ intact: false, number, problem })
      expect(await verdict(swapped(400, { actor: 'x' }))).toEqual(found(400, 'changed'))
      expect(await verdict(swapped(250, { previousHash: 'x' }))).toEqual(found(250, 'unchained'))
      expect(await verdict(without(251, 251))).toEqual(found(252, 'missing'))
      expect(await verdict(without(1, 1))).toEqual(found(2, 'missing'))
      expect(await verdict(without(2, 599))).toEqual(found(2, 'missing'))
    })
  })
}
