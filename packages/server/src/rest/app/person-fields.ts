// What is declared of people, for the forms that ask for it: of whoever looks after people, who need not read the policy.

import * as z from 'zod'
import { type AppRoute, json, route } from './route.ts'

const fieldShape = z
  .object({
    name: z.string(),
    type: z.enum(['string', 'bool', 'int', 'double', 'list', 'map', 'any']),
    title: z.string().optional(),
    about: z.string().optional(),
    one_of: z
      .array(z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('the only values there are'),
    set_by: z.enum(['people', 'keys']).describe('`keys`: only by an API key'),
  })
  .meta({ id: 'PersonField', description: 'A declared attribute of people.' })

export const personFieldRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/person_fields',
    id: 'listPersonFields',
    tag: 'people',
    summary: 'The declared attributes of people',
    about:
      'As the policy declares them (`people.attributes`, `people.fields`), in its order. If there are none, any attribute is taken; if there are, others are refused.',
    needs: { who: 'person-or-key', may: 'read-people' },
    answers: { 200: json('All of them.', z.object({ items: z.array(fieldShape) })) },
    run: ({ c, deps }) => {
      const { attributes = {}, fields = {} } =
        deps.context.standing.world.policy.document.people ?? {}
      const items = Object.entries(attributes).map(([name, type]) => {
        const { one_of, set_by = 'people', ...rest } = fields[name] ?? {}
        return { name, type, ...rest, ...(one_of && { one_of: [...one_of] }), set_by }
      })
      return c.json({ items })
    },
  }),
]
