// Which operators are there: who has been without a connection for as long as the policy's settings say is offline, and what they
// have waits again if those say so. Written down, so that a restart forgets nobody.

import { type SubjectId, subjectOf } from '@sayso/policy'
import type { Store, Write } from '@sayso/store'
import { noteOperator } from '../commands/desk/note-operator.ts'
import { requeueConversation } from '../commands/desk/requeue-conversation.ts'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { OneByOne } from '../one-by-one.ts'
import { deskOf } from './desk-type.ts'
import { OPERATORS, type Operator, operatorKey, operatorOf } from './operators.ts'

const PAGE = 1_000
const USUAL_OFFLINE_SECONDS = 60
/** Connections are looked at so often in the time after which somebody is offline, and at most and least so often; milliseconds. */
const LOOKS = 6
const MOST_EVERY_MS = 250
const LEAST_EVERY_MS = 5_000

export type AttendanceOptions = {
  readonly context: () => Context
  readonly hub: Pick<Hub, 'connections'>
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class Attendance {
  readonly #options: AttendanceOptions
  readonly #order = new OneByOne()
  /** By `<tenant>/<operator>`. */
  readonly #operators = new Map<string, Operator>()
  /** When each was last seen connected, by subject; milliseconds. */
  readonly #seen = new Map<SubjectId, number>()
  #sinceMs = 0
  #stopTimer: () => void = () => undefined
  #isOpen = false

  constructor(options: AttendanceOptions) {
    this.#options = options
  }

  async load(store: Pick<Store, 'records'>): Promise<void> {
    for (let afterKey: string | undefined; ; ) {
      const query = { collection: OPERATORS, limit: PAGE }
      const page = await store.records(afterKey === undefined ? query : { ...query, afterKey })
      for (const record of page) this.#operators.set(record.key, operatorOf(record))
      afterKey = page.at(-1)?.key
      if (page.length < PAGE) return
    }
  }

  /** What was committed. */
  write(operator: Operator): void {
    this.#operators.set(operatorKey(operator.tenant, operator.operator), operator)
  }

  begin(): void {
    this.#isOpen = true
    this.#sinceMs = this.#options.context().now()
    this.#plan()
  }

  stop(): Promise<void> {
    this.#isOpen = false
    this.#stopTimer()
    return this.#order.run('all', async () => undefined)
  }

  #plan(): void {
    this.#stopTimer()
    if (!this.#isOpen) return
    const everyMs = Math.max(MOST_EVERY_MS, Math.min(this.#offlineMs() / LOOKS, LEAST_EVERY_MS))
    this.#stopTimer = this.#options.timer(() => this.#look(), everyMs)
  }

  #look(): void {
    void this.#order
      .run('all', async () => {
        if (this.#isOpen) await this.#lookAtAll()
      })
      .catch((error: unknown) => {
        if (this.#isOpen) this.#options.report(error)
      })
      .finally(() => this.#plan())
  }

  async #lookAtAll(): Promise<void> {
    const context = this.#options.context()
    const connected = this.#connected()
    for (const operator of this.#operators.values()) {
      const { tenant, operator: id, offlineSinceMs } = operator
      const subject = `user:${id}` as SubjectId
      if (connected.has(subject)) this.#seen.set(subject, context.now())
      const isOffline = this.#isAway(id, connected)
      if (isOffline !== (offlineSinceMs !== undefined)) {
        const isSo = () => this.#isAway(id) === isOffline
        await noteOperator(context, { tenant, operator: id, isOffline, isSo })
      } else if (offlineSinceMs !== undefined) await this.#requeue(context, operator)
    }
  }

  /** What somebody has who is offline for too long waits again. */
  async #requeue(context: Context, { tenant, operator, offlineSinceMs = 0 }: Operator) {
    const after = deskOf(context.standing.world)?.requeue_after
    if (after === undefined || context.now() < offlineSinceMs + after * 1_000) return
    const isBack = () => !this.#isAway(operator)
    for (const { key, conversation } of [...context.desk.book.live()]) {
      const { assignee, state, tenant: its } = conversation
      if (assignee === operator && state === 'open' && its === tenant)
        await requeueConversation(context, { key, operator, isBack })
    }
  }

  #isAway(id: string, connected = this.#connected()): boolean {
    const subject = `user:${id}` as SubjectId
    if (connected.has(subject)) return false
    const seenMs = this.#seen.get(subject) ?? this.#sinceMs
    return this.#options.context().now() - seenMs >= this.#offlineMs()
  }

  #offlineMs(): number {
    const desk = deskOf(this.#options.context().standing.world)
    return (desk?.offline_after ?? USUAL_OFFLINE_SECONDS) * 1_000
  }

  #connected(): ReadonlySet<SubjectId> {
    const found = new Set<SubjectId>()
    for (const { asker, peer } of this.#options.hub.connections()) {
      const subject = peer === undefined ? undefined : subjectOf(asker.credential)
      if (subject !== undefined) found.add(subject)
    }
    return found
  }
}

/** What was committed of operators. */
export function operatorsIn({ records = [] }: Write): readonly Operator[] {
  return records.flatMap(({ collection, key, value }) => {
    if (collection !== OPERATORS || value === undefined) return []
    return [operatorOf({ collection, key, value, createdAtMs: 0, updatedAtMs: 0, version: 0 })]
  })
}
