// Watches over conversations for what nobody commands: an operator who lost the right to one loses it, a time that comes wakes
// one, and one whose visitor is no more is closed. Also what came about while nobody ran.

import type { Message } from '@sayso/channel'
import type { ChannelName, DeskDocument, SubjectId, World } from '@sayso/policy'
import type { FeedEntry, RightsFeedEntry } from '@sayso/store'
import { closeConversation } from '../commands/desk/close-conversation.ts'
import { wakeConversation } from '../commands/desk/snooze-conversation.ts'
import { mayWork, takeBackConversation } from '../commands/desk/take-back-conversation.ts'
import type { Context } from '../context.ts'
import { OneByOne } from '../one-by-one.ts'
import type { Entry } from './book.ts'
import { conversationNamed, conversationOn, deskOf } from './desk-type.ts'
import { catchUpAnswer, lacksAnswer, noteAnswerIn } from './first-answers.ts'
import { isDeskCommand } from './owned.ts'

/** A store that refused is asked again after so long; milliseconds. */
const RETRY_MS = 2_000
/** An answer that nobody noted is looked for in what was closed since; milliseconds before the start. */
const CAUGHT_UP_MS = 3_600_000
/** Timers count in 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export type WatcherOptions = {
  readonly context: () => Context
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class Watcher {
  readonly #options: WatcherOptions
  readonly #order = new OneByOne()
  #stopTimer: () => void = () => undefined
  #isStopped = false

  constructor(options: WatcherOptions) {
    this.#options = options
  }

  /** Call it at the start: from then on it goes by the feed. */
  begin(): void {
    const { desk, now } = this.#options.context()
    const isRecent = ({ conversation: { closedAtMs } }: Entry) =>
      closedAtMs === undefined || closedAtMs > now() - CAUGHT_UP_MS
    for (const entry of desk.book.all())
      if (lacksAnswer(entry) && isRecent(entry)) this.#do((at) => catchUpAnswer(at, entry.key))
    this.look()
  }

  /** Looks at all that is not closed. */
  look(): void {
    const { context } = this.#options
    const { world } = context().standing
    const desk = deskOf(world)
    if (desk === undefined) return
    for (const entry of context().desk.book.live()) this.#lookAt(world, desk, entry)
    this.plan()
  }

  fold(entries: readonly FeedEntry[]): void {
    if (entries.some((entry) => entry.kind === 'rights' && movesWork(entry))) this.look()
    for (const entry of entries)
      if (entry.kind === 'message') this.#said(entry.channel, entry.messages)
  }

  /** Sets the timer for the next one that is to come back. */
  plan(): void {
    this.#stopTimer()
    if (this.#isStopped) return
    const { desk, now } = this.#options.context()
    let next: number | undefined
    for (const { conversation } of desk.book.live()) {
      const { snoozedUntilMs: at } = conversation
      if (at !== undefined && (next === undefined || at < next)) next = at
    }
    if (next === undefined) return
    const ms = Math.min(Math.max(next - now(), 0), LONGEST_TIMER_MS)
    this.#stopTimer = this.#options.timer(() => this.look(), ms)
  }

  stop(): Promise<void> {
    this.#isStopped = true
    this.#stopTimer()
    return this.#order.run('all', async () => undefined)
  }

  #lookAt(world: World, desk: DeskDocument, { key, conversation }: Entry): void {
    const { assignee, visitor, snoozedUntilMs } = conversation
    const { context } = this.#options
    const resource = conversationNamed(desk, key)
    if (world.facts.resource(resource) === undefined) return
    if (world.facts.person(`user:${visitor}` as SubjectId) === undefined) {
      return this.#do((at) => closeConversation(at, 'server', { key, reason: 'visitor erased' }))
    }
    if (assignee !== undefined && !mayWork(world, assignee, resource))
      this.#do((at) => takeBackConversation(at, key))
    if (snoozedUntilMs !== undefined && snoozedUntilMs <= context().now())
      this.#do((at) => wakeConversation(at, key))
  }

  /** Who writes wants an answer. */
  #said(channel: ChannelName, messages: readonly Message[]): void {
    const { standing, desk } = this.#options.context()
    const resource = conversationOn(standing.world, channel)
    const key = resource?.slice(resource.indexOf(':') + 1)
    const entry = key === undefined ? undefined : desk.book.get(key)
    if (entry === undefined) return
    if (lacksAnswer(entry)) this.#do((at) => noteAnswerIn(at, entry.key, messages))
    if (entry.conversation.state !== 'snoozed') return
    if (messages.some(({ clientId }) => clientId === entry.conversation.visitor))
      this.#do((at) => wakeConversation(at, entry.key))
  }

  #do(work: (context: Context) => Promise<unknown>): void {
    if (this.#isStopped) return
    const { context, report, timer } = this.#options
    void this.#order
      .run('all', async () => (this.#isStopped ? undefined : work(context())))
      .catch((error: unknown) => {
        if (this.#isStopped) return
        report(error)
        // What was to be done is found again.
        timer(() => this.look(), RETRY_MS)
      })
  }
}

/** What the desk itself does to conversations takes no right from who has them. */
function movesWork({ cause, changes }: RightsFeedEntry): boolean {
  return !isDeskCommand(cause.command) && changes.some(({ kind }) => kind !== 'put-key')
}
