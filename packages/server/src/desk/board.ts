// Tells operators who listen to `[desk]` what becomes of conversations: of each one only whoever may read it at that moment, and
// at once when somebody no longer may.

import { type Cause, type SubjectId, subjectOf } from '@sayso/policy'
import { deskChannel } from '@sayso/protocol'
import type { FeedEntry } from '@sayso/store'
import { isVisible } from '../commands/desk/moving.ts'
import { mayPlace } from '../commands/require-place.ts'
import type { Context } from '../context.ts'
import type { LiveConnection, ViewMessage } from '../live-connection.ts'
import { idOf } from '../people/roles.ts'
import type { BookNews } from './book.ts'
import { conversationNamed, deskOf } from './desk-type.ts'
import { named } from './event.ts'
import { type Gone, HandOvers } from './hand-overs.ts'
import { mentionsIn } from './mentioned.ts'
import { capacityOf, type Operator } from './operators.ts'
import { isOperator } from './operators-of.ts'
import { isDeskCommand } from './owned.ts'
import { conversationView } from './views.ts'
import type { OnSiteNews } from './visitors/on-site.ts'
import { tenantResource } from './widgets/widget.ts'

/** What comes within it is told together; milliseconds. */
const GATHERED_MS = 40

/** Closed conversations of which a listener is still told that they are lost. */
const MOST_CLOSED_KNOWN = 200

export type BoardOptions = {
  readonly context: () => Context
  /** Runs something after a while; returns a way to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
  /** Somebody has come to listen. */
  readonly came: () => void
}

type Listener = {
  readonly connection: LiveConnection
  /** Keys of conversations it can see, as far as it was told or has read. */
  readonly known: Set<string>
  readonly dirty: Set<string>
  isTelling: boolean
  /** The revision of rights by which `known` was looked at last. */
  seenAt: number
}

export class Board {
  readonly #options: BoardOptions
  readonly #listeners = new Set<Listener>()
  readonly #handOvers = new HandOvers()
  #told = 0
  #cancel: (() => void) | undefined

  constructor(options: BoardOptions) {
    this.#options = options
  }

  /** Attaches a connection; it reads the lists itself. */
  listen(connection: LiveConnection): void {
    connection.board?.close()
    const listener: Listener = {
      connection,
      known: new Set(),
      dirty: new Set(),
      isTelling: false,
      seenAt: this.#context.standing.world.revision,
    }
    this.#listeners.add(listener)
    connection.board = {
      close: () => {
        connection.board = undefined
        this.#listeners.delete(listener)
      },
      rightsMoved: (cause) => this.#rightsMoved(listener, cause),
    }
    for (const { key } of this.#context.desk.book.live())
      if (this.#sees(listener, key)) listener.known.add(key)
    connection.peer?.viewAttached(deskChannel, this.#context.standing.head)
    this.#options.came()
  }

  /** Entries that are about to be folded: why things will be lost. */
  note(entries: readonly FeedEntry[]): void {
    this.#handOvers.note(this.#context.standing.world, entries)
  }

  /** A conversation changed. */
  changed({ key }: BookNews): void {
    for (const listener of this.#listeners) {
      if (this.#sees(listener, key)) this.#willTell(listener, key)
      else this.#lose(listener, key)
    }
    this.#soon()
  }

  /** Whoever a note names hears of it, if they may read the conversation; not what it says. */
  said(entries: readonly FeedEntry[]): void {
    const { world } = this.#context.standing
    for (const { key, by, atMs, people } of mentionsIn(world, entries)) {
      const payload = { key, by: named(world, `user:${by}`), atMs }
      for (const listener of this.#listeners) {
        const me = subjectOf(listener.connection.asker.credential)
        if (me === undefined || idOf(me) === by || !people.includes(idOf(me))) continue
        if (this.#sees(listener, key)) this.#send(listener, 'mention', payload)
      }
    }
  }

  operator(operator: Operator): void {
    const { world } = this.#context.standing
    const { version: _version, operator: id, ...rest } = operator
    const payload = {
      ...rest,
      ...named(world, `user:${id}`),
      capacity: capacityOf(world, operator),
      isConnected: operator.offlineSinceMs === undefined,
    }
    for (const listener of this.#listeners) {
      const me = subjectOf(listener.connection.asker.credential)
      if (me !== undefined && isOperator(world, operator.tenant, me))
        this.#send(listener, 'operator', payload)
    }
  }

  visitor({ kind, who }: OnSiteNews): void {
    const { world } = this.#context.standing
    const { address: _address, ...shown } = who
    const name = named(world, `user:${who.visitor}` as SubjectId)
    for (const listener of this.#listeners) {
      const { asker } = listener.connection
      if (mayPlace(world, asker, 'see-visitors', tenantResource(who.tenant)))
        this.#send(listener, 'visitor', { kind, ...shown, ...name })
    }
  }

  stop(): void {
    this.#cancel?.()
  }

  get #context(): Context {
    return this.#options.context()
  }

  #sees({ connection }: Listener, key: string): boolean {
    const { world } = this.#context.standing
    const desk = deskOf(world)
    return desk !== undefined && isVisible(world, connection.asker, conversationNamed(desk, key))
  }

  /** INVARIANT: in the turn in which the right is lost, before anything later. */
  #rightsMoved(listener: Listener, { command }: Cause): void {
    const isDesks = isDeskCommand(command)
    for (const key of listener.known)
      if (!this.#sees(listener, key)) this.#lose(listener, key, isDesks)
    listener.seenAt = this.#context.standing.world.revision
    for (const { key } of this.#context.desk.book.live())
      if (!listener.known.has(key) && this.#sees(listener, key)) this.#willTell(listener, key)
    if (listener.dirty.size > 0) this.#soon()
  }

  /** It may have read it already, before it is told: what is lost in between is said to be gone. */
  #willTell({ dirty, known }: Listener, key: string): void {
    dirty.add(key)
    known.add(key)
  }

  /** @param isDesks false: something else than the desk moved rights */
  #lose(listener: Listener, key: string, isDesks = true): void {
    listener.dirty.delete(key)
    if (listener.known.delete(key)) this.#send(listener, 'gone', this.#gone(listener, key, isDesks))
  }

  /** INVARIANT: whoever works on this desk no more learns nothing but that a right is lost. */
  #gone({ connection, seenAt }: Listener, key: string, isDesks: boolean): Gone {
    const { standing, desk, now } = this.#context
    const { world } = standing
    const lost: Gone = { key, why: 'rights', atMs: now() }
    const me = subjectOf(connection.asker.credential)
    const tenant = desk.book.get(key)?.conversation.tenant
    if (me === undefined || tenant === undefined || !isOperator(world, tenant, me)) return lost
    if (!this.#isThere(key)) return { ...lost, why: 'erased' }
    return (isDesks ? this.#handOvers.goneOf(world, key, seenAt) : undefined) ?? lost
  }

  #isThere(key: string): boolean {
    const { world } = this.#context.standing
    const desk = deskOf(world)
    return desk !== undefined && world.facts.resource(conversationNamed(desk, key)) !== undefined
  }

  #soon(): void {
    if (this.#cancel !== undefined) return
    this.#cancel = this.#options.timer(() => {
      this.#cancel = undefined
      for (const listener of this.#listeners) void this.#tellAll(listener)
    }, GATHERED_MS)
  }

  async #tellAll(listener: Listener): Promise<void> {
    if (listener.isTelling) return
    listener.isTelling = true
    try {
      for (const key of listener.dirty) {
        listener.dirty.delete(key)
        await this.#tell(listener, key)
      }
    } catch (error) {
      this.#options.report(error)
    } finally {
      listener.isTelling = false
    }
  }

  /** Those that are closed move no more: of them the latest are enough. */
  #know({ known }: Listener, key: string): void {
    known.delete(key)
    known.add(key)
    if (known.size <= MOST_CLOSED_KNOWN) return
    const { book } = this.#context.desk
    const isOver = (each: string) => book.get(each)?.conversation.state === 'closed'
    const closed = [...known].filter(isOver)
    for (const each of closed.slice(0, Math.max(0, closed.length - MOST_CLOSED_KNOWN)))
      known.delete(each)
  }

  async #tell(listener: Listener, key: string): Promise<void> {
    const entry = this.#context.desk.book.get(key)
    if (entry === undefined) return this.#lose(listener, key)
    const view = await conversationView(this.#context, listener.connection.asker, entry)
    // INVARIANT: decided at the telling, after every read.
    if (!this.#sees(listener, key)) return this.#lose(listener, key)
    this.#know(listener, key)
    this.#send(listener, 'conversation', view)
  }

  #send({ connection }: Listener, name: ViewMessage, payload: unknown): void {
    this.#told += 1
    const serial = `${this.#context.standing.head}/${this.#told}`
    connection.peer?.view(deskChannel, name, payload, serial)
  }
}
