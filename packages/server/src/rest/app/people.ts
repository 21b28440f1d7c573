// The people of the place for those who run it: found by name, address or id; read, changed, removed.

import type { SubjectId, World } from '@sayso/policy'
import type { Committed } from '@sayso/store'
import * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { erasePerson } from '../../commands/erase-person.ts'
import { removalOf } from '../../people/removal.ts'
import { idOf, rolesOf, tenantOf } from '../../people/roles.ts'
import type { AppRest } from './deps.ts'
import { documentRoutes } from './documents.ts'
import { grantShape, grantsOf } from './grant-view.ts'
import { personIn, resourceIdIn } from './names-in.ts'
import { peopleFound } from './people-found.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { attributes, pageQuery, pageShape, personShape, roleShape } from './shapes.ts'

const listedShape = personShape
  .extend({ attributes, roles: z.array(roleShape).describe('held on the tenant') })
  .meta({ id: 'ListedPerson' })
const wholeShape = listedShape
  .extend({ grants: z.array(grantShape).describe('roles assigned, also ones that wait') })
  .meta({ id: 'WholePerson' })

const listPeople = route({
  method: 'GET',
  path: '/people',
  id: 'listPeople',
  tag: 'people',
  summary: 'People, by id or by name; all or those found',
  needs: { who: 'person-or-key', may: 'read-people' },
  query: pageQuery.extend({
    q: z.string().max(200).optional().describe('part of a name, an e-mail or an id'),
    role: z.string().max(64).optional().describe('only who was given it, also by a group'),
    on: z.string().max(321).optional().describe('with `role`: given there; alone: any role there'),
    group: z.string().max(64).optional().describe('only who is in this group'),
    sort: z.enum(['id', 'name', '-name']).default('id'),
  }),
  answers: { 200: json('One page.', pageShape(listedShape)) },
  problems: ['type_unknown', 'resource_unknown', 'invalid'],
  run: ({ c, deps, query }) => {
    const { world } = deps.context.standing
    const { on, ...asked } = query
    const where = on === undefined ? {} : { on: resourceIdIn(on) }
    const { people, ...next } = peopleFound(world, { ...asked, ...where })
    return c.json({ items: people.map((each) => listed(world, each)), ...next })
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

function listed(world: World, subject: SubjectId) {
  return {
    ...personView(world, subject),
    attributes: world.facts.person(subject) ?? {},
    roles: rolesOf(world, subject, tenantOf(world)).map(({ untilMs: _end, ...face }) => face),
  }
}
