// Checks what the schema cannot say: that every name refers to something, that no role inherits from itself, that no two
// types govern the same channel. Looks leniently, so that it can run beside the shape check.

import { isAttributeType } from '../attributes.ts'
import { isSpecialName } from '../channel-name.ts'
import { TENANT_TYPE } from '../compiled.ts'
import type { DeclaringDocument } from '../condition/compile-condition.ts'
import type { AttributeType, AttributeTypes } from '../document-types.ts'
import { quote } from '../quote.ts'
import { fieldOf, fieldsOf, type NamedPlace, type Place, textOf, textsOf } from './place.ts'
import type { Problems } from './problems.ts'

/** The words a document declares. */
export type Vocabulary = {
  readonly types: ReadonlyMap<string, TypeWords>
  readonly tenant: { readonly key: string | undefined; readonly roles: ReadonlySet<string> }
  readonly declaring: DeclaringDocument
}
export type TypeWords = {
  readonly actions: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly channels: string | undefined
  /** The types each relation may point to. */
  readonly relations: ReadonlyMap<string, readonly string[]>
  readonly attributes: AttributeTypes | undefined
}

export function readVocabulary(root: Place): Vocabulary {
  const tenant = fieldOf(root, 'tenant')
  const types = fieldsOf(fieldOf(root, 'types')).map((type) => [type.key, typeWords(type)] as const)
  const declares = (attributes: AttributeTypes | undefined) => (attributes ? { attributes } : {})
  return {
    types: new Map(types),
    tenant: { key: textOf(fieldOf(tenant, 'key')), roles: namesIn(fieldOf(tenant, 'roles')) },
    declaring: {
      people: declares(declaredIn(fieldOf(root, 'people'))),
      tenant: declares(declaredIn(tenant)),
      types: Object.fromEntries(
        types.map(([name, { attributes }]) => [name, declares(attributes)]),
      ),
    },
  }
}

function typeWords(type: Place): TypeWords {
  return {
    actions: new Set(textsOf(fieldOf(type, 'actions')).map(({ text }) => text)),
    roles: namesIn(fieldOf(type, 'roles')),
    channels: textOf(fieldOf(type, 'channels')),
    relations: new Map(
      fieldsOf(fieldOf(type, 'relations')).map((relation) => [
        relation.key,
        textsOf(relation).map(({ text }) => text),
      ]),
    ),
    attributes: declaredIn(type),
  }
}

/** Declared attributes; what is no type is reported elsewhere and counts as any. */
function declaredIn(place: Place | undefined): AttributeTypes | undefined {
  const attributes = fieldOf(place, 'attributes')
  if (attributes?.tree.kind !== 'map') return undefined
  const types = fieldsOf(attributes).map((attribute): [string, AttributeType] => {
    const type = textOf(attribute)
    return [attribute.key, isAttributeType(type) ? type : 'any']
  })
  return Object.fromEntries(types)
}

function namesIn(place: Place | undefined): ReadonlySet<string> {
  return new Set(fieldsOf(place).map(({ key }) => key))
}

/** Reports broken references and contradictions among tenant, types and roles. */
export function checkTypes(root: Place, words: Vocabulary, problems: Problems): void {
  for (const type of fieldsOf(fieldOf(root, 'types'))) {
    const known = words.types.get(type.key)?.actions ?? new Set()
    for (const role of fieldsOf(fieldOf(type, 'roles'))) {
      checkCan(fieldOf(role, 'can'), known, type.key, problems)
    }
    checkInheritance(fieldOf(type, 'roles'), problems)
    checkTenantType(type, problems)
  }
  const tenantRoles = fieldOf(fieldOf(root, 'tenant'), 'roles')
  checkInheritance(tenantRoles, problems)
  for (const role of fieldsOf(tenantRoles)) checkTenantCan(role, words, problems)
  checkChannels(root, problems)
}

function checkCan(
  can: Place | undefined,
  known: ReadonlySet<string>,
  type: string,
  problems: Problems,
): void {
  checkActions(textsOf(can), known, type, problems)
}

/** Reports words that are no actions of the type, and a `*` among others. */
export function checkActions(
  listed: readonly (Place & { readonly text: string })[],
  known: ReadonlySet<string>,
  type: string,
  problems: Problems,
): void {
  for (const { text, at, path } of listed) {
    if (text === '*' && listed.length > 1) {
      problems.add(at, path, '`*` stands beside other actions', 'use `*` alone, or leave it out')
    } else if (text !== '*' && !known.has(text)) {
      const message = `${quote(text)} is not an action of ${quote(type)}`
      problems.add(at, path, message, `list it under \`types.${type}.actions\`, or correct it`)
    }
  }
}

function checkTenantCan(role: NamedPlace, words: Vocabulary, problems: Problems): void {
  for (const can of fieldsOf(fieldOf(role, 'can'))) {
    const type = words.types.get(can.key)
    if (type) checkCan(can, type.actions, can.key, problems)
    else reportUnknown(can.keyAt, can.path, can.key, 'resource type', words.types.keys(), problems)
  }
}

/** Names what is not known and what is. */
export function reportUnknown(
  at: number,
  path: string,
  word: string,
  noun: string,
  known: Iterable<string>,
  problems: Problems,
): void {
  const message = `${quote(word)} is not a ${noun} of this document`
  problems.add(at, path, message, useOneOf(known))
}

export function useOneOf(known: Iterable<string>): string {
  const words = [...known].slice(0, 12).map((name) => `\`${name}\``)
  return words.length > 0 ? `use ${words.join(', ')}, or declare it` : 'declare it first'
}

function checkInheritance(roles: Place | undefined, problems: Problems): void {
  const parents = new Map<string, readonly string[]>()
  const known = namesIn(roles)
  for (const role of fieldsOf(roles)) {
    const extended = textsOf(fieldOf(role, 'extends'))
    parents.set(
      role.key,
      extended.map(({ text }) => text),
    )
    for (const { text, at, path } of extended) {
      if (!known.has(text)) reportUnknown(at, path, text, 'role', known, problems)
    }
  }
  for (const role of fieldsOf(roles)) {
    const circle = circleFrom(role.key, parents)
    if (!circle) continue
    const place = fieldOf(role, 'extends') ?? role
    const message = `the role inherits from itself: ${circle.map(quote).join(' → ')}`
    problems.add(place.at, place.path, message, 'take one `extends` of the circle away')
  }
}

/** A shortest way from a role back to itself. */
function circleFrom(
  start: string,
  parents: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const role of queue) {
    for (const next of parents.get(role) ?? []) {
      if (next === start) return wayBack(role, start, cameFrom)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, role)
      queue.push(next)
    }
  }
  return undefined
}

function wayBack(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [start]
  for (let role: string | undefined = last; role !== undefined && role !== start; ) {
    way.unshift(role)
    role = cameFrom.get(role)
  }
  return [start, ...way]
}

/** The tenant is one thing and no channel; its roles have their own place. */
function checkTenantType(type: NamedPlace, problems: Problems): void {
  if (type.key !== TENANT_TYPE) return
  const channels = fieldOf(type, 'channels')
  if (channels) {
    problems.add(channels.keyAt, channels.path, 'the tenant governs no channels', 'take this away')
  }
  for (const role of fieldsOf(fieldOf(type, 'roles'))) {
    const remedy = 'declare roles on the tenant under `tenant.roles`'
    problems.add(role.keyAt, role.path, `${quote(role.key)} has another place`, remedy)
  }
}

function checkChannels(root: Place, problems: Problems): void {
  const earlier: { type: string; prefix: string; suffix: string }[] = []
  for (const type of fieldsOf(fieldOf(root, 'types'))) {
    const place = fieldOf(type, 'channels')
    const pattern = textOf(place)
    const [prefix, suffix, ...more] = pattern?.split('{key}') ?? []
    if (!place || prefix === undefined || suffix === undefined || more.length > 0) continue
    if (isSpecialName(prefix, suffix)) {
      const remedy = 'use an ordinary name: no `[` or `:` first, no `::$chat` last'
      problems.add(place.at, place.path, `${quote(pattern ?? '')} names special channels`, remedy)
    }
    const other = earlier.find(
      (taken) =>
        (taken.prefix.startsWith(prefix) || prefix.startsWith(taken.prefix)) &&
        (taken.suffix.endsWith(suffix) || suffix.endsWith(taken.suffix)),
    )
    if (other) {
      const message = `${quote(type.key)} and ${quote(other.type)} would govern the same channels`
      problems.add(place.at, place.path, message, 'give each type a prefix of its own')
    }
    earlier.push({ type: type.key, prefix, suffix })
  }
}
