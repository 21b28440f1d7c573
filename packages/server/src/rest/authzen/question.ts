// From AuthZEN's words to ours and back: subject, resource and action as ids, properties as attributes of this one request.

import {
  type Action,
  type Attributes,
  NameInvalid,
  parseResourceId,
  parseSubjectId,
  type Question,
  type ResourceId,
  type SubjectId,
} from '@sayso/policy'
import type { Evaluation, Properties } from './entities.ts'

/** What a request brings along besides ids. */
export type Brought = Pick<Question, 'context' | 'supposed'>

type Entity = { readonly properties?: Properties | undefined }

/**
 * Properties lie over what is stored, for this question alone. Those of the action are read by conditions as
 * `context.action`.
 */
export function brought(about: {
  readonly subject?: Entity
  readonly resource?: Entity
  readonly action?: Entity
  readonly context?: Properties
}): Brought {
  const { subject, resource, action, context = {} } = about
  const { tenant: _tenant, ...ofResource } = attributes(resource?.properties)
  const supposed = {
    ...(subject?.properties === undefined ? {} : { subject: attributes(subject.properties) }),
    ...(Object.keys(ofResource).length === 0 ? {} : { resource: ofResource }),
  }
  const given = action?.properties
  return {
    context: { ...attributes(context), ...(given ? { action: attributes(given) } : {}) },
    ...(Object.keys(supposed).length === 0 ? {} : { supposed }),
  }
}

/** Undefined if there can be nobody or nothing of that name: it is denied, never an error. */
export function questionOf(asked: Evaluation): Question | undefined {
  const subject = subjectIn(asked.subject)
  const resource = resourceIn(asked.resource)
  if (subject === undefined || resource === undefined) return undefined
  const tenant = tenantIn(asked.resource)
  return {
    subject,
    action: asked.action.name as Action,
    resource,
    ...brought(asked),
    ...(tenant === undefined ? {} : { inTenant: tenant }),
  }
}

/** The tenant the caller speaks of, in a property of the resource as the standard has no word for it. */
function tenantIn({ properties }: Entity): ResourceId | undefined {
  const tenant = properties?.tenant
  return typeof tenant === 'string' ? named(() => parseResourceId(`tenant:${tenant}`)) : undefined
}

export function subjectIn(entity: { type: string; id: string }): SubjectId | undefined {
  return named(() => parseSubjectId(`${entity.type}:${entity.id}`))
}

export function resourceIn(entity: { type: string; id: string }): ResourceId | undefined {
  return named(() => parseResourceId(`${entity.type}:${entity.id}`))
}

/** An id as the standard writes it. */
export function entityOf(id: string): { type: string; id: string } {
  const colon = id.indexOf(':')
  return { type: id.slice(0, colon), id: id.slice(colon + 1) }
}

function named<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof NameInvalid) return undefined
    throw error
  }
}

function attributes(properties: Properties): Attributes {
  return (properties ?? {}) as Attributes
}
