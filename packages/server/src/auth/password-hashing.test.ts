import { describe, expect, test } from 'vitest'
import { limited, passwordHashing } from './password-hashing.ts'

/** Work that ends when it is told to, and says when it began. */
function tasks(count: number) {
  const began: number[] = []
  const all = Array.from({ length: count }, (_, at) => {
    const settled = { end: () => {}, fail: () => {} }
    const promise = new Promise<number>((resolve, reject) => {
      settled.end = () => resolve(at)
      settled.fail = () => reject(new Error(`task ${at}`))
    })
    const work = () => {
      began.push(at)
      return promise
    }
    return { work, ...settled }
  })
  return { began, all }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a few at a time', () => {
  test('the rest wait in order, and go on when one ends or fails', async () => {
    const take = limited(2, 10, () => new Error('busy'))
    const { began, all } = tasks(4)
    const results = all.map(({ work }) => take(work).catch((error: Error) => error.message))
    await settle()
    expect(began).toEqual([0, 1])
    all[1]?.fail()
    await settle()
    expect(began).toEqual([0, 1, 2])
    all[0]?.end()
    await settle()
    expect(began).toEqual([0, 1, 2, 3])
    all[3]?.end()
    all[2]?.end()
    expect(await Promise.all(results)).toEqual([0, 'task 1', 2, 3])
  })

  test('too many are turned away, until there is room again', async () => {
    const take = limited(1, 1, () => new Error('busy'))
    const { began, all } = tasks(4)
    const [first, second, third, fourth] = all
    const running = take(first?.work ?? fail)
    const waiting = take(second?.work ?? fail)
    await expect(take(third?.work ?? fail)).rejects.toThrow('busy')
    first?.end()
    await running
    const later = take(fourth?.work ?? fail)
    second?.end()
    fourth?.end()
    expect(await Promise.all([waiting, later])).toEqual([1, 3])
    expect(began).toEqual([0, 1, 3])
  })
})

test('a hash holds for its password only', async () => {
  const { hash, verify } = passwordHashing()
  const made = await hash('four unrelated words here')
  expect(await verify({ hash: made, password: 'four unrelated words here' })).toBe(true)
  expect(await verify({ hash: made, password: 'four unrelated words there' })).toBe(false)
})

function fail(): Promise<never> {
  throw new Error('no such task')
}
