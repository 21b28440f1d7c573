// Whom one does not want to be written to by, in conversations of two.

import type { SubjectId } from '@sayso/policy'
import type { PersonView } from '@sayso/protocol'
import * as z from 'zod'
import { blockPerson } from '../../commands/block-person.ts'
import { requirePerson } from '../../commands/start-direct.ts'
import { blockedOf } from '../../people/blocks.ts'
import { done } from './done.ts'
import { personView } from './person-view.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, personShape } from './shapes.ts'

const tag = 'own'
const needs = { who: 'session' } as const
const params = { id: 'id of the person' }

export const blockRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/me/blocks',
    id: 'listBlocks',
    tag,
    summary: 'Whom the signed-in person has blocked',
    needs,
    answers: { 200: json('By name.', z.object({ items: z.array(personShape) })) },
    run: ({ c, deps, asker }) => {
      const { world } = deps.context.standing
      const shown = (subject: SubjectId) => personView(world, subject, false)
      const items: PersonView[] = blockedOf(world, requirePerson(asker)).map(shown)
      return c.json({ items: items.sort((a, b) => a.name.localeCompare(b.name)) })
    },
  }),
  route({
    method: 'PUT',
    path: '/me/blocks/:id',
    id: 'blockPerson',
    tag,
    summary: 'Block somebody in direct messages',
    about:
      'Neither of the two starts a conversation with the other any more or writes in the one they have. They are not told who did it. What the policy lets them say elsewhere is not touched.',
    needs,
    params,
    answers: changed,
    problems: ['person_unknown', 'type_unknown'],
    run: async ({ c, deps: { context }, asker, params: { id } }) =>
      done(c, await blockPerson(context, asker, { person: id, isBlocked: true })),
  }),
  route({
    method: 'DELETE',
    path: '/me/blocks/:id',
    id: 'unblockPerson',
    tag,
    summary: 'End a block',
    needs,
    params,
    answers: changed,
    problems: ['person_unknown', 'type_unknown'],
    run: async ({ c, deps: { context }, asker, params: { id } }) =>
      done(c, await blockPerson(context, asker, { person: id, isBlocked: false })),
  }),
]
