// Who is in a channel: by the strongest role, a page from any place, found by a part of the name, counted as a whole.

import { fileURLToPath } from 'node:url'
import type { PeopleView } from '@sayso/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, type Serving, serve } from './serving.ts'

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))
const NAMES = ['Ada', 'Zoe', 'Bo', 'Renate']

let server: Serving
let grace: Caller

beforeAll(async () => {
  server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  grace = await setUp(server)
  for (const name of NAMES) await signUp(server, name)
  const renee = await signUp(server, 'Renee')
  const renamed = await renee.call('POST', '/api/auth/update-user', { name: 'Renée' })
  expect(renamed.status).toBe(200)
})
afterAll(endAll)

async function list(query: string): Promise<PeopleView> {
  const path = `/api/v1/channels/general/people?scope=members${query}`
  const response = await grace.call('GET', path)
  expect(response.status).toBe(200)
  return (await response.json()) as PeopleView
}

const names = ({ people }: PeopleView) => people.map(({ name }) => name)
const counts = (some: PeopleView['counts']) => some?.map(({ role, people }) => [role?.role, people])

test('a page from any place, the strongest first, with the counts of all', async () => {
  const all = await list('')
  expect(names(all).slice(1)).toEqual(['Ada', 'Bo', 'Renate', 'Renée', 'Zoe'])
  expect(all.found).toBeUndefined()
  const page = await list('&from=2&limit=2')
  expect(names(page)).toEqual(['Bo', 'Renate'])
  expect(page.next).toBe(page.people[1]?.id)
  expect(counts(page.counts)).toEqual([
    ['admin', 1],
    ['participant', 5],
  ])
  expect(names(await list('&from=9'))).toEqual([])
})

test('found by a part of the name, without case and accents, and counted', async () => {
  const found = await list('&q=RENE')
  expect(names(found)).toEqual(['Renée'])
  expect(counts(found.found)).toEqual([['participant', 1]])
  expect(counts(found.counts)).toEqual([
    ['admin', 1],
    ['participant', 5],
  ])
  expect(counts((await list('&q=nobody')).found)).toEqual([])
})

test('a place that is no number is refused', async () => {
  const bad = await grace.call('GET', '/api/v1/channels/general/people?scope=members&from=-1')
  expect(bad.status).toBe(400)
})
