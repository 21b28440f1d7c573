// Declared attributes of people: listed for forms, held to their values, and some set by the owner's own server alone.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { asKey, change } from './analyst.ts'
import { setUp, signUp } from './people.ts'
import { endAll, serve } from './serving.ts'

afterEach(endAll)

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))
const PEOPLE = `
people:
  attributes: { team: string, level: int }
  fields:
    team: { title: Team, about: Where they work., one_of: [red, blue] }
    level: { set_by: keys }
`

test('are listed, and held to what they may be by whoever sets them', async () => {
  const server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  const grace = await setUp(server)
  const ada = await signUp(server, 'Ada')
  expect(await asKey(server, 'GET', '/api/v1/person_fields')).toEqual({ items: [] })
  const text = (await readFile(DEFAULT_POLICY, 'utf8')) + PEOPLE
  expect((await grace.call('PUT', '/api/v1/policy', { text })).status).toBe(200)
  const fields = await (await grace.call('GET', '/api/v1/person_fields')).json()
  expect(fields).toEqual({
    items: [
      {
        name: 'team',
        type: 'string',
        title: 'Team',
        about: 'Where they work.',
        one_of: ['red', 'blue'],
        set_by: 'people',
      },
      { name: 'level', type: 'int', set_by: 'keys' },
    ],
  })
  const put = async (attributes: object) => {
    const response = await grace.call('PATCH', `/api/v1/people/${ada.id}`, { attributes })
    return [response.status, (await response.json()) as { remedy?: string }] as const
  }
  expect((await put({ team: 'red' }))[0]).toBe(200)
  expect(await put({ team: 'green' })).toMatchObject([400, { remedy: 'use `red`, `blue`' }])
  expect(await put({ level: 3 })).toMatchObject([403, { code: 'denied' }])
  await change(server, { person: `user:${ada.id}`, attributes: { team: 'blue', level: 3 } })
  // What a person leaves as it is, they do not set.
  expect((await put({ team: 'red', level: 3 }))[0]).toBe(200)
  expect(await put({ level: null })).toMatchObject([403, {}])
  expect((await grace.call('GET', `/api/v1/people/${ada.id}`)).status).toBe(200)
})
