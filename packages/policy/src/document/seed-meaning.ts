// Checks that what a document seeds is of types it knows, and in tenants that will be there.

import { checkAttributes } from '../attributes.ts'
import { TENANT_TYPE } from '../compiled.ts'
import type { AttributeTypes } from '../document-types.ts'
import type { Attributes } from '../names.ts'
import { quote } from '../quote.ts'
import { reportUnknown, type Vocabulary } from './meaning.ts'
import { fieldOf, fieldsOf, type NamedPlace, type Place, textOf, typeIn } from './place.ts'
import type { Problems } from './problems.ts'
import { toValue } from './tree.ts'

export function checkSeed(root: Place, words: Vocabulary, problems: Problems): void {
  const seed = fieldOf(root, 'seed')
  const resources = fieldsOf(fieldOf(seed, 'resources'))
  for (const resource of resources) {
    const type = typeIn(resource.key)
    if (type === undefined) continue
    const known = words.types.get(type)
    if (type === TENANT_TYPE) {
      checkSeeded(resource, words.declaring.tenant.attributes, problems)
    } else if (known) {
      checkSeeded(resource, known.attributes, problems)
    } else {
      const { keyAt, path } = resource
      reportUnknown(keyAt, path, type, 'resource type', words.types.keys(), problems)
    }
  }
  const seeded = new Set(resources.map(({ key }) => key))
  for (const tenancy of fieldsOf(fieldOf(seed, 'tenants'))) {
    checkTenancy(tenancy, words, seeded, problems)
  }
}

function checkSeeded(
  resource: NamedPlace,
  types: AttributeTypes | undefined,
  problems: Problems,
): void {
  const attributes = toValue(resource.tree)
  if (resource.tree.kind !== 'map') return
  for (const { name, message, remedy } of checkAttributes(types, attributes as Attributes)) {
    const { keyAt, path } = fieldOf(resource, name) ?? resource
    problems.add(keyAt, path, message, remedy)
  }
}

function checkTenancy(
  tenancy: NamedPlace,
  words: Vocabulary,
  seeded: ReadonlySet<string>,
  problems: Problems,
): void {
  const { key, keyAt, at, path } = tenancy
  if (typeIn(key) === TENANT_TYPE) {
    problems.add(keyAt, path, 'a tenant is in no other', 'name resources of other types')
  } else if (!seeded.has(key)) {
    const remedy = 'name resources listed under `seed.resources`'
    problems.add(keyAt, path, `${quote(key)} is not seeded`, remedy)
  }
  const tenant = textOf(tenancy)
  if (tenant === undefined || typeIn(tenant) === undefined) return
  const isKnown = tenant === `${TENANT_TYPE}:${words.tenant.key}` || seeded.has(tenant)
  if (typeIn(tenant) === TENANT_TYPE && isKnown) return
  const remedy = 'name the tenant of the document, or one listed under `seed.resources`'
  problems.add(at, path, `${quote(tenant)} is no tenant here`, remedy)
}
