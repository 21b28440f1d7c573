// ACK and NACK: every numbered frame is answered once, in order, as few frames as possible: what is settled in one turn
// leaves together.

import { AnswerQueue, type AnswerRun } from '@sayso/channel'
import { Action, type ErrorInfo, type Frame } from '@sayso/protocol'

export class Answers {
  readonly #queue = new AnswerQueue<ErrorInfo>()
  readonly #send: (frame: Frame) => void
  readonly #soon: (run: () => void) => void
  #ready: AnswerRun<ErrorInfo>[] = []

  /** @param soon runs something at the end of this turn, before the sockets are written */
  constructor(send: (frame: Frame) => void, soon: (run: () => void) => void) {
    this.#send = send
    this.#soon = soon
  }

  get owed(): number {
    return this.#queue.owed
  }

  /** @returns false if the number does not follow the last one */
  expect(msgSerial: number): boolean {
    return this.#queue.arrive(msgSerial) === 'next'
  }

  ack(msgSerial: number, serials: readonly string[]): void {
    this.#gather(this.#queue.settle(msgSerial, { kind: 'ack', serials }))
  }

  nack(msgSerial: number, error: ErrorInfo): void {
    this.#gather(this.#queue.settle(msgSerial, { kind: 'nack', error }))
  }

  #gather(runs: readonly AnswerRun<ErrorInfo>[]): void {
    if (runs.length === 0) return
    if (this.#ready.length === 0) this.#soon(() => this.#leave())
    for (const run of runs) {
      const last = this.#ready.at(-1)
      if (last?.kind === 'ack' && run.kind === 'ack') {
        // Runs become ready in order, so this one follows the last.
        this.#ready[this.#ready.length - 1] = {
          ...last,
          results: [...last.results, ...run.results],
        }
      } else this.#ready.push(run)
    }
  }

  #leave(): void {
    const ready = this.#ready
    this.#ready = []
    for (const run of ready) {
      if (run.kind === 'nack') {
        const { msgSerial, count, error } = run
        this.#send({ action: Action.NACK, msgSerial, count, error })
      } else {
        const res = run.results.map((serials) => ({ serials }))
        this.#send({ action: Action.ACK, msgSerial: run.msgSerial, count: res.length, res })
      }
    }
  }
}
