// Works erasures off, step by step, each of which may be repeated: one that a crash cut short is begun again at the start.

import { ERASE_COMMAND, type Eraser, type Erasure, type StoredRecord } from '@sayso/store'
import type { Accounts } from '../auth/accounts.ts'
import type { Pictures } from '../auth/avatar.ts'
import { commit } from '../commands/decide-and-commit.ts'
import { moveConnection } from '../connections.ts'
import type { Context } from '../context.ts'
import { visitorRemovals } from '../desk/visitors/removal.ts'
import { doomedRecords, everyFile, type FileRecord } from '../files/file-record.ts'
import { LINK_PREVIEWS } from '../files/link-preview-record.ts'
import type { Hub } from '../hub.ts'
import { OneByOne } from '../one-by-one.ts'
import { ownRemovals } from '../own/own-records.ts'
import { INVITATIONS } from '../people/invitations.ts'
import { removalOf } from '../people/removal.ts'
import { onHold } from '../retention/holds.ts'
import { DIFFERENCES } from '../shadow/shadow-record.ts'
import { DELIVERIES, WAITING } from '../webhooks/endpoints.ts'
import {
  doneRecord,
  type Extent,
  erasureOf,
  type KeptErasure,
  openErasures,
} from './erasure-record.ts'
import { subjectOfPerson, takeBack } from './take-back.ts'

/** What was removed, in numbers. */
export type Receipt = {
  /** Names the erasure in the audit log. */
  readonly id: string
  readonly sessions: number
  readonly messages: number
  readonly reactions: number
  readonly files: number
  /** Drafts, read marks, settings and the like. */
  readonly own: number
  /** Invitations, waiting webhooks, link previews and other records. */
  readonly records: number
  readonly presence: number
  /** Entries of the log that were rewritten. */
  readonly entries: number
  /** Lines of the audit log that say no more who it was. */
  readonly auditLines: number
}

export type ErasuresOptions = {
  readonly context: Context
  readonly hub: Hub
  readonly eraser: Eraser
  readonly accounts: Pick<Accounts, 'remove'>
  readonly pictures: Pick<Pictures, 'remove'>
  readonly report: (error: unknown) => void
}

/** Records that go if they hold anything of the person; none of them carries a right. */
const REMOVED = [
  ...['signed-in', 'idempotency', 'approvals', DIFFERENCES],
  ...[INVITATIONS, LINK_PREVIEWS, WAITING, DELIVERIES],
]

/** Records of one write. */
const AT_ONCE = 500
/** How often the database is asked to take the write-ahead log in. */
const MOST_FLUSHES = 20
/** How often the index of messages is asked to clean itself; it goes on with the log in between. */
const MOST_CLEANINGS = 1_000

export class Erasures {
  readonly #options: ErasuresOptions
  readonly #turns = new OneByOne()

  constructor(options: ErasuresOptions) {
    this.#options = options
  }

  /**
   * Begins an erasure that no hold forbids. INVARIANT: no hold comes between the question and the beginning.
   *
   * @param begin commits it
   * @throws {Failure} `on_hold`: they are held, or something is that they wrote in
   */
  async begin<T>(person: string, extent: Extent, begin: () => Promise<T>): Promise<T> {
    const { holds } = this.#options.context
    return holds.alone(async () => {
      if (holds.onPerson(subjectOfPerson(person))) throw onHold(subjectOfPerson(person))
      if (holds.standing().length > 0 && extent !== 'account') await this.#requireUnheld(person)
      return begin()
    })
  }

  /** @throws {Failure} `on_hold`: something is that they wrote in */
  async #requireUnheld(person: string): Promise<void> {
    const { context, eraser } = this.#options
    const { holds, standing } = context
    for (let after: number | undefined = 0; after !== undefined; ) {
      const page: Awaited<ReturnType<Eraser['written']>> = await eraser.written(person, after)
      const held = page.entries.find(
        (entry) => entry.kind !== 'rights' && holds.onChannel(standing.world, entry.channel),
      )
      if (held !== undefined && held.kind !== 'rights') throw onHold(held.channel)
      after = page.next
    }
  }

  /** Does what is left of an erasure that was begun. Resolves when nothing is. */
  run(person: string): Promise<Receipt | undefined> {
    return this.#turns.run('all', async () => {
      const kept = await erasureOf(this.#options.context.store, person)
      return kept && this.#work(kept)
    })
  }

  /** Goes on with what a crash cut short; never rejects. */
  async resume(): Promise<void> {
    const { context, report } = this.#options
    try {
      for (const { person } of await openErasures(context.store)) await this.run(person)
    } catch (error) {
      report(error)
    }
  }

  /** Ends when what runs has ended. */
  async stop(): Promise<void> {
    await this.#turns.run('all', async () => undefined)
  }

  async #work(kept: KeptErasure): Promise<Receipt> {
    const { context, eraser, accounts, pictures } = this.#options
    const { id, person, extent, texts } = kept
    this.#cut(person)
    const sessions = await accounts.remove(person)
    await this.#endRights(person)
    await pictures.remove(person)
    const none = {
      messages: 0,
      reactions: 0,
      files: 0,
      own: 0,
      records: 0,
      presence: 0,
      entries: 0,
    }
    if (extent === 'account') return this.#finish(kept, { id, sessions, ...none, auditLines: 0 })
    const taken = await takeBack(context, eraser, person, extent)
    const files = await this.#dropFiles(kept)
    const own = await this.#dropOwn(person)
    this.#options.context.shadow.forget(subjectOfPerson(person))
    const erasure: Erasure = { id, clientId: person, texts, messages: extent, removed: REMOVED }
    const entries = await whole((after) => eraser.log(erasure, after))
    const presence = await whole((after) => eraser.presence(erasure, after))
    const records = await whole((after) => eraser.records(erasure, after))
    const auditLines = await whole((after) => eraser.audit(erasure, after))
    const rest = { files, own, records, presence, entries, auditLines }
    return this.#finish(kept, { id, sessions, ...taken, ...rest })
  }

  /** The record goes, and the line that proves what was done takes its place in the audit log. */
  async #finish(kept: KeptErasure, receipt: Receipt): Promise<Receipt> {
    const { context, eraser } = this.#options
    const { id, ...counts } = receipt
    const proof = await eraser.erasedLines(id)
    await commit(context, {
      entries: [],
      records: [doneRecord(kept.person)],
      audit: {
        command: ERASE_COMMAND,
        actor: kept.by,
        target: subjectOfPerson(kept.person),
        details: { erasure: id, extent: kept.extent, ...counts, ...proof },
      },
    })
    for (let round = 0; round < MOST_FLUSHES; round += 1) {
      if (await eraser.flush()) break
    }
    await this.#cleanIndex()
    await context.analytics?.erase(subjectOfPerson(kept.person))
    return receipt
  }

  /** An index that is being made anew has read nothing of what is gone, or takes it in until it is asked again. */
  async #cleanIndex(): Promise<void> {
    const { context } = this.#options
    const finder = context.finder?.()
    for (let round = 0; finder !== undefined && round < MOST_CLEANINGS; round += 1) {
      if (await finder.clean(context.standing.revision)) return
    }
  }

  /** Tokens that cannot be taken back open connections as well. */
  #cut(person: string): void {
    const { hub, context } = this.#options
    const subject = subjectOfPerson(person)
    for (const connection of [...hub.connections()]) {
      const { credential } = connection.asker
      if (credential.kind === 'token' && credential.subject === subject)
        moveConnection(hub, connection, { name: 'cut', reason: 'key_gone' }, context.now())
    }
  }

  /** A call that was on its way may have made them known once more. */
  async #endRights(person: string): Promise<void> {
    const { context } = this.#options
    const subject = subjectOfPerson(person)
    if (context.standing.world.facts.person(subject) === undefined) return
    const changes = removalOf(context.standing.world, subject)
    const cause = { command: 'remove-person' }
    await commit(context, {
      entries: [{ kind: 'rights', changes, cause }],
      audit: { command: 'remove-person', actor: 'server', target: subject },
    })
  }

  async #dropFiles({ person, extent }: KeptErasure): Promise<number> {
    const { context } = this.#options
    const owner = subjectOfPerson(person)
    const ids: string[] = []
    for await (const { key, value } of everyFile(context.store)) {
      const file = value as StoredRecord['value'] & FileRecord
      if (file.owner !== owner) continue
      if (extent === 'delete' || file.state !== 'attached') ids.push(key)
    }
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const records = doomedRecords(ids.slice(from, from + AT_ONCE))
      await commit(context, { entries: [], records })
    }
    if (ids.length > 0) await context.files.sweep()
    return ids.length
  }

  async #dropOwn(person: string): Promise<number> {
    const { context } = this.#options
    const removals = [
      ...(await ownRemovals(context.store, person)),
      ...(await visitorRemovals(context, person)),
    ]
    for (let from = 0; from < removals.length; from += AT_ONCE)
      await commit(context, { entries: [], records: removals.slice(from, from + AT_ONCE) })
    return removals.length
  }
}

/** All slices, one after the other; how many places were changed. */
async function whole(
  slice: (after: number) => Promise<{ readonly changed: number; readonly next?: number }>,
): Promise<number> {
  let changed = 0
  for (let after: number | undefined = 0; after !== undefined; ) {
    const done: { readonly changed: number; readonly next?: number } = await slice(after)
    changed += done.changed
    after = done.next
  }
  return changed
}
