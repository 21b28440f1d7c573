import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, AnswerQueue, type AnswerRun } from './acks.ts'

const ack = (...serials: string[]): Answer<string> => ({ kind: 'ack', serials })
const nack = (error: string): Answer<string> => ({ kind: 'nack', error })

function queue(...arrived: readonly number[]): AnswerQueue<string> {
  const made = new AnswerQueue<string>()
  for (const msgSerial of arrived) made.arrive(msgSerial)
  return made
}

/** Runs taken apart again: what the client's queue makes of them. */
function singly(runs: readonly AnswerRun<string>[]): [number, readonly string[] | string][] {
  return runs.flatMap((run): [number, readonly string[] | string][] =>
    run.kind === 'nack'
      ? [[run.msgSerial, run.error]]
      : run.results.map((serials, index) => [run.msgSerial + index, serials]),
  )
}

describe('arrival', () => {
  test.each([0, 7, 41_000])('[CH10] numbering may begin at %i', (first) => {
    const answers = new AnswerQueue<string>()
    expect(answers.arrive(first)).toBe('next')
    expect(answers.arrive(first + 1)).toBe('next')
    expect(answers.owed).toBe(2)
    expect(answers.settle(first, ack('a'))).toEqual([
      { kind: 'ack', msgSerial: first, results: [['a']] },
    ])
  })

  test.each([5, 4, 7, 0])('[CH10] after 5, %i is out of order and owed nothing', (msgSerial) => {
    const answers = queue(5)
    expect(answers.arrive(msgSerial)).toBe('out_of_order')
    expect(answers.owed).toBe(1)
    expect(answers.arrive(6)).toBe('next')
  })

  test('[CH10] the numbering goes on when everything is answered', () => {
    const answers = queue(3)
    answers.settle(3, ack())
    expect(answers.owed).toBe(0)
    expect(answers.arrive(3)).toBe('out_of_order')
    expect(answers.arrive(4)).toBe('next')
  })
})

describe('answers', () => {
  test('[CH11] what is settled early waits for what came before it', () => {
    const answers = queue(0, 1, 2)
    expect(answers.settle(2, ack('c'))).toEqual([])
    expect(answers.settle(1, ack('b'))).toEqual([])
    expect(answers.owed).toBe(3)
    expect(answers.settle(0, ack('a'))).toEqual([
      { kind: 'ack', msgSerial: 0, results: [['a'], ['b'], ['c']] },
    ])
    expect(answers.owed).toBe(0)
  })

  test('[CH12] a nack parts the acks around it and stands alone', () => {
    const answers = queue(4, 5, 6, 7, 8)
    answers.settle(5, ack('b1', 'b2'))
    answers.settle(6, nack('no'))
    answers.settle(7, nack('no'))
    answers.settle(8, ack())
    expect(answers.settle(4, ack('a'))).toEqual([
      { kind: 'ack', msgSerial: 4, results: [['a'], ['b1', 'b2']] },
      { kind: 'nack', msgSerial: 6, count: 1, error: 'no' },
      { kind: 'nack', msgSerial: 7, count: 1, error: 'no' },
      { kind: 'ack', msgSerial: 8, results: [[]] },
    ])
  })

  test('[CH13] before anything arrived nothing can be answered', () => {
    expect(queue().settle(0, ack())).toEqual([])
  })

  test('[CH13] a frame is answered once, by the first answer', () => {
    const answers = queue(0, 1)
    answers.settle(1, nack('first'))
    expect(answers.settle(1, ack('second'))).toEqual([])
    expect(singly(answers.settle(0, ack('a')))).toEqual([
      [0, ['a']],
      [1, 'first'],
    ])
    expect(answers.settle(0, ack('again'))).toEqual([])
  })

  test('[CH13] an answer to a frame that has not come does not meet it when it comes', () => {
    const answers = queue(0)
    expect(answers.settle(1, nack('early'))).toEqual([])
    answers.arrive(1)
    answers.settle(1, ack('b'))
    expect(singly(answers.settle(0, ack('a')))).toEqual([
      [0, ['a']],
      [1, ['b']],
    ])
  })

  test('[CH11] settled in any order, every answer leaves once and in its place', () => {
    const frames = fc.nat(20).chain((count) => {
      const serials = Array.from({ length: count }, (_, index) => index + 3)
      return fc.tuple(
        fc.constant(serials),
        fc.shuffledSubarray(serials, { minLength: count }),
        fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      )
    })
    fc.assert(
      fc.property(frames, ([serials, order, refused]) => {
        const answers = queue(...serials)
        const said = (msgSerial: number) =>
          refused[msgSerial - 3] ? `no ${msgSerial}` : [`${msgSerial}`]
        const runs = order.flatMap((msgSerial) => {
          const saying = said(msgSerial)
          return answers.settle(
            msgSerial,
            typeof saying === 'string' ? nack(saying) : ack(...saying),
          )
        })
        expect(singly(runs)).toEqual(serials.map((msgSerial) => [msgSerial, said(msgSerial)]))
        expect(answers.owed).toBe(0)
      }),
    )
  })
})
