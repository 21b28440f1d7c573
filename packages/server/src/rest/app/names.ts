// What people are called, for whoever holds only their ids: screens of logs and lists.

import type { SubjectId } from '@sayso/policy'
import * as z from 'zod'
import { type AppRoute, json, route } from './route.ts'

/** Ids of one question. */
const MOST = 100

const listNames = route({
  method: 'GET',
  path: '/names',
  id: 'listNames',
  tag: 'people',
  summary: 'What people are called, by their ids',
  about: 'Ids of nobody are left out.',
  needs: { who: 'person-or-key', may: 'read-people' },
  query: z.object({
    ids: z
      .string()
      .max(8_000)
      .transform((text) => text.split(',').filter((id) => id !== ''))
      .refine((ids) => ids.length <= MOST, `at most ${MOST} ids`)
      .describe('with commas between, at most 100'),
  }),
  answers: {
    200: json(
      'In the order asked for.',
      z.object({
        items: z.array(
          z.object({ id: z.string(), name: z.string(), picture: z.string().optional() }),
        ),
      }),
    ),
  },
  run: ({ c, deps, query: { ids } }) => {
    const { facts } = deps.context.standing.world
    const items = ids.flatMap((id) => {
      const { name, picture } = facts.person(`user:${id}` as SubjectId) ?? {}
      if (typeof name !== 'string') return []
      return [{ id, name, ...(typeof picture === 'string' ? { picture } : {}) }]
    })
    return c.json({ items })
  },
})

export const nameRoutes: readonly AppRoute[] = [listNames]
