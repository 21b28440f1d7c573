import { expect, test } from 'vitest'
import { house, key, world } from '../test/worlds.ts'
import type { KeyId, ResourceId, Revision, SubjectId } from './names.ts'
import { parseTuple } from './tuple.ts'
import { emptyWorld, foldRights } from './world.ts'

const ada = 'user:ada' as SubjectId
const lobby = 'team:lobby' as ResourceId

test('[PO37] folding gives a new world at the revision and leaves the old one as it was', () => {
  const before = world([])
  const after = foldRights(
    before,
    [
      { kind: 'put-resource', resource: lobby, attributes: { title: 'Lobby' } },
      { kind: 'put-person', subject: ada, attributes: { name: 'Ada' } },
      { kind: 'assign', tuple: parseTuple('team:lobby#chair@user:ada') },
      { kind: 'put-key', key: key('two') },
      { kind: 'remove-key', key: 'k' as KeyId },
    ],
    8 as Revision,
  )
  expect(after.revision).toBe(8)
  expect(after.facts.rolesOf(ada, lobby)).toEqual(['chair'])
  expect(after.facts.person(ada)).toEqual({ name: 'Ada' })
  expect(after.facts.resource(lobby)).toEqual({ title: 'Lobby' })
  expect([...after.keys.keys()]).toEqual(['two'])
  expect(before.revision).toBe(7)
  expect([...before.keys.keys()]).toEqual(['k'])
  expect(before.facts.resource(lobby)).toBeUndefined()
})

test('[PO37] a policy put later decides from then on', () => {
  const after = foldRights(
    emptyWorld,
    [{ kind: 'put-policy', document: house, text: '' }],
    1 as Revision,
  )
  expect(after.policy.document).toBe(house)
  expect(emptyWorld.policy.types.size).toBe(0)
})

test('[PO37] changes in one entry hold in their order', () => {
  const tuple = parseTuple('team:lobby#chair@user:ada')
  const gives = { kind: 'assign', tuple } as const
  const takes = { kind: 'unassign', tuple } as const
  const roles = (...changes: (typeof gives | typeof takes)[]) =>
    foldRights(world([]), changes, 8 as Revision).facts.rolesOf(ada, lobby)
  expect([roles(gives, takes), roles(takes, gives)]).toEqual([[], ['chair']])
})
