// Gives what waits to operators by itself, where the widget says so: what waits longest first, to whoever was given one longest
// ago of those who are connected, available, and have room.

import { type DeskDocument, type SubjectId, subjectOf, type World } from '@sayso/policy'
import { assignConversation, mightClaim } from '../commands/desk/assign-conversation.ts'
import { Failure } from '../commands/failure.ts'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import { OneByOne } from '../one-by-one.ts'
import { idOf } from '../people/roles.ts'
import type { Entry } from './book.ts'
import { conversationNamed, deskOf } from './desk-type.ts'
import { hasRoom, keptOperator, type Operator } from './operators.ts'
import { operatorsOf } from './operators-of.ts'
import { widgetNamed } from './widgets/widget.ts'

export type RoutingOptions = {
  readonly context: () => Context
  readonly hub: Pick<Hub, 'connections'>
  readonly report: (error: unknown) => void
}

export class Routing {
  readonly #options: RoutingOptions
  readonly #order = new OneByOne()
  #isWanted = false
  #isStopped = false

  constructor(options: RoutingOptions) {
    this.#options = options
  }

  /** Something waits, somebody has come, or has room: all that waits is looked at, once. */
  run(): void {
    if (this.#isWanted || this.#isStopped) return
    this.#isWanted = true
    void this.#order
      .run('all', async () => {
        this.#isWanted = false
        if (!this.#isStopped) await this.#giveAll()
      })
      .catch((error: unknown) => {
        if (!this.#isStopped) this.#options.report(error)
      })
  }

  stop(): Promise<void> {
    this.#isStopped = true
    return this.#order.run('all', async () => undefined)
  }

  async #giveAll(): Promise<void> {
    const { context } = this.#options
    const waiting = [...context().desk.book.live()]
      .filter(({ conversation }) => conversation.state === 'waiting')
      .sort((a, b) => sinceOf(a) - sinceOf(b) || (a.key < b.key ? -1 : 1))
    for (const entry of waiting) {
      if (this.#isStopped) return
      if (await this.#isAutomatic(entry)) await this.#give(entry)
    }
  }

  async #isAutomatic({ conversation: { widget, isOffline } }: Entry): Promise<boolean> {
    if (widget === undefined || isOffline === true) return false
    return (await widgetNamed(this.#options.context().store, widget))?.routing === 'auto'
  }

  async #give({ key, conversation: { tenant } }: Entry): Promise<void> {
    const { context } = this.#options
    const { world } = context().standing
    const desk = deskOf(world)
    if (desk === undefined) return
    for (const { operator } of await this.#free(world, desk, tenant, key)) {
      try {
        await assignConversation(context(), 'server', { key, operator, isRouting: true })
        return
      } catch (error) {
        // Full, or no operator any more, by the time it was committed: the next one.
        const isTheirs =
          error instanceof Failure && ['no_capacity', 'person_unknown'].includes(error.code)
        if (!isTheirs) throw error
      }
    }
  }

  async #free(
    world: World,
    desk: DeskDocument,
    tenant: string,
    key: string,
  ): Promise<readonly Operator[]> {
    const { context } = this.#options
    const here = this.#connected()
    const resource = conversationNamed(desk, key)
    const free: Operator[] = []
    for (const subject of operatorsOf(world, tenant)) {
      if (!here.has(subject) || !mightClaim(world, idOf(subject), resource)) continue
      const operator = await keptOperator(context().store, tenant, idOf(subject))
      if (operator.status === 'available' && hasRoom(world, operator)) free.push(operator)
    }
    return free.sort(
      (a, b) => (a.givenAtMs ?? 0) - (b.givenAtMs ?? 0) || (a.operator < b.operator ? -1 : 1),
    )
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

function sinceOf({ conversation }: Entry): number {
  return conversation.waitingSinceMs ?? conversation.openedAtMs
}
