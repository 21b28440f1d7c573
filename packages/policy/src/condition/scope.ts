// Subjects, resources and the tenant as conditions see them: their attributes, and their names, which no attribute hides.

import { ANONYMOUS, type Attributes, type ResourceId, type SubjectId } from '../names.ts'
import { keyOf, typeOf } from '../tuple.ts'

const USER = 'user:'

/** `subject`: `id` is the bare id (`ada`), empty for visitors. */
export function subjectValue(subject: SubjectId, attributes: Attributes): Attributes {
  const isAnonymous = subject === ANONYMOUS
  return {
    ...attributes,
    id: isAnonymous ? '' : subject.slice(USER.length),
    anonymous: isAnonymous,
  }
}

/** `resource`: `id` is the whole id (`team:red`). */
export function resourceValue(resource: ResourceId, attributes: Attributes): Attributes {
  return { ...attributes, id: resource, type: typeOf(resource), key: keyOf(resource) }
}

/** `tenant`: as a resource, without a type. */
export function tenantValue(tenant: ResourceId, attributes: Attributes): Attributes {
  return { ...attributes, id: tenant, key: keyOf(tenant) }
}

/** What `lookup` gives for an id. */
export function foundValue(id: string, attributes: Attributes): Attributes {
  return id.startsWith(USER)
    ? subjectValue(id as SubjectId, attributes)
    : resourceValue(id as ResourceId, attributes)
}
