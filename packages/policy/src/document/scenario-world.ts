// The world a scenario file describes, as the changes that make it.

import { CapabilityInvalid, parseCapability } from '../capability.ts'
import type { KeyRecord, RightsChange } from '../change.ts'
import type { PolicyDocument } from '../document-types.ts'
import { parseInstant } from '../instant.ts'
import type { Attributes, KeyId, ResourceId, Revision, SubjectId } from '../names.ts'
import { quote } from '../quote.ts'
import { dueChanges } from '../time.ts'
import { NameInvalid, parseRelation, parseTuple } from '../tuple.ts'
import { emptyWorld, foldRights, type World } from '../world.ts'
import { fieldOf, fieldsOf, itemsOf, type Place, textOf } from './place.ts'
import type { Problems } from './problems.ts'
import { toValue } from './tree.ts'

/** Builds the world of a scenario; what cannot be read is reported and left out. */
export function worldOf(root: Place, policy: PolicyDocument, problems: Problems): World {
  const changes: RightsChange[] = [
    { kind: 'put-policy', document: policy, text: '' },
    ...resourcesOf(root),
    ...fieldsOf(fieldOf(root, 'people')).map(
      (person): RightsChange => ({
        kind: 'put-person',
        subject: person.key as SubjectId,
        attributes: toValue(person.tree) as Attributes,
      }),
    ),
    ...itemsOf(fieldOf(root, 'tuples')).flatMap((item) => grantOf(item, problems)),
    ...itemsOf(fieldOf(root, 'relations')).flatMap((item) =>
      read(item, problems, (text): RightsChange => ({ kind: 'relate', ...parseRelation(text) })),
    ),
    ...fieldsOf(fieldOf(root, 'keys')).flatMap((key) => keyOf(key.key as KeyId, key, problems)),
  ]
  const world = foldRights(emptyWorld, changes, 1 as Revision)
  return atInstant(world, instantOf(fieldOf(root, 'now'), problems))
}

/** The world as time alone makes it by then; as it is if no time is given. */
export function atInstant(world: World, nowMs: number | undefined): World {
  return nowMs === undefined ? world : foldRights(world, dueChanges(world, nowMs), world.revision)
}

export function instantOf(place: Place | undefined, problems: Problems): number | undefined {
  const text = textOf(place)
  if (!place || text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant === undefined) {
    const remedy = 'write one such as `2026-03-01T09:00:00Z`'
    problems.add(place.at, place.path, `${quote(text)} is no instant`, remedy)
  }
  return instant
}

/** Listed ones, and those that somebody has a role on or that something points to or from. */
function resourcesOf(root: Place): readonly RightsChange[] {
  const listed = fieldOf(root, 'resources')
  const attributes = new Map<ResourceId, Attributes>()
  for (const item of itemsOf(listed)) attributes.set(textOf(item) as ResourceId, {})
  for (const item of fieldsOf(listed)) {
    attributes.set(item.key as ResourceId, toValue(item.tree) as Attributes)
  }
  const quiet = { add: () => undefined }
  const named = [
    ...itemsOf(fieldOf(root, 'tuples')).flatMap((item) => grantOf(item, quiet)),
    ...itemsOf(fieldOf(root, 'relations')).flatMap((item) => read(item, quiet, parseRelation)),
  ].flatMap((fact) => {
    if ('target' in fact) return [fact.resource, fact.target]
    return 'tuple' in fact ? [fact.tuple.resource] : []
  })
  for (const resource of named) {
    if (!attributes.has(resource)) attributes.set(resource, {})
  }
  return [...attributes].map(([resource, own]) => ({
    kind: 'put-resource',
    resource,
    attributes: own,
  }))
}

type Reporting = Pick<Problems, 'add'>

function grantOf(item: Place, problems: Reporting): readonly RightsChange[] {
  const tuple = fieldOf(item, 'tuple')
  if (!tuple) {
    return read(item, problems, (text) => ({ kind: 'assign', tuple: parseTuple(text) }))
  }
  const notBeforeMs = parseInstant(textOf(fieldOf(item, 'not_before')) ?? '')
  const expiresAtMs = parseInstant(textOf(fieldOf(item, 'expires_at')) ?? '')
  for (const field of ['not_before', 'expires_at']) {
    instantOf(fieldOf(item, field), problems as Problems)
  }
  return read(tuple, problems, (text) => ({
    kind: 'assign',
    tuple: parseTuple(text),
    ...(notBeforeMs !== undefined && { notBeforeMs }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  }))
}

function keyOf(id: KeyId, place: Place, problems: Problems): readonly RightsChange[] {
  const capability = capabilityOf(fieldOf(place, 'capability'), problems)
  const mayDelegate = capabilityOf(fieldOf(place, 'mayDelegate'), problems)
  if (!capability) return []
  const key: KeyRecord = {
    id,
    name: id,
    capability,
    ...(mayDelegate && { mayDelegate }),
    scopes: [],
    sealedSecret: '',
    createdAtMs: 0,
  }
  return [{ kind: 'put-key', key }]
}

/** Reads a capability; one that is none is reported. */
export function capabilityOf(place: Place | undefined, problems: Problems) {
  if (!place) return undefined
  try {
    return parseCapability(toValue(place.tree))
  } catch (error) {
    if (!(error instanceof CapabilityInvalid)) throw error
    problems.add(place.at, place.path, error.message, error.remedy)
    return undefined
  }
}

function read<T>(place: Place, problems: Reporting, parse: (text: string) => T): readonly T[] {
  try {
    return [parse(textOf(place) ?? '')]
  } catch (error) {
    if (!(error instanceof NameInvalid)) throw error
    problems.add(place.at, place.path, error.message, error.remedy)
    return []
  }
}
