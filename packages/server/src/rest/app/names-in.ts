// Names as they come in paths, queries and bodies, read or refused.

import {
  NameInvalid,
  parseRelation,
  parseResourceId,
  parseSubjectId,
  parseTuple,
  type RelationTuple,
  type ResourceId,
  type RoleTuple,
  resourceOf,
  type SubjectId,
  type World,
} from '@sayso/policy'
import { Failure } from '../../commands/failure.ts'

/** @throws {Failure} `invalid` */
export function subjectIn(text: string): SubjectId {
  return named(() => parseSubjectId(text))
}

/** A channel stands for the resource that governs it. @throws {Failure} `invalid` */
export function resourceIn(world: World, text: string): ResourceId {
  return resourceOf(world.policy, text) ?? resourceIdIn(text)
}

/** @throws {Failure} `invalid` */
export function resourceIdIn(text: string): ResourceId {
  return named(() => parseResourceId(text))
}

/** @throws {Failure} `invalid` */
export function tupleIn(text: string): RoleTuple {
  return named(() => parseTuple(text))
}

/** @throws {Failure} `invalid` */
export function relationIn(text: string): RelationTuple {
  return named(() => parseRelation(text))
}

/** A person by the id in a path. @throws {Failure} `invalid` */
export function personIn(id: string): SubjectId {
  return subjectIn(`user:${id}`)
}

function named<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof NameInvalid)) throw error
    throw new Failure('invalid', error.message, { remedy: error.remedy })
  }
}
