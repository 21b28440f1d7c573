// However many conversations are closed, a change of rights looks at none of them: counted in what is read of the facts.

import { readFileSync } from 'node:fs'
import {
  affected,
  type Credential,
  emptyWorld,
  foldRights,
  type Revision,
  type RightsChange,
  type World,
} from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import { expect, test } from 'vitest'
import type { Asker } from '../commands/asker.ts'
import { readableChannels } from '../finding/readable.ts'
import type { LiveConnection } from '../live-connection.ts'
import { changeView, openAllView } from '../permission-views.ts'
import { hasOutgrown } from '../touching.ts'

const TEXT = readFileSync(new URL('../../default-policy.yaml', import.meta.url), 'utf8')
const SUE = 'user:sue' as never
const AT = { cause: { command: 'assign-role' }, revision: 2, atMs: 0 }

function worldWith(closed: number): World {
  const conversations = Array.from({ length: closed }, (_, n): RightsChange[] => {
    const resource = `conversation:c${n}` as never
    const subject = `user:v-${n}` as never
    return [
      { kind: 'put-person', subject, attributes: { visitor: true } },
      {
        kind: 'put-resource',
        resource,
        attributes: { state: 'closed', visitor: `v-${n}`, openedBy: `v-${n}` },
      },
      { kind: 'assign', tuple: { resource, role: 'visitor' as never, subject } },
    ]
  })
  const key = {
    id: 'k' as never,
    name: 'k',
    capability: { '[*]*': ['*'], '*': ['*'] } as never,
    scopes: [],
    sealedSecret: '',
    createdAtMs: 0,
  }
  const changes: RightsChange[] = [
    { kind: 'put-policy', document: parsePolicy(TEXT), text: TEXT },
    { kind: 'put-key', key },
    { kind: 'put-person', subject: SUE, attributes: { name: 'Sue' } },
    { kind: 'put-resource', resource: 'channel:general' as never, attributes: {} },
    { kind: 'assign', tuple: tupleOf('operator') },
    { kind: 'assign', tuple: { ...tupleOf('participant'), resource: 'channel:general' as never } },
    ...conversations.flat(),
  ]
  return foldRights(emptyWorld, changes, 1 as Revision)
}

function tupleOf(role: string) {
  return { resource: 'tenant:default' as never, role: role as never, subject: SUE }
}

/** How many resources are walked over and read. */
function visited(world: World, work: () => void): number {
  const facts = Object.getPrototypeOf(world.facts) as Record<string, (...a: never[]) => unknown>
  const kept = { ...pick(facts, ['resourcesOfType', 'resourcesOfTypeIn', 'resourcesIn']) }
  const { resource } = facts
  let count = 0
  for (const [name, walk] of Object.entries(kept)) {
    facts[name] = function* (this: unknown, ...asked: never[]) {
      for (const each of walk.apply(this, asked) as Iterable<unknown>) {
        count += 1
        yield each
      }
    }
  }
  facts.resource = function (this: unknown, ...asked: never[]) {
    count += 1
    return resource?.apply(this, asked)
  }
  try {
    work()
  } finally {
    Object.assign(facts, kept, { resource })
  }
  return count
}

function pick<T>(from: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, from[name] as T]))
}

/** What one change of rights costs somebody who looks at everything they may see. */
function costOf(closed: number): number {
  const before = worldWith(closed)
  const change: RightsChange = { kind: 'assign', tuple: tupleOf('supervisor') }
  const after = foldRights(before, [change], 2 as Revision)
  const credential: Credential = {
    kind: 'token',
    key: 'k' as never,
    subject: SUE,
    capability: { '*': ['subscribe'] } as never,
  }
  const { view, snapshot } = openAllView(before, credential)
  expect(snapshot.resources.map((each) => each.resource)).toEqual(['channel:general'])
  const connection = {
    asker: { credential },
    peer: {},
    channels: new Set(),
    views: new Map([['[permissions]*', view]]),
  } as unknown as LiveConnection
  const touched = affected(before, after, [change])
  return visited(after, () => {
    changeView(view, after, credential, AT)
    readableChannels(after, { credential } as Asker)
    hasOutgrown(touched, before, after, connection)
  })
}

test('a supervisor’s rights move beside ten closed conversations as beside two thousand', () => {
  const few = costOf(10)
  expect(few).toBeGreaterThan(0)
  expect(costOf(2_000)).toBe(few)
})
