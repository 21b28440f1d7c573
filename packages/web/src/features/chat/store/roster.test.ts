import type { Api, PeopleView } from '@sayso/client'
import { expect, test, vi } from 'vitest'
import { Roster } from './roster.ts'

const TOTAL = 10_000
const nameOf = (place: number) => `Person ${place}`

/** A server with ten thousand people, as it answers over HTTP. */
function server() {
  const asked: { from: number; q: string | undefined }[] = []
  let prefix = ''
  const people = async (_: string, query: { from?: number; limit?: number; q?: string } = {}) => {
    const { from = 0, limit = 100, q } = query
    asked.push({ from, q })
    const all = Array.from({ length: TOTAL }, (_each, place) => ({
      id: `p${place}`,
      name: prefix + nameOf(place),
      roles: [],
      moves: [],
    }))
    const found = q === undefined ? all : all.filter(({ name }) => name.includes(q))
    const counts = [{ people: TOTAL }]
    return {
      people: found.slice(from, from + limit),
      counts,
      ...(q === undefined ? {} : { found: [{ people: found.length }] }),
    } satisfies PeopleView
  }
  return { api: { people } as unknown as Api, asked, rename: (to: string) => (prefix = to) }
}

const settled = async (roster: Roster, place: number) =>
  vi.waitFor(() => expect(roster.state().at(place)).toBeDefined())

test('loads what is looked at, a page at a time, and lets go of what is long out of view', async () => {
  const { api, asked } = server()
  const roster = new Roster(api, 'general')
  roster.look({ first: 0, last: 40 })
  await settled(roster, 0)
  expect(asked).toEqual([{ from: 0, q: undefined }])
  expect(roster.state().counts).toEqual([{ people: TOTAL }])
  roster.look({ first: 9_960, last: 9_999 })
  await settled(roster, 9_999)
  expect(roster.state().at(9_999)?.name).toBe('Person 9999')
  for (let page = 1; page < 20; page += 1) {
    roster.look({ first: page * 100, last: page * 100 + 20 })
    await settled(roster, page * 100)
  }
  expect(roster.state().at(0)).toBeUndefined()
  roster.look({ first: 0, last: 40 })
  await settled(roster, 0)
})

test('finds the last of all by name, and goes back to everybody', async () => {
  const { api } = server()
  const roster = new Roster(api, 'general')
  roster.find('Person 9999')
  await settled(roster, 0)
  expect(roster.state().at(0)?.id).toBe('p9999')
  expect(roster.state().counts).toEqual([{ people: 1 }])
  roster.find('')
  await vi.waitFor(() => expect(roster.state().counts).toEqual([{ people: TOTAL }]))
})

test('a change is asked for in view only; while held, people change and places do not', async () => {
  const { api, asked, rename } = server()
  const roster = new Roster(api, 'general')
  roster.look({ first: 0, last: 20 })
  await settled(roster, 0)
  roster.look({ first: 500, last: 520 })
  await settled(roster, 500)
  asked.length = 0
  rename('Dr ')
  roster.hold(true)
  roster.refresh()
  await vi.waitFor(() => expect(roster.state().at(500)?.name).toBe('Dr Person 500'))
  expect(asked).toEqual([{ from: 500, q: undefined }])
  roster.hold(false)
  await vi.waitFor(() => expect(asked).toHaveLength(2))
})
