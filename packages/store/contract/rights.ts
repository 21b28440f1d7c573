// ST24–ST29, ST60–ST62, ST250–ST251, ST300: rights changes, and decisions that they overtake.

import {
  emptyWorld,
  foldRights,
  type KeyId,
  type ResourceId,
  type Revision,
  type RightsChange,
  type SubjectId,
  type World,
} from '@sayso/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StaleDecision } from '../src/errors.ts'
import {
  amend,
  assign,
  commit,
  dataIn,
  join,
  leave,
  listen,
  type Open,
  passTime,
  publish,
  putKey,
  putPerson,
  putPolicy,
  putResource,
  putTenant,
  relate,
  removeKey,
  removePerson,
  removeResource,
  removeTenant,
  rights,
  serialOf,
  unassign,
  unrelate,
} from './builders.ts'
import { opener } from './harness.ts'
import { change } from './operations.ts'

const at = (revision: number) => ({ expect: revision as Revision })

export function rightsContract(open: Open): void {
  const fresh = opener(open)

  describe('rights', () => {
    test('[ST300] entries that changed rights are read in order, and folded give the rights of then', async () => {
      const { store } = await fresh()
      await commit(store, rights(assign('hall#host@ada')))
      await commit(store, publish('a'))
      await commit(store, rights(assign('hall#host@ben')), {})
      await commit(store, rights(unassign('hall#host@ada')))
      const first = await store.rightsAfter({ revision: 0 as Revision, limit: 2 })
      expect(first.map(({ revision }) => revision)).toEqual([1, 3])
      const rest = await store.rightsAfter({ revision: 3 as Revision, limit: 2 })
      expect(rest).toMatchObject([{ kind: 'rights', revision: 4, cause: expect.anything() }])
      expect(await store.rightsAfter({ revision: 4 as Revision, limit: 2 })).toEqual([])
      const { changes } = await store.load()
      const folded = [...first, ...rest].reduce(
        (world, entry) => foldRights(world, entry.changes, entry.revision),
        emptyWorld,
      )
      const loaded = foldRights(emptyWorld, changes, 4 as Revision)
      expect([...folded.facts.tuples()]).toEqual([...loaded.facts.tuples()])
    })

    test('[ST24] a decision made before the last rights entry is refused, any later one is not', async () => {
      const { store } = await fresh()
      await commit(store, rights(assign('hall#host@ada')), at(0))
      await expect(commit(store, publish('a'), at(0))).rejects.toThrow(StaleDecision)
      await commit(store, publish('b'), at(1))
      await commit(store, publish('c'), at(1))
      await commit(store, publish('d'), at(3))
      await commit(store, publish('e'))
      expect(await dataIn(store)).toEqual(['b', 'c', 'd', 'e'])
      expect(await store.load()).toMatchObject({ revision: 5, rightsRevision: 1 })
    })

    test('[ST190] revocations are kept, the latest of each kind, until they are forgotten', async () => {
      const { store } = await fresh()
      const revoke = (issuedBeforeMs: number, appliesAtMs?: number): RightsChange => ({
        kind: 'revoke-tokens',
        revocation: {
          key: 'k1' as KeyId,
          target: { type: 'clientId', value: 'ann' },
          issuedBeforeMs,
          ...(appliesAtMs === undefined ? {} : { appliesAtMs }),
        },
      })
      await commit(store, rights(revoke(5)))
      await commit(store, rights(revoke(9)))
      await commit(store, rights(revoke(7, 40)))
      expect((await store.load()).changes).toEqual([revoke(9), revoke(7, 40)])
      const [first] = (await store.load()).changes
      if (first?.kind !== 'revoke-tokens') throw new Error('the revocation is gone')
      await commit(store, rights({ ...first, kind: 'forget-revocation' }))
      expect((await store.load()).changes).toEqual([revoke(7, 40)])
    })

    test('[ST24] edits and rights changes are decisions too', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish('a')))
      await commit(store, rights(assign('hall#host@ada')))
      const late = [amend({ serial, action: 'delete' }), rights(assign('hall#host@bob'))]
      for (const entry of late) {
        await expect(commit(store, entry, at(0))).rejects.toThrow(StaleDecision)
      }
      expect(await store.load()).toMatchObject({ revision: 2 })
    })

    test('[ST25] a rights change earlier in the same batch overtakes a decision, and only that write fails', async () => {
      const { store } = await fresh()
      const heard = listen(store)
      const results = await Promise.allSettled([
        commit(store, publish('before'), at(0)),
        commit(store, rights(assign('hall#host@ada')), at(0)),
        commit(store, publish('after'), at(0)),
        commit(store, publish('by the server')),
        commit(store, rights(assign('hall#host@bob')), at(0)),
        commit(store, publish('on top'), at(2)),
      ])
      const refused = { status: 'rejected', reason: expect.any(StaleDecision) }
      const done = { status: 'fulfilled' }
      expect(results).toMatchObject([done, done, refused, done, refused, done])
      expect(heard.map(({ kind }) => kind)).toEqual(['message', 'rights', 'message', 'message'])
      expect(await dataIn(store)).toEqual(['before', 'by the server', 'on top'])
    })

    test('[ST26] changes that change nothing are left out', async () => {
      const { store } = await fresh()
      const facts = [
        putPolicy('p'),
        putResource('hall'),
        putPerson('ada'),
        putKey('k'),
        assign('hall#host@ada'),
      ]
      await commit(store, rights(...facts))
      const heard = listen(store)
      const idle = rights(...facts, unassign('hall#host@bob'), removeKey('x'), removeResource('y'))
      const audit = { command: 'test', actor: 'server', target: 'x' }
      const nothing = await commit(store, idle, { audit })
      expect(nothing).toMatchObject({ revision: 1, entries: [], duplicate: false })
      const mixed = await commit(
        store,
        rights(putPerson('ada'), putPerson('bob'), unassign('a#b@c')),
      )
      expect(mixed.entries).toMatchObject([
        { kind: 'rights', revision: 2, changes: [putPerson('bob')] },
      ])
      expect(heard).toEqual(mixed.entries)
      expect(await store.audit({ limit: 10 })).toEqual([])
    })

    test('[ST26] an idle rights change overtakes no decision', async () => {
      const { store } = await fresh()
      await commit(store, rights(assign('hall#host@ada')))
      await commit(store, [rights(assign('hall#host@ada')), publish('a')], at(1))
      await commit(store, publish('b'), at(1))
      expect(await dataIn(store)).toEqual(['a', 'b'])
      expect(await store.load()).toMatchObject({ revision: 3, rightsRevision: 1 })
    })

    test('[ST26] each change is judged after the ones before it in its entry', async () => {
      const { store } = await fresh()
      const changes = [assign('hall#host@ada'), assign('hall#host@ada'), unassign('hall#host@ada')]
      const { entries } = await commit(store, rights(...changes, unassign('hall#host@ada')))
      expect(entries).toMatchObject([{ changes: [changes[0], changes[2]] }])
      expect((await store.load()).changes).toEqual([])
    })

    test('[ST26] a changed value is a change, another order of its members is not', async () => {
      const { store } = await fresh()
      const put = (attributes: Record<string, string>) =>
        rights({ ...putPerson('ada'), attributes } as RightsChange)
      await commit(store, put({ a: '1', b: '2' }))
      expect((await commit(store, put({ b: '2', a: '1' }))).entries).toEqual([])
      expect((await commit(store, put({ a: '1' }))).entries).toHaveLength(1)
      expect((await store.load()).changes).toEqual([
        { ...putPerson('ada'), attributes: { a: '1' } },
      ])
    })

    test('[ST27] the loaded changes are the facts that hold: policy, resources, people, keys, roles', async () => {
      const { store } = await fresh()
      const history = [
        rights(assign('hall#host@ada'), putKey('k'), putPerson('ada'), putResource('hall')),
        rights(putPolicy('one')),
        rights(assign('hall#guest@ada'), putKey('gone')),
        rights(putPolicy('two'), putResource('hall', 'The Hall'), removeKey('gone')),
        rights(unassign('hall#host@ada'), putResource('shed')),
      ]
      for (const entry of history) await commit(store, entry)
      const loaded = await store.load()
      expect(loaded).toMatchObject({ revision: 5, rightsRevision: 5 })
      expect(loaded.changes).toEqual([
        putPolicy('two'),
        putResource('hall', 'The Hall'),
        putResource('shed'),
        putPerson('ada'),
        putKey('k'),
        assign('hall#guest@ada'),
      ])
    })

    test('[ST27] nothing told after the loaded revision is missing to who listened before loading', async () => {
      const { store } = await fresh()
      const heard = listen(store)
      const writes = ['a', 'b', 'c', 'd'].map((who) =>
        commit(store, rights(assign(`hall#host@${who}`))),
      )
      const { revision, changes } = await store.load()
      await Promise.all(writes)
      const later = heard.filter((entry) => entry.revision > revision)
      const told = later.flatMap((entry) => (entry.kind === 'rights' ? entry.changes : []))
      expect([...changes, ...told]).toEqual((await store.load()).changes)
    })

    test('[ST27] folding what is loaded gives the rights that folding everything told gives', async () => {
      const { store } = await fresh()
      let told = emptyWorld
      store.subscribe((entries) => {
        for (const entry of entries) {
          if (entry.kind === 'rights') told = foldRights(told, entry.changes, entry.revision)
        }
      })
      const entries = fc.sample(fc.array(change, { minLength: 1, maxLength: 4 }), {
        seed: 1,
        numRuns: 80,
      })
      for (const changes of entries) {
        await commit(store, rights(...changes))
        const loaded = await store.load()
        const world = foldRights(emptyWorld, loaded.changes, loaded.rightsRevision)
        expect(visibleIn(world)).toEqual(visibleIn(told))
      }
    })

    test('[ST28] a removed resource takes the roles held on it along', async () => {
      const { store } = await fresh()
      await commit(
        store,
        rights(putResource('hall'), assign('hall#host@ada'), assign('shed#host@ada')),
      )
      await commit(store, rights(removeResource('hall')))
      expect((await store.load()).changes).toEqual([assign('shed#host@ada')])
      expect((await commit(store, rights(unassign('hall#host@ada')))).entries).toEqual([])
      expect((await commit(store, rights(removeResource('shed')))).entries).toHaveLength(1)
      await commit(store, rights(putResource('hall')))
      expect((await store.load()).changes).toEqual([putResource('hall')])
    })

    test('[ST28] a removed person is registered no more, and keeps no slot', async () => {
      const { store } = await fresh()
      await commit(store, rights(putPerson('ada'), assign('hall#host@ada')))
      const gone = await commit(store, rights(removePerson('ada'), removePerson('bob')))
      expect(gone.entries).toMatchObject([{ changes: [removePerson('ada')] }])
      expect((await store.load()).changes).toEqual([assign('hall#host@ada')])
      await commit(store, rights(putPerson('ada')))
      expect((await store.load()).changes).toEqual([putPerson('ada'), assign('hall#host@ada')])
    })

    test('[ST60] a relation goes with either of its ends', async () => {
      const { store } = await fresh()
      const changes = ['hall#parent@house', 'shed#parent@house', 'hall#beside@shed'].map(relate)
      await commit(store, rights(...changes, ...changes))
      expect((await store.load()).changes).toEqual(changes)
      await commit(store, rights(removeResource('hall')))
      expect((await store.load()).changes).toEqual([relate('shed#parent@house')])
      expect((await commit(store, rights(unrelate('hall#parent@house')))).entries).toEqual([])
      await commit(store, rights(removeResource('house')))
      expect((await store.load()).changes).toEqual([])
      await commit(store, rights(relate('hall#parent@hall'), unrelate('hall#parent@hall')))
      expect((await store.load()).changes).toEqual([])
    })

    test('[ST250] a tenant takes what is in it along, with the roles and relations there', async () => {
      const { store } = await fresh()
      const stays = [putResource('shed'), putTenant('zoo'), assign('shed#host@ada')]
      await commit(
        store,
        rights(
          putResource('hall'),
          putTenant('acme'),
          ...stays,
          assign('hall#host@ada'),
          join('hall', 'acme'),
          join('shed', 'zoo'),
          relate('shed#parent@hall'),
        ),
      )
      const { entries } = await commit(store, rights(removeTenant('acme')))
      expect(entries).toMatchObject([{ changes: [removeTenant('acme')] }])
      expect((await store.load()).changes).toEqual([...stays, join('shed', 'zoo')])
      expect((await commit(store, rights(removeTenant('acme')))).entries).toEqual([])
    })

    test('[ST251] a resource is in one tenant at most: that it was put into last', async () => {
      const { store } = await fresh()
      await commit(store, rights(join('hall', 'acme'), relate('hall#tenant@shed')))
      expect((await store.load()).changes).toEqual([relate('hall#tenant@shed')])
      await commit(store, rights(join('hall', 'acme')))
      await commit(store, rights(join('hall', 'zoo'), join('shed', 'zoo')))
      expect((await commit(store, rights(join('hall', 'zoo')))).entries).toEqual([])
      expect((await commit(store, rights(leave('hall', 'acme')))).entries).toEqual([])
      expect((await store.load()).changes).toEqual([join('hall', 'zoo'), join('shed', 'zoo')])
    })

    test('[ST61] assigning again replaces the grant', async () => {
      const { store } = await fresh()
      const [pending, active] = [{ notBeforeMs: 5, expiresAtMs: 9 }, { expiresAtMs: 9 }]
      await commit(store, rights(assign('hall#host@ada', pending)))
      await commit(store, rights(assign('hall#host@ada', active)))
      expect((await commit(store, rights(assign('hall#host@ada', active)))).entries).toEqual([])
      expect((await store.load()).changes).toEqual([assign('hall#host@ada', active)])
      await commit(store, rights(unassign('hall#host@ada')))
      expect((await store.load()).changes).toEqual([])
    })

    test('[ST62] time passes forward only', async () => {
      const { store } = await fresh()
      for (const atMs of [5, 5, 4, 7, 6]) await commit(store, rights(passTime(atMs)))
      expect(await store.load()).toMatchObject({ revision: 2, changes: [passTime(7)] })
    })

    test('[ST29] the cause is told with the changes and survives', async () => {
      const { store } = await fresh()
      const cause = { command: 'promote', by: 'key:k', reason: 'because \ud800' } as const
      const { entries } = await commit(store, [
        publish('a', { idBase: 'c:1' }),
        { kind: 'rights', changes: [assign('hall#host@ada')], cause },
      ])
      expect(entries[1]).toMatchObject({ kind: 'rights', cause })
      const again = await commit(store, publish('a', { idBase: 'c:1' }))
      expect(again.entries).toEqual(entries)
    })
  })
}

function visibleIn({ facts, keys, policy, revision, timeMs }: World) {
  const places = ['place:hall', 'place:shed', 'tenant:acme', 'tenant:zoo'] as ResourceId[]
  const resources = places.map((place) => [
    place,
    facts.resource(place),
    [...facts.holdersOn(place)].sort(),
    [...facts.relationsOf(place)].sort(),
    [...facts.sourcesOf(place)].sort(),
    facts.grant({ resource: place, role: 'host', subject: 'user:ada' as SubjectId }),
  ])
  return {
    resources,
    people: [...facts.people()].sort(),
    keys,
    document: policy.document,
    revision,
    timeMs,
  }
}
