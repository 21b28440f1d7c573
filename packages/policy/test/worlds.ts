// The little house the tests live in: a policy of two governed types and one ungoverned, and random worlds over it.

import fc from 'fast-check'
import type { Capability } from '../src/capability.ts'
import type { KeyRecord, RightsChange } from '../src/change.ts'
import type { Credential } from '../src/credential.ts'
import type { PolicyDocument } from '../src/document-types.ts'
import { Facts } from '../src/facts.ts'
import {
  ANONYMOUS,
  type KeyId,
  type ResourceId,
  type Revision,
  type SubjectId,
} from '../src/names.ts'
import { OPERATIONS } from '../src/operation.ts'
import { compilePolicy } from '../src/policy.ts'
import {
  isSubjectSet,
  parseResourceId,
  parseSubjectId,
  parseSubjectSet,
  parseTuple,
} from '../src/tuple.ts'
import { emptyWorld, foldRights, type World } from '../src/world.ts'

export const house: PolicyDocument = {
  version: 1,
  tenant: {
    key: 'acme',
    roles: {
      guest: {},
      keeper: { can: { team: ['subscribe'] } },
      boss: {
        title: 'Boss',
        glyph: 'crown',
        tone: 'boss',
        extends: ['keeper'],
        can: { team: ['*'], note: ['history'] },
      },
    },
  },
  types: {
    team: {
      channels: 'team:{key}',
      actions: ['subscribe', 'history', 'publish', 'presence', 'kick'],
      roles: {
        listener: { title: 'Listener', can: ['subscribe', 'history'] },
        speaker: { title: 'Speaker', extends: ['listener'], can: ['publish', 'presence'] },
        chair: { title: 'Chair', extends: ['speaker'], can: ['kick'] },
      },
    },
    note: {
      channels: 'note/{key}/live',
      actions: ['subscribe', 'history', 'sign'],
      roles: { reader: { can: ['history'] }, signer: { can: ['*'] } },
    },
    file: { actions: ['open'], roles: { opener: { can: ['open'] } } },
  },
  settings: {
    home: 'team:lobby' as ResourceId,
    sign_in: [
      { role: 'guest', on: 'tenant:acme' as ResourceId },
      { role: 'speaker', on: 'team:lobby' as ResourceId },
    ],
    owner: [{ role: 'boss', on: 'tenant:acme' as ResourceId }],
    promotions: [
      {
        type: 'team',
        gives: 'chair',
        replaces: 'speaker',
        also: [
          { role: 'speaker', on: 'team:council' as ResourceId },
          { role: 'reader', on: 'note:minutes' as ResourceId },
        ],
      },
    ],
    admissions: [{ type: 'team', gives: 'listener' }],
  },
  seed: { resources: { 'team:lobby': { title: 'Lobby', order: 1 }, 'team:council': {} } },
}

/** The same house with other rules: roles lose and gain actions, a type goes, one comes. */
export const rebuilt: PolicyDocument = {
  ...house,
  tenant: { key: 'acme', roles: { ...house.tenant.roles, guest: { can: { team: ['history'] } } } },
  types: {
    team: {
      channels: 'team:{key}',
      actions: ['subscribe', 'publish', 'kick'],
      roles: { speaker: { can: ['subscribe'] }, chair: { can: ['kick'] } },
    },
    file: { actions: ['open'], roles: {} },
  },
}

export const open: Capability = { '[*]*': ['*'] }

export const key = (id: string, record: Partial<KeyRecord> = {}): KeyRecord => ({
  id: id as KeyId,
  name: id,
  capability: open,
  scopes: [],
  sealedSecret: '',
  createdAtMs: 0,
  ...record,
})

/** The house with these tuples, resources (`team:lobby`) and keys, at revision 7. */
export function world(texts: readonly string[], keys: readonly KeyRecord[] = [key('k')]): World {
  const changes = texts.flatMap((text): RightsChange[] => {
    const resource = (text.split('#')[0] ?? '') as ResourceId
    const made: RightsChange[] = resource.startsWith('tenant:')
      ? []
      : [{ kind: 'put-resource', resource, attributes: {} }]
    if (!text.includes('#')) return made
    const tuple = parseTuple(text)
    const people: RightsChange[] = isSubjectSet(tuple.subject)
      ? []
      : [{ kind: 'put-person', subject: tuple.subject, attributes: {} }]
    return [...made, ...people, { kind: 'assign', tuple }]
  })
  return {
    policy: compilePolicy(house),
    policyText: '',
    facts: changes.reduce((facts, change) => facts.with(change), Facts.empty),
    keys: new Map(keys.map((record) => [record.id, record])),
    revocations: emptyWorld.revocations,
    revision: 7 as Revision,
    timeMs: 0,
  }
}

export const person = (
  subject: string,
  capability: Capability = open,
  keyId = 'k',
): Credential => ({
  kind: 'token',
  key: keyId as KeyId,
  capability,
  subject: subject as SubjectId,
})

export const subjects = ['user:ada', 'user:ben', 'user:cy', ANONYMOUS].map(parseSubjectId)
export const resources = [
  'team:lobby',
  'team:council',
  'team:a:b',
  'note:minutes',
  'file:plan',
  'tenant:acme',
  'tenant:other',
  'ghost:x',
].map(parseResourceId)
const roles = [
  'listener',
  'speaker',
  'chair',
  'reader',
  'signer',
  'opener',
  'guest',
  'keeper',
  'boss',
  'nobody',
]
export const actions = [
  'subscribe',
  'history',
  'publish',
  'presence',
  'kick',
  'sign',
  'open',
  'fly',
]
export const channels = [
  'team:lobby',
  'team:council',
  'team:a:b',
  'note/minutes/live',
  'lobby::$chat',
  'free',
  'free:x',
  '[meta]log',
]

const pattern = fc.constantFrom(
  '*',
  'team:*',
  'team:lobby',
  '*:lobby',
  'team:*:b',
  'free',
  'free:*',
  '[meta]*',
  '[*]*',
  '[*]team:*',
  'lobby',
  'note/minutes/live',
  'team:lobby::$chat',
  '*::$chat',
)
const operations = fc.oneof(
  fc.constant(['*']),
  fc.uniqueArray(fc.constantFrom(...OPERATIONS), { minLength: 1, maxLength: 5 }),
)

/** Small alphabets on purpose: collisions are where the mistakes are. */
export const anyCapability: fc.Arbitrary<Capability> = fc.dictionary(pattern, operations, {
  maxKeys: 5,
})

/** Who roles are assigned to besides people; the sets meet in circles. */
export const sets = ['team:council#speaker', 'note:minutes#reader', 'tenant:acme#keeper'].map(
  parseSubjectSet,
)
const tuple = fc.record({
  resource: fc.constantFrom(...resources),
  role: fc.constantFrom(...roles),
  subject: fc.constantFrom(...subjects, ...subjects, ...sets),
})
const instant = fc.integer({ min: 1, max: 9 })
const grant = fc.record(
  {
    notBeforeMs: instant,
    expiresAtMs: instant,
    by: fc.constantFrom(...subjects),
    reason: fc.constantFrom('because', 'why not'),
  },
  { requiredKeys: [] },
)
const relation = fc.record({
  resource: fc.constantFrom(...resources),
  relation: fc.constantFrom('of', 'beside'),
  target: fc.constantFrom(...resources),
})
const keyId = fc.constantFrom('k', 'l', 'm') as fc.Arbitrary<KeyId>

export const anyChange: fc.Arbitrary<RightsChange> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('assign' as const), tuple }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(tuple, grant)
      .map(([assigned, rest]) => ({ kind: 'assign' as const, tuple: assigned, ...rest })),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('unassign' as const), tuple }) },
  { weight: 3, arbitrary: relation.map((edge) => ({ kind: 'relate' as const, ...edge })) },
  { weight: 2, arbitrary: relation.map((edge) => ({ kind: 'unrelate' as const, ...edge })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...subjects), fc.constantFrom(...resources), fc.boolean())
      .map(([subject, resource, isNew]): RightsChange => {
        return isNew
          ? { kind: 'put-request', subject, resource, request: { atMs: 1 } }
          : { kind: 'remove-request', subject, resource }
      }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass-time' as const), atMs: instant }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('put-resource' as const),
      resource: fc.constantFrom(...resources),
      attributes: fc.constant({}),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('remove-resource' as const),
      resource: fc.constantFrom(...resources),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('put-person' as const),
      subject: fc.constantFrom(...subjects),
      attributes: fc.constant({ name: 'x' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('put-policy' as const),
      document: fc.constantFrom(house, rebuilt),
      text: fc.constant(''),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('put-key' as const),
      key: fc
        .record(
          { id: keyId, capability: anyCapability, mayDelegate: anyCapability },
          { requiredKeys: ['id', 'capability'] },
        )
        .map(({ id, ...record }) => key(id, record)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-key' as const), key: keyId }) },
)

export const anyWorld: fc.Arbitrary<World> = fc
  .array(anyChange, { maxLength: 40 })
  .map((changes) =>
    foldRights(
      emptyWorld,
      [
        { kind: 'put-policy', document: house, text: '' },
        { kind: 'put-key', key: key('k') },
        ...changes,
      ],
      1 as Revision,
    ),
  )

export const anyCredential: fc.Arbitrary<Credential> = fc.oneof(
  fc.record({ kind: fc.constant('key' as const), key: keyId }),
  fc.record(
    {
      kind: fc.constant('token' as const),
      key: keyId,
      capability: anyCapability,
      subject: fc.constantFrom(...subjects),
    },
    { requiredKeys: ['kind', 'key', 'capability'] },
  ),
)
