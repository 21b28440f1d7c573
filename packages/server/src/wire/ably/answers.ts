// ACK and NACK: every numbered frame is answered once, in order, as few frames as possible.

import { AnswerQueue, type AnswerRun } from '@sayso/channel'
import { Action, type ErrorInfo, type Frame } from '@sayso/protocol'

export class Answers {
  readonly #queue = new AnswerQueue<ErrorInfo>()
  readonly #send: (frame: Frame) => void

  constructor(send: (frame: Frame) => void) {
    this.#send = send
  }

  get owed(): number {
    return this.#queue.owed
  }

  /** @returns false if the number does not follow the last one */
  expect(msgSerial: number): boolean {
    return this.#queue.arrive(msgSerial) === 'next'
  }

  ack(msgSerial: number, serials: readonly string[]): void {
    this.#leave(this.#queue.settle(msgSerial, { kind: 'ack', serials }))
  }

  nack(msgSerial: number, error: ErrorInfo): void {
    this.#leave(this.#queue.settle(msgSerial, { kind: 'nack', error }))
  }

  #leave(runs: readonly AnswerRun<ErrorInfo>[]): void {
    for (const run of runs) {
      if (run.kind === 'nack') {
        const { msgSerial, count, error } = run
        this.#send({ action: Action.NACK, msgSerial, count, error })
      } else {
        const res = run.results.map((serials) => ({ serials: serials.map(String) }))
        this.#send({ action: Action.ACK, msgSerial: run.msgSerial, count: res.length, res })
      }
    }
  }
}
