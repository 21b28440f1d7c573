// The people of the place for those who run it: found by name, address or id; read, changed, removed.

import {
  type Attributes,
  formatTuple,
  type ResourceId,
  type RightsChange,
  type RoleTuple,
  type SubjectId,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { idOf } from '../../people/roles.ts'
import { documentRoutes } from './documents.ts'
import { grantShape, grantsOf } from './grant-view.ts'
import { personIn } from './names-in.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { attributes, pageOf, pageQuery, pageShape, personShape } from './shapes.ts'

const listedShape = personShape.extend({ attributes }).meta({ id: 'ListedPerson' })
const wholeShape = listedShape
  .extend({ grants: z.array(grantShape).describe('roles assigned, also ones that wait') })
  .meta({ id: 'WholePerson' })

const listPeople = route({
  method: 'GET',
  path: '/people',
  id: 'listPeople',
  tag: 'people',
  summary: 'People, by id; all or those found',
  needs: { who: 'person-or-key', may: 'read-people' },
  query: pageQuery.extend({
    q: z.string().max(200).optional().describe('part of a name, an e-mail or an id'),
  }),
  answers: { 200: json('One page.', pageShape(listedShape)) },
  run: ({ c, deps, query }) => {
    const { world } = deps.context.standing
    const wanted = query.q?.toLowerCase()
    const found: SubjectId[] = []
    for (const [subject, known] of world.facts.people()) {
      if (wanted === undefined || isFound(subject, known, wanted)) found.push(subject)
    }
    const { items, ...rest } = pageOf(found.sort(), afterPerson(query), (each) => each)
    const next = rest.next === undefined ? {} : { next: idOf(rest.next) }
    return c.json({ items: items.map((each) => listed(world, each)), ...next })
  },
})

export const adminPeopleRoutes: readonly AppRoute[] = [
  listPeople,
  ...documentRoutes<SubjectId>({
    path: '/people/:id',
    param: 'id of the person',
    tag: 'people',
    name: 'Person',
    word: 'a person',
    read: 'read-people',
    write: 'manage-people',
    shape: wholeShape,
    example: { name: 'Ada Lovelace', email: 'ada@example.com' },
    unknown: 'person_unknown',
    about: {
      put: 'Makes the person known if they are not. `name`, `email`, `verified` and `picture` are written anew at each sign-in.',
      remove:
        'Takes everything the facts know of them: attributes, roles also those that wait, requests. What they wrote stays. Their account is another matter: who signs in again is a newcomer.',
    },
    idIn: personIn,
    attributes: (world, subject) => world.facts.person(subject),
    view: (world, subject) => ({ ...listed(world, subject), grants: grantsOf(world, subject) }),
    put: (subject, attributes) => ({ kind: 'put-person', subject, attributes }),
    remove: removalOf,
  }),
]

function afterPerson<Q extends { readonly after?: string | undefined }>(query: Q): Q {
  return query.after === undefined ? query : { ...query, after: `user:${query.after}` }
}

function isFound(subject: SubjectId, { name, email }: Attributes, wanted: string): boolean {
  return [idOf(subject), name, email].some(
    (each) => typeof each === 'string' && each.toLowerCase().includes(wanted),
  )
}

function listed(world: World, subject: SubjectId) {
  return { ...personView(world, subject), attributes: world.facts.person(subject) ?? {} }
}

/** Everything that is known of a person, ended. */
function removalOf(world: World, subject: SubjectId): readonly RightsChange[] {
  const tuples = new Map<string, RoleTuple>()
  for (const [resource, roles] of world.facts.heldBy(subject)) {
    for (const role of roles) {
      const tuple = { resource, role, subject }
      tuples.set(formatTuple(tuple), tuple)
    }
  }
  for (const [tuple] of world.facts.pending()) {
    if (tuple.subject === subject) tuples.set(formatTuple(tuple), tuple)
  }
  return [
    ...[...tuples.values()].map((tuple) => ({ kind: 'unassign', tuple }) as const),
    ...requestsOf(world, subject).map(
      (resource) => ({ kind: 'remove-request', subject, resource }) as const,
    ),
    { kind: 'remove-person', subject },
  ]
}

function requestsOf(world: World, subject: SubjectId): readonly ResourceId[] {
  return [...world.policy.types.keys()].flatMap((type) =>
    [...world.facts.resourcesOfType(type)]
      .map(([resource]) => resource)
      .filter((resource) => world.facts.request(subject, resource) !== undefined),
  )
}
