// `sayso users …`: who is known, what they hold, and taking somebody out.

import * as z from 'zod'
import { call, serverOf } from '../server-calls.ts'
import { type Outcome, SERVER_OPTIONS, type Verb } from '../verb.ts'
import { LIMIT_OPTION, limitIn, listed, queryOf, table } from './pages.ts'

const personSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  email: z.string().optional(),
})
const wholeSchema = personSchema.extend({
  attributes: z.record(z.string(), z.unknown()),
  grants: z.array(
    z.looseObject({
      grant: z.string(),
      not_before: z.string().optional(),
      expires_at: z.string().optional(),
    }),
  ),
})
const doneSchema = z.looseObject({ revision: z.number() })

const list: Verb = {
  name: 'users list',
  usage: '',
  summary: 'list people',
  help: ['Ends with 0.'],
  options: [
    { name: 'search', value: 'text', help: 'part of a name, an e-mail or an id' },
    LIMIT_OPTION,
    ...SERVER_OPTIONS,
  ],
  operands: { least: 0, most: 0, what: 'operand' },
  async run(asked): Promise<Outcome> {
    const limit = limitIn(asked, 'users list')
    const path = `/people${queryOf(asked, { search: 'q' })}`
    const { items, isMore } = await listed(serverOf(asked), { path, item: personSchema, limit })
    const rows = items.map(({ id, name, email = '' }) => [id, name, email])
    const more = isMore ? ['There are more: add --limit or --search.'] : []
    return { exitCode: 0, lines: [...table(rows), ...more], json: { items, more: isMore } }
  },
}

const show: Verb = {
  name: 'users show',
  usage: '<id>',
  summary: 'show what is known of somebody, and every role they were given',
  help: ['Ends with 0 if there is such a person.'],
  options: SERVER_OPTIONS,
  operands: { least: 1, most: 1, what: 'person' },
  async run(asked): Promise<Outcome> {
    const path = `/people/${encodeURIComponent(asked.operands[0] ?? '')}`
    const person = await call(serverOf(asked), wholeSchema, { method: 'GET', path })
    return {
      exitCode: 0,
      lines: [
        `${person.name} (user:${person.id})`,
        ...Object.entries(person.attributes).map(
          ([name, value]) => `  ${name}: ${JSON.stringify(value)}`,
        ),
        ...person.grants.map(({ grant, not_before, expires_at }) =>
          [`  ${grant}`, not_before && `from ${not_before}`, expires_at && `until ${expires_at}`]
            .filter((part) => part !== undefined)
            .join(' '),
        ),
      ],
      json: person,
    }
  },
}

const remove: Verb = {
  name: 'users remove',
  usage: '<id>',
  summary: 'take everything from somebody: attributes, roles, requests',
  help: [
    'What they wrote stays. Their account is another matter: who signs in again is a newcomer.',
    '',
    'Ends with 0 when it holds in every open session.',
  ],
  options: SERVER_OPTIONS,
  operands: { least: 1, most: 1, what: 'person' },
  async run(asked): Promise<Outcome> {
    const path = `/people/${encodeURIComponent(asked.operands[0] ?? '')}`
    const done = await call(serverOf(asked), doneSchema, { method: 'DELETE', path })
    return { exitCode: 0, lines: [`Removed at revision ${done.revision}.`], json: done }
  },
}

export const userVerbs: readonly Verb[] = [list, show, remove]
