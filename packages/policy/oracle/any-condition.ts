// Random conditions: all that rules may read, well-typed where the document declares types, often wrong where it does not.

import type { AttributeTypes } from '../src/document-types.ts'
import type { Random } from './random.ts'

/** What attributes hold if the document says so; facts follow it most of the time. */
export const SUBJECT_ATTRIBUTES: AttributeTypes = {
  age: 'int',
  zone: 'string',
  ranks: 'list',
  cleared: 'bool',
  badge: 'map',
  pay: 'double',
}
export const RESOURCE_ATTRIBUTES: AttributeTypes = {
  level: 'int',
  zone: 'string',
  tags: 'list',
  open: 'bool',
  meta: 'map',
  keeper: 'string',
  share: 'double',
}
export const TENANT_ATTRIBUTES: AttributeTypes = { strict: 'bool', zone: 'string', floor: 'int' }

export type Declared = {
  readonly subject: boolean
  readonly resource: boolean
  readonly tenant: boolean
}

const ZONES = ['north', 'south', '']
const WORDS = ['a', 'b', 'ada', 'user:ben']

type Atom = (random: Random, declared: Declared) => string

const STABLE: readonly Atom[] = [
  (r) => `subject.age ${r.pick(['<', '<=', '>', '>=', '==', '!='])} ${r.below(6)}`,
  (r) => `subject.pay ${r.pick(['<', '>='])} ${r.pick(['1.5', '2.0', '3'])}`,
  (r) => `resource.level ${r.pick(['<', '>=', '=='])} ${r.below(6)}`,
  (r) => `resource.level ${r.pick(['<=', '>', '==', '!='])} subject.age`,
  (r) => `resource.share ${r.pick(['<', '>='])} ${r.pick(['0.5', '1', '2.5'])}`,
  () => 'subject.cleared',
  () => 'resource.open',
  () => '!resource.open',
  () => 'resource.open == true',
  (r) => `subject.zone == '${r.pick(ZONES)}'`,
  () => 'subject.zone == resource.zone',
  (r) => `resource.zone != '${r.pick(ZONES)}'`,
  (r) => `resource.zone.startsWith('${r.pick(['n', 'so', ''])}')`,
  (r) => `subject.zone.contains('${r.pick(['o', 'x'])}')`,
  (r) => `'${r.pick(WORDS)}' in resource.tags`,
  () => 'subject.id in resource.tags',
  (r) => `${r.below(4)} in subject.ranks`,
  (r) => `size(resource.tags) ${r.pick(['<', '>', '=='])} ${r.below(3)}`,
  (r) => `resource.tags.exists(t, t == '${r.pick(WORDS)}')`,
  (r) => `subject.ranks.all(n, n < ${r.below(5)})`,
  (r) => `resource.meta.colour == '${r.pick(['red', 'blue'])}'`,
  () => "'colour' in resource.meta",
  () => 'has(resource.level)',
  () => 'has(subject.zone)',
  () => 'has(resource.meta.colour)',
  (r) => `subject.badge.number > ${r.below(4)}`,
  () => 'subject.anonymous',
  (r) => `subject.id == '${r.pick(['ada', 'ben', ''])}'`,
  (r) => `resource.key == '${r.pick(['a', 'one'])}'`,
  (r) => `resource.type == '${r.pick(['deck', 'ship'])}'`,
  (r) => `resource.id == '${r.pick(['deck:a', 'ship:one'])}'`,
  () => 'tenant.strict',
  () => 'tenant.zone == resource.zone',
  (r) => `tenant.floor < ${r.below(4)}`,
  (r) => `tenant.key == '${r.pick(['acme', 'other'])}'`,
  (r) => `lookup('${r.pick(LOOKED_UP)}').${r.pick(['cleared', 'open', 'strict'])}`,
  (r) => `lookup('${r.pick(LOOKED_UP)}').zone == subject.zone`,
  () => 'lookup(resource.keeper).age > 2',
  () => 'lookup(resource.keeper).id == subject.id',
  () => 'resource.tags.exists(t, lookup(t).cleared)',
  (r) => r.pick(['true', 'false', '1 < 2']),
]
const LOOKED_UP = [
  'user:ben',
  'user:zed',
  'ship:one',
  'deck:nowhere',
  'tenant:acme',
  'ghost:g',
  'x',
]

/** Only where nothing is declared: the checker would refuse them otherwise. */
const LOOSE: readonly Atom[] = [
  (r, d) => free(r, d, 'zone'),
  (r, d) => `${free(r, d, 'zone')} ${r.pick(['==', '!=', '<'])} 3`,
  (r, d) => `${free(r, d, 'level')} == '3'`,
  (r, d) => `!${free(r, d, 'level')}`,
  (r, d) => `${free(r, d, 'unheard')} == 1`,
  (r, d) => `has(${free(r, d, 'unheard')})`,
  (r, d) => `${free(r, d, 'tags')} == true`,
  (r, d) => `${free(r, d, 'tags')}`,
  (r, d) => `${free(r, d, 'level')} || ${free(r, d, 'open')}`,
  (r, d) => `${free(r, d, 'nothing')} == null`,
  (r, d) => `size(${free(r, d, 'zone')}) == 5`,
]

function free(random: Random, declared: Declared, attribute: string): string {
  const open = (['subject', 'resource', 'tenant'] as const).filter((name) => !declared[name])
  return open.length === 0 ? 'resource.key' : `${random.pick(open)}.${attribute}`
}

const REQUEST: readonly Atom[] = [
  (r) => `message.after.name == '${r.pick(['note', 'ping', ''])}'`,
  () => 'message.after.clientId == subject.id',
  () => 'message.before == null',
  () => 'message.before != null && message.before.clientId == subject.id',
  () => 'message.after != null',
  (r) => `message.after.data.n > ${r.below(5)}`,
  (r) => `message.after.data.text == '${r.pick(['hi', 'ho'])}'`,
  () => 'has(message.after.data.text)',
  (r) => `message.after.headers.lang == '${r.pick(['en', 'fr'])}'`,
  () => 'message.after.data == null',
  () => 'message.after.data.zone == resource.zone',
  () => 'has(message.after.serial)',
  (r) => `context.ip == '${r.pick(['home', 'away'])}'`,
  () => "'ip' in context",
  () => 'has(context.hops)',
  (r) => `context.hops < ${r.below(4)}`,
  () => 'context.hops < subject.age',
]

/** An expression, stable ones only if asked for. */
export function anyCondition(random: Random, declared: Declared, isStable: boolean): string {
  return expression(random, declared, isStable, 2)
}

function expression(random: Random, declared: Declared, isStable: boolean, depth: number): string {
  if (depth === 0 || random.chance(0.55)) return atom(random, declared, isStable)
  const part = () => expression(random, declared, isStable, depth - 1)
  switch (random.below(5)) {
    case 0:
    case 1:
      return `(${part()}) && (${part()})`
    case 2:
      return `(${part()}) || (${part()})`
    case 3:
      return `!(${part()})`
    default:
      return `(${part()}) ? (${part()}) : (${part()})`
  }
}

function atom(random: Random, declared: Declared, isStable: boolean): string {
  if (!isStable && random.chance(0.4)) return random.pick(REQUEST)(random, declared)
  const isAllDeclared = declared.subject && declared.resource && declared.tenant
  if (!isAllDeclared && random.chance(0.15)) return random.pick(LOOSE)(random, declared)
  return random.pick(STABLE)(random, declared)
}
