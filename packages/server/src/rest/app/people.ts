// The people of the place for those who run it: found by name, address or id; read, changed, removed.

import type { Attributes, SubjectId, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { erasePerson } from '../../commands/erase-person.ts'
import { removalOf } from '../../people/removal.ts'
import { idOf } from '../../people/roles.ts'
import type { AppRest } from './deps.ts'
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
        'Takes everything the facts know of them: attributes, roles also those that wait, requests; and their account with its sessions, whose connections end before this answers. What they wrote stays. Somebody of the users file keeps their account: take them out of the file.',
    },
    idIn: personIn,
    attributes: (world, subject) => world.facts.person(subject),
    view: (world, subject) => ({ ...listed(world, subject), grants: grantsOf(world, subject) }),
    put: (subject, attributes) => ({ kind: 'put-person', subject, attributes }),
    remove: removalOf,
    removeWhole: withAccount,
  }),
]

/** Undefined: they have no account, or one that is the users file's. */
async function withAccount(
  { context, privacy, signIn }: AppRest,
  asker: Asker,
  subject: SubjectId,
): Promise<Committed | undefined> {
  const id = idOf(subject)
  const person = privacy && (await signIn.person(id))
  if (person === undefined || (await signIn.accounts.isOfFile(id))) return undefined
  const removed = await erasePerson(context, asker, { person: id, extent: 'account', texts: [] })
  await privacy?.erasures.run(id)
  return removed
}

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
