import type { PeopleView } from '@sayso/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CalledPeople, peopleOf } from './called-people.ts'

type Answer = (names: readonly string[]) => void

/** A server whose answers come when the test says so. */
function server() {
  const asked: { readonly q: string | undefined; readonly answer: Answer; fail: () => void }[] = []
  const people = (_: string, { q }: { readonly q?: string } = {}) =>
    new Promise<PeopleView>((resolve, reject) => {
      const answer: Answer = (names) =>
        resolve({ people: names.map((name) => ({ id: name, name, roles: [], moves: [] })) })
      asked.push({ q, answer, fail: () => reject(new Error('cut')) })
    })
  return { called: new CalledPeople(peopleOf({ people }, 'general')), asked }
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('asks 50 ms after the last key, once', async () => {
  const { called, asked } = server()
  called.ask('p')
  await vi.advanceTimersByTimeAsync(49)
  called.ask('pe')
  await vi.advanceTimersByTimeAsync(49)
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(asked.map(({ q }) => q)).toEqual(['pe'])
})

test('the newest question is answered, whichever answer comes last', async () => {
  const { called, asked } = server()
  called.ask('a')
  await vi.advanceTimersByTimeAsync(50)
  called.ask('ad')
  await vi.advanceTimersByTimeAsync(50)
  asked[1]?.answer(['Ada'])
  await vi.advanceTimersByTimeAsync(0)
  asked[0]?.answer(['Anton', 'Ada'])
  await vi.advanceTimersByTimeAsync(0)
  expect(names(called.state().found)).toEqual(['Ada'])
})

test('whoever was found is still known when something else is begun', async () => {
  const { called, asked } = server()
  called.ask('ada')
  await vi.advanceTimersByTimeAsync(50)
  asked[0]?.answer(['Ada'])
  await vi.advanceTimersByTimeAsync(0)
  called.ask('')
  expect(called.state().found).toEqual([])
  expect(names(called.state().met)).toEqual(['Ada'])
})

test('an answer that comes after the list was closed shows nobody', async () => {
  const { called, asked } = server()
  called.ask('ada')
  await vi.advanceTimersByTimeAsync(50)
  called.close()
  asked[0]?.answer(['Ada'])
  await vi.advanceTimersByTimeAsync(0)
  expect(called.state()).toEqual({ found: [], met: [] })
})

test('a question that was not reached is asked again', async () => {
  const { called, asked } = server()
  called.ask('ada')
  await vi.advanceTimersByTimeAsync(50)
  asked[0]?.fail()
  await vi.advanceTimersByTimeAsync(0)
  called.ask('ada')
  await vi.advanceTimersByTimeAsync(50)
  expect(asked.map(({ q }) => q)).toEqual(['ada', 'ada'])
})

test('names of a kept draft: of two words, the second may not be part of one', async () => {
  const { called, asked } = server()
  called.meet(['Ada is'])
  asked[0]?.answer([])
  await vi.advanceTimersByTimeAsync(0)
  asked[1]?.answer(['Ada'])
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.map(({ q }) => q)).toEqual(['Ada is', 'Ada'])
  expect(called.state().found).toEqual([])
  expect(names(called.state().met)).toEqual(['Ada'])
})
