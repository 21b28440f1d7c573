// Random policy documents over a small fixed vocabulary: collisions are where the mistakes are.

import type {
  DerivationDocument,
  MessageSchema,
  PolicyDocument,
  ResourceTypeDocument,
  RoleDocument,
  RuleDocument,
  TenantRoleDocument,
} from '../src/document-types.ts'
import {
  anyCondition,
  type Declared,
  RESOURCE_ATTRIBUTES,
  SUBJECT_ATTRIBUTES,
  TENANT_ATTRIBUTES,
} from './any-condition.ts'
import type { Random } from './random.ts'

export const TYPES = ['ship', 'deck', 'crew', 'log'] as const
const GOVERNS: Readonly<Record<string, string>> = { deck: 'deck:{key}', log: 'logs/{key}/live' }
const ACTIONS = ['subscribe', 'history', 'publish', 'message-update-own', 'steer', 'board']
const ROLES: Readonly<Record<string, readonly string[]>> = {
  ship: ['captain', 'mate', 'guest'],
  deck: ['mate', 'sailor', 'stowaway'],
  crew: ['mate', 'hand'],
  log: ['writer', 'reader', 'mate'],
}
const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  ship: ['fleet'],
  deck: ['within', 'guard'],
  crew: ['within'],
  log: ['about', 'within'],
}
export const TENANT_ROLES = ['owner', 'pilot', 'visitor']
/** Rules switch at whole seconds from 1 to 12. */
export const SECONDS = 12

type Frame = {
  readonly names: readonly string[]
  readonly roles: Readonly<Record<string, readonly string[]>>
  readonly declared: { readonly people: boolean; readonly tenant: boolean }
}

export function anyPolicy(random: Random): PolicyDocument {
  const names = TYPES.filter(() => random.chance(0.92))
  const frame: Frame = {
    names,
    roles: {
      ...Object.fromEntries(names.map((name) => [name, atLeastOne(random, ROLES[name] ?? [])])),
      tenant: TENANT_ROLES,
    },
    declared: { people: random.chance(0.4), tenant: random.chance(0.4) },
  }
  const types = Object.fromEntries(names.map((name) => [name, anyType(random, frame, name)]))
  const withTenant = random.chance(0.2)
    ? {
        ...types,
        tenant: { actions: ['manage', 'steer'], roles: {}, ...rulesOfTenant(random, frame) },
      }
    : types
  return {
    version: 1,
    tenant: {
      key: random.chance(0.93) ? 'acme' : 'other',
      roles: anyTenantRoles(random, withTenant),
      ...(frame.declared.tenant && { attributes: TENANT_ATTRIBUTES }),
    },
    ...(frame.declared.people && { people: { attributes: SUBJECT_ATTRIBUTES } }),
    types: withTenant,
  }
}

/** The same document with one type written anew: what an edit of a policy looks like. */
export function editedPolicy(random: Random, document: PolicyDocument): PolicyDocument {
  const other = anyPolicy(random)
  const names = Object.keys(document.types).filter((name) => name !== 'tenant')
  if (names.length === 0) return other
  const name = random.pick(names)
  const frame: Frame = {
    names,
    roles: {
      ...Object.fromEntries(
        names.map((one) => [one, Object.keys(document.types[one]?.roles ?? {})]),
      ),
      tenant: TENANT_ROLES,
    },
    declared: {
      people: document.people?.attributes !== undefined,
      tenant: document.tenant.attributes !== undefined,
    },
  }
  const { actions } = document.types[name] ?? { actions: [] }
  return {
    ...document,
    types: { ...document.types, [name]: anyType(random, frame, name, actions) },
  }
}

function atLeastOne<T>(random: Random, from: readonly T[]): T[] {
  const some = random.some(from, from.length)
  return some.length > 0 ? some : [random.pick(from)]
}

function anyType(
  random: Random,
  frame: Frame,
  name: string,
  actions: readonly string[] = atLeastOne(random, ACTIONS),
): ResourceTypeDocument {
  const isDeclared = random.chance(0.4)
  const declared: Declared = {
    subject: frame.declared.people,
    resource: isDeclared,
    tenant: frame.declared.tenant,
  }
  const relations = anyRelations(random, frame, name)
  const channels = random.chance(0.8) ? GOVERNS[name] : undefined
  const drawn = Array.from({ length: random.below(5) }, (_, n) =>
    anyRule(random, declared, { actions, roles: frame.roles[name] ?? [], n, channels }),
  )
  // A list says each thing once.
  const rules = [...new Map(drawn.map((rule) => [JSON.stringify(rule), rule])).values()]
  return {
    ...(channels !== undefined && { channels }),
    ...(random.chance(0.15) && { default: 'allow' as const }),
    actions,
    ...(isDeclared && { attributes: RESOURCE_ATTRIBUTES }),
    ...(Object.keys(relations).length > 0 && { relations }),
    roles: Object.fromEntries(
      (frame.roles[name] ?? []).map((role, n, all) => [
        role,
        anyRole(random, frame, declared, { actions, before: all.slice(0, n), relations }),
      ]),
    ),
    ...(rules.length > 0 && { rules }),
    ...(random.chance(0.25) && { messages: anyMessages(random) }),
  }
}

function anyRelations(random: Random, frame: Frame, name: string): Record<string, string[]> {
  const relations: Record<string, string[]> = {}
  for (const relation of RELATIONS[name] ?? []) {
    if (random.chance(0.8)) relations[relation] = atLeastOne(random, [...frame.names, 'tenant'])
  }
  // The reserved relation may be declared, so that roles follow along it.
  if (random.chance(0.15)) relations.tenant = ['tenant']
  return relations
}

type RoleFrame = {
  readonly actions: readonly string[]
  readonly before: readonly string[]
  readonly relations: Readonly<Record<string, readonly string[]>>
}

function anyRole(random: Random, frame: Frame, declared: Declared, place: RoleFrame): RoleDocument {
  const extended = random.some(place.before, 1)
  const from = Object.keys(place.relations)
    .flatMap((via) => [via, via])
    .filter(() => random.chance(0.35))
    .map((via) => anyDerivation(random, frame, declared, via, place.relations[via] ?? []))
    .filter((one, n, all) => all.findIndex((other) => isAlike(one, other)) === n)
  return {
    ...(extended.length > 0 && { extends: extended }),
    ...(random.chance(0.85) && { can: anyActions(random, place.actions) }),
    ...(from.length > 0 && { from }),
    ...(from.length > 0 && random.chance(0.2) && { except_direct: true }),
  }
}

const isAlike = (one: DerivationDocument, other: DerivationDocument) =>
  JSON.stringify(one) === JSON.stringify(other)

function anyDerivation(
  random: Random,
  frame: Frame,
  declared: Declared,
  via: string,
  targets: readonly string[],
): DerivationDocument {
  return {
    role: random.pick(frame.roles[random.pick(targets)] ?? []),
    via,
    ...(random.chance(0.35) && { when: anyCondition(random, declared, true) }),
    ...(random.chance(0.15) && { except_direct: true }),
  }
}

/** `*` alone or a list of at least one. */
function anyActions(random: Random, actions: readonly string[]): string[] {
  return random.chance(0.2) ? ['*'] : atLeastOne(random, actions)
}

type RuleFrame = {
  readonly actions: readonly string[]
  readonly roles: readonly string[]
  readonly n: number
  readonly channels: string | undefined
}

function anyRule(random: Random, declared: Declared, place: RuleFrame): RuleDocument {
  const verb = random.pick(['allow', 'allow', 'forbid', 'forbid', 'require'] as const)
  const listed = anyActions(random, place.actions)
  const isAboutReceive =
    verb !== 'allow' && place.channels !== undefined && listed[0] !== '*' && random.chance(0.35)
  const actions = isAboutReceive ? [...(random.chance(0.5) ? listed : []), 'receive'] : listed
  const refs = [...place.roles, ...TENANT_ROLES.map((role) => `tenant#${role}`)]
  return {
    ...(random.chance(0.3) && { id: `rule-${place.n}` }),
    [verb]: actions.length === 1 && random.chance(0.5) ? actions[0] : actions,
    ...(random.chance(0.5) && { to: atLeastOne(random, refs).slice(0, 3) }),
    ...(random.chance(0.25) && { unless: atLeastOne(random, refs).slice(0, 2) }),
    ...((verb === 'require' || random.chance(0.6)) && {
      when: anyCondition(random, declared, random.chance(0.5)),
    }),
    ...(random.chance(0.3) && { message: 'not now' }),
    ...anyWindow(random),
  }
}

function anyWindow(random: Random): { from?: string; until?: string } {
  const begins = random.below(SECONDS) + 1
  const ends = begins + 1 + random.below(3)
  const x = random.below(20)
  return {
    ...(x < 4 && { from: instant(begins) }),
    ...(x > 0 && x < 5 && { until: instant(ends) }),
  }
}

const instant = (seconds: number) => new Date(seconds * 1000).toISOString()

function rulesOfTenant(random: Random, frame: Frame): { rules?: RuleDocument[] } {
  // With attributes declared, conditions over those of other types would be refused.
  if (frame.declared.tenant || random.chance(0.5)) return {}
  const declared = {
    subject: frame.declared.people,
    resource: false,
    tenant: frame.declared.tenant,
  }
  const place = { actions: ['manage', 'steer'], roles: [], n: 0, channels: undefined }
  return { rules: [anyRule(random, declared, place)] }
}

function anyTenantRoles(
  random: Random,
  types: Readonly<Record<string, ResourceTypeDocument>>,
): Record<string, TenantRoleDocument> {
  return Object.fromEntries(
    TENANT_ROLES.map((role, n) => {
      const extended = random.some(TENANT_ROLES.slice(0, n), 1)
      const can = Object.fromEntries(
        Object.entries(types)
          .filter(() => random.chance(0.4))
          .map(([name, type]) => [name, anyActions(random, type.actions)]),
      )
      return [role, { ...(extended.length > 0 && { extends: extended }), can }]
    }),
  )
}

function anyMessages(random: Random): Record<string, MessageSchema> {
  const schema = (): MessageSchema => ({
    fields: {
      text: random.pick(['string', { type: 'string', max_length: 3, optional: true }] as const),
      n: random.pick([
        'int',
        'any',
        { type: 'number', optional: true },
        { type: 'int', one_of: [1, 3] },
      ] as const),
      ...(random.chance(0.3) && {
        tags: { type: 'list', items: 'string', max_length: 2, optional: true } as const,
      }),
    },
  })
  return {
    note: schema(),
    ...(random.chance(0.4) && { ping: { fields: {} } }),
    ...(random.chance(0.3) && { '*': schema() }),
  }
}
