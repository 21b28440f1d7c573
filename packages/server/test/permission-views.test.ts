// The live views of rights: one's own only, hidden and missing alike, and a difference for whatever a screen would show.

import type {
  ChannelName,
  Credential,
  PolicyDocument,
  ResourceId,
  RightsChange,
  SubjectId,
  World,
} from '@sayso/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeView, openAllView, openChannelView, type View } from '../src/permission-views.ts'
import { assign, FIRST, harbour, step, tokenFor, unassign, worldOf } from './worlds.ts'

const NORTH = 'dock:north' as ChannelName
const BRIDGE = 'dock:bridge' as ChannelName
const ADA = 'user:ada'
const ada = tokenFor(ADA)
const person: RightsChange = {
  kind: 'put-person',
  subject: 'user:grace' as SubjectId,
  attributes: { name: 'Grace' },
}
const sailing = assign(`dock:north#sailor@${ADA}`)

const byGrace = {
  cause: { command: 'promote', by: 'user:grace' as SubjectId, reason: 'well done' },
  revision: 7,
  atMs: 5,
}

function changed(view: View, world: World, credential: Credential, ...changes: RightsChange[]) {
  const { after } = step(world, ...changes)
  return changeView(view, after, credential, byGrace)
}

describe('the view of one channel', () => {
  test('says what one may do there, by which roles, and what it is called', () => {
    const { snapshot } = openChannelView(worldOf(sailing), ada, NORTH)
    expect(snapshot).toMatchObject({
      resource: 'dock:north',
      channel: NORTH,
      title: 'North dock',
      about: 'Where everybody lands',
      order: 1,
      roles: [{ role: 'sailor', on: 'dock:north', title: 'Sailor' }],
      revision: 1,
    })
    expect([...snapshot.actions].sort()).toEqual([
      'attach-file',
      'history',
      'message-delete-own',
      'message-update-own',
      'presence',
      'publish',
      'subscribe',
    ])
  })

  test('of a hidden channel looks like the view of one that does not exist', () => {
    const world = worldOf(sailing)
    const hidden = openChannelView(world, ada, BRIDGE).snapshot
    const missing = openChannelView(world, ada, 'dock:atlantis' as ChannelName).snapshot
    expect(hidden).toEqual({
      resource: 'dock:bridge',
      channel: BRIDGE,
      title: 'bridge',
      actions: [],
      roles: [],
      revision: 1,
    })
    expect(Object.keys(missing)).toEqual(Object.keys(hidden))
    expect(missing.title).toBe('atlantis')
  })

  test('tells a change as gained and lost, with who did it and why', () => {
    const world = worldOf(sailing, person)
    const { view } = openChannelView(world, ada, NORTH)
    const change = changed(
      view,
      world,
      ada,
      unassign(`dock:north#sailor@${ADA}`),
      assign(`dock:north#pilot@${ADA}`),
    )
    expect(change?.payload).toMatchObject({
      gained: ['admit', 'demote', 'hush', 'message-delete-any', 'promote'],
      lost: [],
      roles: [{ role: 'pilot' }],
      cause: { command: 'promote', by: { id: 'grace', name: 'Grace' }, reason: 'well done' },
      revision: 7,
      atMs: 5,
    })
  })

  test('tells nothing of what the reader cannot see', () => {
    const world = worldOf(sailing)
    const { view } = openChannelView(world, ada, NORTH)
    expect(changed(view, world, ada, assign('dock:north#pilot@user:bob'))).toBeUndefined()
    expect(changed(view, world, ada, assign(`dock:bridge#sailor@${ADA}`))).toBeUndefined()
    const hidden = openChannelView(world, ada, BRIDGE).view
    const retitled: RightsChange = {
      kind: 'put-resource',
      resource: 'dock:bridge' as ResourceId,
      attributes: { title: 'Secret' },
    }
    expect(changed(hidden, world, ada, retitled)).toBeUndefined()
  })

  test('tells of a new title, also of a role', () => {
    const world = worldOf(sailing)
    const { view } = openChannelView(world, ada, NORTH)
    const attributes = { title: 'Upper dock' }
    const resource = 'dock:north' as ResourceId
    const dock = changed(view, world, ada, { kind: 'put-resource', resource, attributes })
    expect(dock?.payload).toMatchObject({ title: 'Upper dock', gained: [], lost: [] })
    const role = changed(view, world, ada, {
      kind: 'put-policy',
      document: withSailorCalled('Deckhand'),
      text: '',
    })
    expect(role?.payload).toMatchObject({ roles: [{ role: 'sailor', title: 'Deckhand' }] })
  })

  test('of a key goes by the key, and of a narrower token by the token', () => {
    const world = worldOf(sailing)
    const key = openChannelView(world, { kind: 'key', key: FIRST }, NORTH).snapshot
    expect(key.actions).toContain('message-update-any')
    expect(key.roles).toEqual([])
    const narrow = { ...ada, capability: { 'dock:*': ['subscribe'] } } as Credential
    // The app's own words are the policy's alone; those of the protocol need the token as well.
    const { actions } = openChannelView(world, narrow, NORTH).snapshot
    expect(actions).toEqual(['subscribe', 'attach-file'])
    expect(openChannelView(world, narrow, BRIDGE).snapshot.actions).toEqual([])
  })

  test('of a key that is gone says that nothing is left', () => {
    const world = worldOf(sailing)
    const { view } = openChannelView(world, ada, NORTH)
    const change = changed(view, world, ada, { kind: 'remove-key', key: FIRST })
    expect(change?.payload).toMatchObject({
      actions: [],
      roles: [],
      gained: [],
      lost: expect.arrayContaining(['publish', 'subscribe']),
    })
  })
})

describe('the view of everything', () => {
  test('lists what one may see and the roles one has on the whole place', () => {
    const world = worldOf(sailing, assign(`tenant:harbour#visitor@${ADA}`))
    const { snapshot } = openAllView(world, ada)
    expect(snapshot).toMatchObject({
      subject: ADA,
      roles: [{ role: 'visitor', on: 'tenant:harbour', title: 'Visitor' }],
      resources: [{ resource: 'dock:north' }],
      revision: 1,
    })
    expect(snapshot.resources).toHaveLength(1)
  })

  test('tells what came, what changed and what went', () => {
    const world = worldOf(sailing, assign(`dock:notices#watcher@${ADA}`))
    const { view } = openAllView(world, ada)
    const change = changed(
      view,
      world,
      ada,
      assign(`dock:bridge#watcher@${ADA}`),
      assign(`dock:north#pilot@${ADA}`),
      unassign(`dock:notices#watcher@${ADA}`),
    )
    expect(change?.payload).toMatchObject({
      gained: [{ resource: 'dock:bridge' }],
      changed: [
        {
          resource: 'dock:north',
          gained: ['admit', 'demote', 'hush', 'message-delete-any', 'promote'],
          lost: [],
        },
      ],
      lost: [{ resource: 'dock:notices', channel: 'dock:notices' }],
    })
  })

  test('tells a role on the whole place even if it moves no right', () => {
    const world = worldOf(sailing)
    const { view } = openAllView(world, ada)
    const change = changed(view, world, ada, assign(`tenant:harbour#visitor@${ADA}`))
    expect(change?.payload).toMatchObject({
      roles: [{ role: 'visitor' }],
      gained: [],
      lost: [],
    })
  })
})

function withSailorCalled(title: string): PolicyDocument {
  const { dock } = harbour.types
  if (dock === undefined) throw new Error('the harbour has no docks')
  const sailor = { ...dock.roles.sailor, title }
  return { ...harbour, types: { dock: { ...dock, roles: { ...dock.roles, sailor } } } }
}

test('following the differences leads to what a fresh look would show', () => {
  const role = fc
    .record({
      gives: fc.boolean(),
      role: fc.constantFrom(
        'tenant:harbour#visitor',
        'tenant:harbour#master',
        'dock:north#watcher',
        'dock:north#sailor',
        'dock:north#pilot',
        'dock:bridge#sailor',
        'dock:notices#watcher',
      ),
      subject: fc.constantFrom(ADA, 'user:bob'),
    })
    .map(({ gives, role: name, subject }) =>
      gives ? assign(`${name}@${subject}`) : unassign(`${name}@${subject}`),
    )
  const other = fc.oneof(
    fc.string({ minLength: 1 }).map(
      (title): RightsChange => ({
        kind: 'put-resource',
        resource: 'dock:north' as ResourceId,
        attributes: { title },
      }),
    ),
    fc.constant<RightsChange>({ kind: 'remove-resource', resource: 'dock:notices' as ResourceId }),
    fc.constantFrom('Deckhand', 'Sailor').map(
      (title): RightsChange => ({
        kind: 'put-policy',
        document: withSailorCalled(title),
        text: '',
      }),
    ),
  )
  const entries = fc.array(fc.array(fc.oneof(role, role, other), { minLength: 1, maxLength: 3 }), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(entries, (all) => {
      let world = worldOf()
      let one = openChannelView(world, ada, NORTH).view
      let every = openAllView(world, ada).view
      for (const changes of all) {
        world = step(world, ...changes).after
        one = changeView(one, world, ada, byGrace)?.view ?? one
        every = changeView(every, world, ada, byGrace)?.view ?? every
        expect(one).toEqual(openChannelView(world, ada, NORTH).view)
        expect(every).toEqual(openAllView(world, ada).view)
      }
    }),
    { numRuns: 300 },
  )
})

describe('a listed channel one may not enter', () => {
  const listed: RightsChange = {
    kind: 'put-resource',
    resource: 'dock:bridge' as ResourceId,
    attributes: { title: 'Bridge', listed: true },
  }
  const asks: RightsChange = {
    kind: 'put-request',
    subject: ADA as SubjectId,
    resource: 'dock:bridge' as ResourceId,
    request: { atMs: 3 },
  }

  test('is shown locked, with its title, without actions or roles', () => {
    const locked = {
      resource: 'dock:bridge',
      title: 'Bridge',
      actions: [],
      roles: [],
      locked: true,
    }
    const world = worldOf(sailing, listed)
    expect(openChannelView(world, ada, BRIDGE).snapshot).toMatchObject(locked)
    expect(openAllView(world, ada).snapshot.resources).toMatchObject([
      { resource: 'dock:north' },
      locked,
    ])
  })

  test('opening and closing change it; it is not gained or lost', () => {
    const world = worldOf(sailing, listed)
    const { view } = openAllView(world, ada)
    const given = assign(`dock:bridge#watcher@${ADA}`)
    const opened = changed(view, world, ada, given)?.payload
    expect(opened).toMatchObject({ gained: [], changed: [{ resource: 'dock:bridge' }], lost: [] })
    expect(JSON.stringify(opened)).not.toContain('locked')
  })

  test('a request is told to who asked and to who may answer, and to nobody else', () => {
    const world = worldOf(sailing, listed, assign('dock:bridge#pilot@user:grace'))
    const grace = tokenFor('user:grace')
    const carol = tokenFor('user:carol')
    const told = (credential: Credential) =>
      changed(openAllView(world, credential).view, world, credential, asks)?.payload
    expect(told(ada)).toMatchObject({ changed: [{ locked: true, requested: true }] })
    expect(told(grace)).toMatchObject({ changed: [{ resource: 'dock:bridge', requests: 1 }] })
    expect(told(carol)).toBeUndefined()
  })
})
