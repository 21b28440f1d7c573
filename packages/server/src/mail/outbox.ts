// Mails on their way: each is a durable record until the far end has taken it, so that no restart loses one and nobody
// waits for a mail server. After a crash between handing over and forgetting, a mail may come twice.

import { createHash } from 'node:crypto'
import { SealBroken, type Sealer } from '../auth/sealed.ts'
import type { Context } from '../context.ts'
import { type Letter, letterOf } from './letter.ts'
import { draftOf, type Occasion } from './texts.ts'
import type { Transport } from './transport.ts'

const COLLECTION = 'mail'
/** Beyond this nothing is taken in: a mail server that is gone must not fill the disk. */
const MOST_WAITING = 5_000
/** The first try again, and the longest pause; milliseconds. Each pause is twice the one before. */
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 1_800_000
/** How long a stop waits for the mail that is being handed over; milliseconds. */
const PATIENCE_MS = 2_000
/** Mails of one kind to one address in an hour. */
const MOST_AN_HOUR = 5
const HOUR_MS = 3_600_000

/** `text` holds links that open things, so it is sealed. */
type Waiting = {
  readonly to: string
  readonly kind: Occasion['kind']
  readonly sealed: string
  readonly tries: number
  readonly nextAtMs: number
  readonly endsAtMs: number
}

export type Outbox = {
  /**
   * Takes a mail in; when it resolves, the mail is stored. `false`: this address had enough mails of the kind, or too many
   * are waiting.
   *
   * @param endsAtMs when the mail is of no use any more; milliseconds since 1970
   */
  post(to: string, occasion: Occasion, endsAtMs: number): Promise<boolean>
  /** How many wait to be taken by the far end. */
  waiting(): number
  /** A sentence while the far end does not take them. */
  trouble(): string | undefined
  /** Sends nothing more; what is under way is finished, if that is soon. */
  stop(): Promise<void>
}

export type OutboxOptions = {
  readonly context: Pick<Context, 'store' | 'now' | 'randomId'>
  readonly sealer: Sealer
  readonly transport: Transport
  /** What this place is called. */
  readonly place: () => string
  readonly timer: (run: () => void, ms: number) => () => void
  /** Hears of deliveries and failures, without addresses and contents. */
  readonly tell: (event: string, details: Readonly<Record<string, string | number>>) => void
  readonly report: (error: unknown) => void
}

/** Opens the outbox and takes up what an earlier process left. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  return new StoredOutbox(options, await leftBehind(options.context))
}

class StoredOutbox implements Outbox {
  readonly #options: OutboxOptions
  /** When each stored mail is due, by its id. */
  readonly #due: Map<string, number>
  #stopTimer: () => void = () => undefined
  #working: Promise<void> | undefined
  #isStopped = false
  #trouble: string | undefined

  constructor(options: OutboxOptions, due: Map<string, number>) {
    this.#options = options
    this.#due = due
    this.#plan()
  }

  readonly post: Outbox['post'] = async (to, occasion, endsAtMs) => {
    const { context, sealer, place } = this.#options
    if (this.#isStopped || this.#due.size >= MOST_WAITING) return false
    if (!(await mayPost(context, to, occasion.kind))) return false
    const name = place()
    const sealed = sealer.seal(JSON.stringify(letterOf(draftOf(occasion, name), name)))
    const { kind } = occasion
    const nextAtMs = context.now()
    await this.#put(context.randomId(), { to, kind, sealed, tries: 0, nextAtMs, endsAtMs })
    this.#plan()
    return true
  }

  waiting(): number {
    return this.#due.size
  }

  trouble(): string | undefined {
    return this.#trouble
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stopTimer()
    const { timer, transport } = this.#options
    const patience = new Promise<void>((resolve) => timer(resolve, PATIENCE_MS))
    await Promise.race([this.#working ?? Promise.resolve(), patience])
    transport.close()
  }

  #plan(): void {
    this.#stopTimer()
    if (this.#isStopped || this.#due.size === 0) return
    const { context, timer } = this.#options
    const ms = Math.max(0, Math.min(...this.#due.values()) - context.now())
    this.#stopTimer = timer(() => this.#work(), ms)
  }

  #work(): void {
    this.#working ??= this.#deliverDue().finally(() => {
      this.#working = undefined
      this.#plan()
    })
  }

  async #deliverDue(): Promise<void> {
    const { context, report } = this.#options
    try {
      for (const id of dueNow(this.#due, context.now())) {
        if (this.#isStopped) return
        await this.#deliver(id)
      }
    } catch (error) {
      report(error)
      // The store could not be read or written: not at once again.
      const later = context.now() + FIRST_PAUSE_MS
      for (const id of dueNow(this.#due, context.now())) this.#due.set(id, later)
    }
  }

  async #deliver(id: string): Promise<void> {
    const { context, sealer, transport, tell } = this.#options
    const record = await context.store.record(COLLECTION, id)
    if (record === undefined) {
      this.#due.delete(id)
      return
    }
    const mail = record.value as Waiting
    if (mail.endsAtMs <= context.now()) return this.#forget(id, mail, 'mail outdated')
    const letter = opened(sealer, mail)
    if (letter === undefined)
      return this.#forget(id, mail, 'mail unreadable', 'SAYSO_SECRET has changed')
    const delivery = await transport.deliver(mail.to, letter)
    this.#trouble = delivery.kind === 'later' ? `mails wait: ${delivery.why}` : undefined
    if (delivery.kind === 'sent') return this.#forget(id, mail, 'mail sent')
    if (delivery.kind === 'never') return this.#forget(id, mail, 'mail refused', delivery.why)
    const tries = mail.tries + 1
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** mail.tries, LONGEST_PAUSE_MS)
    await this.#put(id, { ...mail, tries, nextAtMs: context.now() + pauseMs })
    tell('mail waits', { kind: mail.kind, tries, why: delivery.why })
  }

  async #put(id: string, value: Waiting): Promise<void> {
    const records = [{ collection: COLLECTION, key: id, value }]
    await this.#options.context.store.transact({ entries: [], records })
    this.#due.set(id, value.nextAtMs)
  }

  async #forget(id: string, { kind, tries }: Waiting, event: string, why?: string): Promise<void> {
    const records = [{ collection: COLLECTION, key: id, value: undefined }]
    await this.#options.context.store.transact({ entries: [], records })
    this.#due.delete(id)
    this.#options.tell(event, { kind, tries, ...(why === undefined ? {} : { why }) })
  }
}

function opened(sealer: Sealer, { sealed }: Waiting): Letter | undefined {
  try {
    return JSON.parse(sealer.open(sealed)) as Letter
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

function dueNow(due: ReadonlyMap<string, number>, nowMs: number): string[] {
  return [...due].filter(([, atMs]) => atMs <= nowMs).map(([id]) => id)
}

/** When each stored mail is due, by its id. */
async function leftBehind({ store }: Pick<Context, 'store'>): Promise<Map<string, number>> {
  const due = new Map<string, number>()
  for (let afterKey: string | undefined; ; ) {
    const page = await store.records({
      collection: COLLECTION,
      limit: 1_000,
      ...(afterKey === undefined ? {} : { afterKey }),
    })
    for (const { key, value } of page) due.set(key, (value as Waiting).nextAtMs)
    afterKey = page.at(-1)?.key
    if (page.length < 1_000) return due
  }
}

/** Durable, so that no restart gives anybody more mails: one claim per mail of the hour. */
async function mayPost(
  { store, now }: Pick<Context, 'store' | 'now'>,
  to: string,
  kind: Occasion['kind'],
): Promise<boolean> {
  const address = createHash('sha256').update(to.toLowerCase()).digest('base64url')
  const nowMs = now()
  for (let slot = 0; slot < MOST_AN_HOUR; slot += 1) {
    if (await store.claim(`mail:${kind}:${address}:${slot}`, nowMs, nowMs + HOUR_MS)) return true
  }
  return false
}
