// Facts as plain lists, folded the slow and obvious way: what the packed ones are held to.

import type { Grant, RightsChange } from '../src/change.ts'
import type { Facts } from '../src/facts.ts'
import type { Attributes } from '../src/names.ts'
import { formatRelation, formatTuple } from '../src/tuple.ts'
import { resources, sets, subjects } from './worlds.ts'

/** Each fact by its text. */
export type PlainFacts = {
  readonly grants: ReadonlyMap<string, Grant>
  readonly relations: ReadonlySet<string>
  readonly people: ReadonlyMap<string, Attributes>
  readonly resources: ReadonlyMap<string, Attributes>
  readonly requests: ReadonlyMap<string, unknown>
}

export const noFacts: PlainFacts = {
  grants: new Map(),
  relations: new Set(),
  people: new Map(),
  resources: new Map(),
  requests: new Map(),
}

export function plainly(facts: PlainFacts, change: RightsChange): PlainFacts {
  switch (change.kind) {
    case 'assign': {
      const { kind: _, tuple, ...grant } = change
      return { ...facts, grants: new Map(facts.grants).set(formatTuple(tuple), grant) }
    }
    case 'unassign':
      return { ...facts, grants: without(facts.grants, (key) => key === formatTuple(change.tuple)) }
    case 'relate':
      return { ...facts, relations: new Set([...facts.relations, formatRelation(change)]) }
    case 'unrelate':
      return { ...facts, relations: less(facts.relations, (key) => key === formatRelation(change)) }
    case 'put-person':
      return { ...facts, people: new Map(facts.people).set(change.subject, change.attributes) }
    case 'put-resource':
      return {
        ...facts,
        resources: new Map(facts.resources).set(change.resource, change.attributes),
      }
    case 'remove-resource':
      return {
        ...facts,
        grants: without(facts.grants, (key) => key.startsWith(`${change.resource}#`)),
        relations: less(
          facts.relations,
          (key) => key.startsWith(`${change.resource}#`) || key.endsWith(`@${change.resource}`),
        ),
        resources: without(facts.resources, (key) => key === change.resource),
        requests: without(facts.requests, (key) => key.endsWith(` ${change.resource}`)),
      }
    case 'put-request':
      return {
        ...facts,
        requests: new Map(facts.requests).set(requestKey(change), change.request),
      }
    case 'remove-request':
      return { ...facts, requests: without(facts.requests, (key) => key === requestKey(change)) }
    default:
      return facts
  }
}

const requestKey = ({ subject, resource }: { subject: string; resource: string }) =>
  `${subject} ${resource}`

function without<V>(map: ReadonlyMap<string, V>, goes: (key: string) => boolean): Map<string, V> {
  return new Map([...map].filter(([key]) => !goes(key)))
}

function less(set: ReadonlySet<string>, goes: (key: string) => boolean): Set<string> {
  return new Set([...set].filter((key) => !goes(key)))
}

const isPending = ({ notBeforeMs }: Grant) => notBeforeMs !== undefined
const isWindow = (grant: Grant) => isPending(grant) || grant.expiresAtMs !== undefined

/** Everything plain facts say, sorted. */
export function plainLines(facts: PlainFacts): string[] {
  const grants = [...facts.grants]
  const active = grants.filter(([, grant]) => !isPending(grant)).map(([text]) => text)
  const windows = grants.filter(([, grant]) => isWindow(grant))
  const due = windows.flatMap(([, { notBeforeMs, expiresAtMs }]) => [
    ...(notBeforeMs === undefined ? [] : [notBeforeMs]),
    ...(expiresAtMs === undefined ? [] : [expiresAtMs]),
  ])
  return [
    ...active.flatMap((text) => [`tuple ${text}`, `held ${text}`, `holder ${text}`]),
    ...grants.map(([text, grant]) => `grant ${text} ${lineOf(grant)}`),
    ...windows.map(([text, grant]) => `window ${text} ${lineOf(grant)}`),
    `due ${due.length === 0 ? 'never' : Math.min(...due)}`,
    ...[...facts.relations].flatMap((text) => [`from ${text}`, `to ${text}`, `all ${text}`]),
    ...[...facts.people].map(([who, attributes]) => `person ${who} ${JSON.stringify(attributes)}`),
    ...[...facts.resources].map(
      ([id, attributes]) => `resource ${id} ${JSON.stringify(attributes)}`,
    ),
    ...[...facts.requests].flatMap(([key]) => [`request ${key}`, `asks ${key}`]),
    `sizes ${facts.people.size} ${facts.resources.size} ${grants.length} ${grants.length - active.length} ${facts.relations.size} ${facts.requests.size}`,
  ].sort()
}

const lineOf = ({ notBeforeMs, expiresAtMs, by, reason }: Grant) =>
  JSON.stringify([notBeforeMs, expiresAtMs, by, reason])

/** Everything packed facts say by every way of asking, in the words of `plainLines`. */
export function packedLines(facts: Facts): string[] {
  const holders = [...subjects, ...sets]
  const { people, resources: made, assignments, pending, relations, requests } = facts.sizes
  return [
    ...[...facts.tuples()].map((tuple) => `tuple ${formatTuple(tuple)}`),
    ...holders.flatMap((subject) =>
      [...facts.heldBy(subject)].flatMap(([resource, held]) =>
        held.map((role) => `held ${formatTuple({ resource, role, subject })}`),
      ),
    ),
    ...resources.flatMap((resource) => [
      ...[...facts.holdersOn(resource)].flatMap(([subject, held]) =>
        held.map((role) => `holder ${formatTuple({ resource, role, subject })}`),
      ),
      ...[...facts.relationsOf(resource)].map(([relation, target]) => {
        return `from ${formatRelation({ resource, relation, target })}`
      }),
      ...[...facts.sourcesOf(resource)].map(([source, relation]) => {
        return `to ${formatRelation({ resource: source, relation, target: resource })}`
      }),
      ...[...facts.requestsOn(resource)].map(([subject]) => `asks ${subject} ${resource}`),
      ...subjects
        .filter((subject) => facts.request(subject, resource))
        .map((subject) => `request ${subject} ${resource}`),
    ]),
    ...grantLines(facts),
    ...[...facts.windows()].map(([tuple, grant]) => {
      return `window ${formatTuple(tuple)} ${lineOf(grant)}`
    }),
    `due ${facts.nextDueMs() ?? 'never'}`,
    ...[...facts.relations()].map((edge) => `all ${formatRelation(edge)}`),
    ...[...facts.people()].map(
      ([who, attributes]) => `person ${who} ${JSON.stringify(attributes)}`,
    ),
    ...[...new Set(resources.map((id) => id.slice(0, id.indexOf(':'))))].flatMap((type) =>
      [...facts.resourcesOfType(type)].map(([id, attributes]) => {
        return `resource ${id} ${JSON.stringify(attributes)}`
      }),
    ),
    `sizes ${people} ${made} ${assignments} ${pending} ${relations} ${requests}`,
  ].sort()
}

/** By asking for every tuple there could be. */
function grantLines(facts: Facts): string[] {
  return resources.flatMap((resource) =>
    [...subjects, ...sets].flatMap((subject) =>
      roleNames.flatMap((role) => {
        const grant = facts.grant({ resource, role, subject })
        return grant ? [`grant ${formatTuple({ resource, role, subject })} ${lineOf(grant)}`] : []
      }),
    ),
  )
}

const roleNames = [
  'listener',
  'speaker',
  'chair',
  'reader',
  'signer',
  'opener',
  'guest',
  'keeper',
  'boss',
  'nobody',
]
