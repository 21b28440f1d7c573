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
  (r) => r.pick(['true', 'false', '1 < 2']),
  (r) => `subject.age + 1 ${r.pick(['<', '>='])} ${r.below(6)}`,
  () => 'resource.level * 2 == 4',
  () => 'subject.age - resource.level >= 0',
  () => 'subject.age % 2 == 0',
  () => 'resource.level / 2 > 1',
  () => '-subject.age < -2',
  () => "string(subject.age) == '3'",
  () => 'int(subject.pay) == 1',
  () => 'subject.age in resource.tags',
  () => 'subject.age in [1, 2, 3]',
  () => 'resource.level in subject.ranks',
  () => '[1, 2.0].exists(n, n == subject.age)',
  () => 'subject.ranks.exists_one(n, n == 2)',
  () => "resource.tags.map(t, t).filter(t, t == 'a') == ['a']",
  () => "resource.tags == ['a', 'b']",
  () => 'resource.tags == []',
  () => 'resource.tags[0] == subject.id',
  () => "resource.meta == {'colour': 'red', 'number': 3}",
  () => "resource.meta.exists(k, k == 'colour')",
  () => "resource.zone == 'colour' && resource.meta[resource.zone] == 'red'",
  () => "resource.meta['colour'] == 'blue'",
  () => "subject.zone + 'x' == 'northx'",
  () => 'subject.zone < resource.zone',
  () => 'size(subject.zone) < 4',
  () => "resource.zone.matches('^n.*h$')",
  () => "resource.zone.endsWith('th')",
  () => 'resource.share in [1, 2.5]',
  () => 'resource.open == tenant.strict',
  () => 'subject.age == subject.pay',
  () => 'resource.share == 1',
  () => "(resource.open ? 'a' : 'b') == 'a'",
  () => 'subject.pay > resource.level',
]
const LOOKUPS: readonly Atom[] = [
  (r) => `lookup('${r.pick(LOOKED_UP)}').${r.pick(['cleared', 'open', 'strict'])}`,
  (r) => `lookup('${r.pick(LOOKED_UP)}').zone == subject.zone`,
  () => 'lookup(resource.keeper).age > 2',
  () => 'lookup(resource.keeper).id == subject.id',
  () => 'resource.tags.exists(t, lookup(t).cleared)',
  () => 'lookup(lookup(resource.keeper).keeper).open',
  () => "lookup('user:' + subject.zone).cleared",
]
/** Mostly somebody who changes often. */
const BEN = 'user:ben'
const LOOKED_UP = [
  ...[BEN, BEN, BEN, BEN, BEN],
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
  (r, d) => `has(${free(r, d, 'constructor')})`,
  (r, d) => `${free(r, d, 'toString')} == 1`,
  (r, d) => `'constructor' in ${freeRoot(r, d)}`,
  (r, d) => `${freeRoot(r, d)}['zone'] == 'north'`,
  (r, d) => `${freeRoot(r, d)}.exists(k, k == 'zone')`,
  (r, d) => `${free(r, d, 'tags')} + ['x'] == ['a', 'x']`,
  (r, d) => `${free(r, d, 'level')} == ${free(r, d, 'zone')}`,
  (r, d) => `${free(r, d, 'age')} == ${free(r, d, 'pay')}`,
  (r, d) => `${free(r, d, 'share')} == 1`,
  (r, d) => `${free(r, d, 'level')} in ${free(r, d, 'meta')}`,
  (r, d) => `${free(r, d, 'meta')}[${free(r, d, 'zone')}] == 1`,
  (r, d) => `${free(r, d, 'zone')} == [1]`,
  (r, d) => `${free(r, d, 'zone')} == null`,
  (r, d) => `null == ${free(r, d, 'unheard')}`,
]

const free = (random: Random, declared: Declared, attribute: string) =>
  `${freeRoot(random, declared)}.${attribute}`

/** A variable of which nothing is declared; there is one whenever this is asked. */
function freeRoot(random: Random, declared: Declared): string {
  return random.pick((['subject', 'resource', 'tenant'] as const).filter((name) => !declared[name]))
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
  if (random.chance(0.12)) return random.pick(LOOKUPS)(random, declared)
  if (!isStable && random.chance(0.4)) return random.pick(REQUEST)(random, declared)
  const isAllDeclared = declared.subject && declared.resource && declared.tenant
  if (!isAllDeclared && random.chance(0.15)) return random.pick(LOOSE)(random, declared)
  return random.pick(STABLE)(random, declared)
}
