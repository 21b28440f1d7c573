// Random facts, sequences of changes and questions over the vocabulary of the random policies.

import type { RightsChange } from '../src/change.ts'
import type { MessageState } from '../src/condition/condition.ts'
import type { AttributeTypes, PolicyDocument } from '../src/document-types.ts'
import type { Question } from '../src/index.ts'
import type { Attributes, AttributeValue, ResourceId, SubjectId, SubjectSet } from '../src/names.ts'
import { RESOURCE_ATTRIBUTES, SUBJECT_ATTRIBUTES, TENANT_ATTRIBUTES } from './any-condition.ts'
import { anyPolicy, editedPolicy, SECONDS, TENANT_ROLES } from './any-policy.ts'
import type { Random } from './random.ts'
import { own, typeOf } from './state.ts'

const PEOPLE = ['user:ada', 'user:ben', 'user:cy', 'user:dot'] as SubjectId[]
/** Whom conditions look up most. */
const LOOKED_AT = 'user:ben' as SubjectId
/** Some hold roles and were never registered. */
export const SUBJECTS = [...PEOPLE, 'user:zed', 'anonymous:'] as SubjectId[]
const PLACES = [
  'ship:one',
  'ship:two',
  'deck:a',
  'deck:b',
  'deck:c:d',
  'crew:x',
  'crew:y',
  'log:l1',
  'log:l2',
] as ResourceId[]
const TENANTS = ['tenant:acme', 'tenant:other', 'tenant:third'] as ResourceId[]
export const RESOURCES = [...PLACES, ...TENANTS, 'ghost:g'] as ResourceId[]

const pickResource = (random: Random) => random.pick(random.chance(0.9) ? PLACES : RESOURCES)

function anyAttributes(random: Random, natural: AttributeTypes): Attributes {
  const values: Record<string, AttributeValue> = {}
  for (const [name, type] of Object.entries(natural)) {
    const x = random.below(10)
    if (name === 'keeper' && random.chance(0.5)) values[name] = LOOKED_AT
    else if (x < 7) values[name] = valueLike(random, type)
    else if (x === 7)
      values[name] = valueLike(random, random.pick(['string', 'bool', 'int', 'list']))
    else if (x === 8 && random.chance(0.3)) values[name] = null
  }
  if (random.chance(0.03)) values[random.pick(['id', 'type', 'key', 'anonymous'])] = 'forged'
  return values
}

function valueLike(random: Random, type: AttributeTypes[string]): AttributeValue {
  switch (type) {
    case 'string':
      return random.pick([
        'north',
        'south',
        '',
        'user:ben',
        'ship:one',
        'ada',
        'n😀h',
        '～',
        'colour',
      ])
    case 'bool':
      return random.chance(0.6)
    case 'int':
      return random.pick([0, 1, 2, 3, 4, 5, -1, 2 ** 53 - 1])
    case 'double':
      return random.pick([0.5, 1, 1.5, 2.5, 3])
    case 'list':
      return random.some([1, 2, 'a', 'b', 'ada', 'user:ben', 3] as AttributeValue[], 3)
    default:
      return random.pick([{ colour: 'red', number: 3 }, { colour: 'blue' }, {}, { number: 1.5 }])
  }
}

const registered = (random: Random, subject: SubjectId): RightsChange => ({
  kind: 'put-person',
  subject,
  attributes: anyAttributes(random, SUBJECT_ATTRIBUTES),
})

function made(random: Random, resource: ResourceId): RightsChange {
  const isTenant = resource.startsWith('tenant:')
  const natural = isTenant ? TENANT_ATTRIBUTES : RESOURCE_ATTRIBUTES
  return { kind: 'put-resource', resource, attributes: anyAttributes(random, natural) }
}

function rolesFor(document: PolicyDocument, resource: string): readonly string[] {
  const roles = Object.keys(own(document.types, typeOf(resource))?.roles ?? {})
  return resource.startsWith('tenant:') ? TENANT_ROLES : roles
}

function anyRoleFor(random: Random, document: PolicyDocument, resource: string): string {
  const roles = rolesFor(document, resource)
  return roles.length > 0 && random.chance(0.95) ? random.pick(roles) : 'unheard-of'
}

function anyTuple(random: Random, document: PolicyDocument) {
  const resource = random.chance(0.75) ? pickResource(random) : random.pick(TENANTS)
  return {
    resource,
    role: anyRoleFor(random, document, resource),
    subject: anyHolder(random, document),
  }
}

function anyHolder(random: Random, document: PolicyDocument): SubjectId | SubjectSet {
  if (random.chance(0.7)) return random.pick(SUBJECTS)
  const place = random.chance(0.5)
    ? random.pick(['crew:x', 'crew:y'] as ResourceId[])
    : random.pick(RESOURCES)
  return `${place}#${anyRoleFor(random, document, place)}` as SubjectSet
}

const anyInstant = (random: Random) => (random.below(SECONDS) + 1) * 1000 - random.below(2)

function anyAssign(random: Random, document: PolicyDocument): RightsChange {
  return {
    kind: 'assign',
    tuple: anyTuple(random, document),
    ...(random.chance(0.12) && { notBeforeMs: anyInstant(random) }),
    ...(random.chance(0.15) && { expiresAtMs: anyInstant(random) }),
    ...(random.chance(0.05) && { reason: 'because' }),
  }
}

/** Mostly a relation the policy declares, so that something follows from it. */
function anyRelation(random: Random, document: PolicyDocument) {
  const resource = random.pick(PLACES)
  const declared = Object.entries(own(document.types, typeOf(resource))?.relations ?? {})
  if (declared.length === 0 || random.chance(0.1)) {
    return { resource, relation: random.pick(['within', 'fleet']), target: pickResource(random) }
  }
  const [relation, types] = random.pick(declared)
  const fitting = [...PLACES, ...TENANTS].filter((place) => types.includes(typeOf(place)))
  return { resource, relation, target: fitting.length > 0 ? random.pick(fitting) : resource }
}

/** Mostly into a tenant; a tenant, or anything else as one, changes nothing. */
function anyTenancy(random: Random) {
  return {
    resource: random.chance(0.97) ? random.pick(PLACES) : random.pick(RESOURCES),
    relation: 'tenant',
    target: random.chance(0.97) ? random.pick(TENANTS) : random.pick(RESOURCES),
  }
}

/** Somebody whom conditions look up looks different. */
export const anyLookedUp = (random: Random): readonly RightsChange[] => [
  registered(random, LOOKED_AT),
]

const anyGone = (random: Random) =>
  random.chance(0.8) ? pickResource(random) : random.pick(TENANTS)

export function anyChange(random: Random, document: PolicyDocument): RightsChange {
  const x = random.below(100)
  if (x < 34) return anyAssign(random, document)
  if (x < 40) return { kind: 'relate', ...anyTenancy(random) }
  if (x < 41) return { kind: 'unrelate', ...anyTenancy(random) }
  if (x < 52) return { kind: 'unassign', tuple: anyTuple(random, document) }
  if (x < 68) return { kind: 'relate', ...anyRelation(random, document) }
  if (x < 74) return { kind: 'unrelate', ...anyRelation(random, document) }
  if (x < 82) return made(random, pickResource(random))
  if (x < 86) return { kind: 'remove-resource', resource: anyGone(random) }
  if (x < 88) return { kind: 'remove-person', subject: random.pick(PEOPLE) }
  if (x < 95) return registered(random, random.chance(0.5) ? LOOKED_AT : random.pick(PEOPLE))
  return { kind: 'pass-time', atMs: anyInstant(random) }
}

const policyChange = (document: PolicyDocument): RightsChange => ({
  kind: 'put-policy',
  document,
  text: '',
})

/** One type of the policy is written anew. */
export const anyEdit = (random: Random, document: PolicyDocument): readonly RightsChange[] => [
  policyChange(editedPolicy(random, document)),
]

export type Story = {
  readonly document: PolicyDocument
  /** The policy, people, places, and then whatever. */
  readonly start: readonly RightsChange[]
}

export function anyStory(random: Random): Story {
  const document = anyPolicy(random)
  const people = PEOPLE.filter(() => random.chance(0.9)).map((one) => registered(random, one))
  const places = RESOURCES.filter(() => random.chance(0.94)).map((one) => made(random, one))
  const relations = Array.from({ length: 4 + random.below(10) }, () => ({
    kind: 'relate' as const,
    ...anyRelation(random, document),
  }))
  // Half of the worlds have one tenant only.
  const tenancies = random.chance(0.5) ? 0 : random.below(PLACES.length + 3)
  const tenants = Array.from({ length: tenancies }, () => ({
    kind: 'relate' as const,
    ...anyTenancy(random),
  }))
  const more = Array.from({ length: random.below(50) }, () => anyChange(random, document))
  const start = [policyChange(document), ...people, ...places, ...tenants, ...relations, ...more]
  return { document, start }
}

/** What one entry of the log may hold; now and then the policy is written anew or edited. */
export function anyEntry(random: Random, document: PolicyDocument): readonly RightsChange[] {
  const changes = Array.from({ length: 1 + random.below(3) }, () => anyChange(random, document))
  if (random.chance(0.85)) return changes
  const next = random.chance(0.7) ? editedPolicy(random, document) : anyPolicy(random)
  return [...changes, policyChange(next)]
}

export function anyMessage(random: Random): MessageState {
  return {
    name: random.pick(['note', 'ping', 'other', '']),
    data: random.pick([
      { text: 'hi', n: 3 },
      { text: 'hello', n: 3 },
      { n: 1 },
      { text: 'ho', n: 2.5, tags: ['a', 'b'] },
      { text: 'hi', n: 1, tags: ['a', 1] },
      { text: 'hi', n: 1, zone: 'north' },
      {},
      'plain',
      null,
      [1, 2],
      4,
    ]),
    clientId: random.pick(['ada', 'ben', '']),
    headers: random.pick([{}, { lang: 'en' }, { lang: 'fr' }]),
    ...(random.chance(0.3) && { serial: '01' }),
  }
}

function anySupposed(random: Random): NonNullable<Question['supposed']> {
  return {
    ...(random.chance(0.5) && { subject: anyAttributes(random, SUBJECT_ATTRIBUTES) }),
    ...(random.chance(0.5) && { resource: anyAttributes(random, RESOURCE_ATTRIBUTES) }),
    ...(random.chance(0.3) && { tenant: anyAttributes(random, TENANT_ATTRIBUTES) }),
    ...(random.chance(0.3) && { context: random.pick([{ ip: 'home' }, { hops: 3 }]) }),
  }
}

export function anyQuestion(random: Random, document: PolicyDocument): Question {
  const resource = random.chance(0.96)
    ? pickResource(random)
    : (random.pick(['deck:nowhere', 'constructor:x', 'deck:', 'log:', 'tenant:']) as ResourceId)
  const actions = own(document.types, typeOf(resource))?.actions ?? []
  return {
    subject: random.pick(SUBJECTS),
    action:
      actions.length > 0 && random.chance(0.96)
        ? random.pick(actions)
        : random.pick(['fly', 'receive', '*', 'constructor']),
    resource,
    ...(random.chance(0.5) && {
      message: {
        before: random.chance(0.4) ? anyMessage(random) : null,
        after: random.chance(0.85) ? anyMessage(random) : null,
      },
    }),
    ...(random.chance(0.5) && {
      context: random.pick([{}, { ip: 'home' }, { ip: 'away', hops: 2 }, { hops: 'x' }]),
    }),
    ...(random.chance(0.3) && { standing: true as const }),
    ...(random.chance(0.15) && {
      inTenant: random.chance(0.97) ? random.pick(TENANTS) : random.pick(RESOURCES),
    }),
    ...(random.chance(0.15) && { supposed: anySupposed(random) }),
  }
}
