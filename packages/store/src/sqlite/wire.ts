// What the main thread and the writer thread say to each other. Plain values; bodies are text made by `body.ts`.

import type { Place } from '../rules/position.ts'
import type { Target } from '../rules/prepare.ts'
import type { PreparedRecord } from '../rules/records.ts'
import type { SqlValue } from './driver.ts'
import type { Failure } from './failure.ts'

export type WritePublish = {
  readonly kind: 'publish'
  readonly channel: string
  readonly keys: readonly string[]
  readonly body: string
  readonly answers: readonly Answer[]
}

/** A message of a publish that is in a thread; `at` is its index. */
export type Answer = { readonly at: number; readonly root: string; readonly client: string | null }

export type WriteAmend = {
  readonly kind: 'amend'
  readonly channel: string
  readonly keys: readonly string[]
  readonly target?: Target
  readonly expectVersion?: string
  readonly amendment: string
  readonly source: Source
}

export type WriteAnnotate = {
  readonly kind: 'annotate'
  readonly channel: string
  readonly keys: readonly string[]
  /** Of each annotation in turn. */
  readonly targets: readonly (Target | undefined)[]
  readonly annotations: string
  readonly withMessages: boolean
  readonly source: Source
}

export type WriteRights = {
  readonly kind: 'rights'
  readonly changes: readonly string[]
  readonly cause: string
}

export type WriteEntry = WritePublish | WriteAmend | WriteAnnotate | WriteRights

/** Where a message entry came from. */
export type Source = { readonly connectionId?: string; readonly idBase?: string }

export type WriteRequest = {
  readonly kind: 'write'
  readonly id: number
  readonly nowMs: number
  readonly expect?: number
  readonly entries: readonly WriteEntry[]
  readonly records: readonly PreparedRecord[]
  readonly audit?: string
}

export type ClaimRequest = {
  readonly kind: 'claim'
  readonly id: number
  readonly key: string
  readonly nowMs: number
  readonly untilMs: number
}

export type NoteRequest = {
  readonly kind: 'note'
  readonly id: number
  readonly notes: readonly {
    readonly channel: string
    readonly atMs: number
    readonly position: string
    readonly body: string
  }[]
}

/** A statement of the sign-in library, or a step of its transaction. */
export type SqlRequest = {
  readonly kind: 'sql'
  readonly id: number
  readonly connection: number
  readonly step: 'run' | 'begin' | 'commit' | 'rollback'
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

export type Request =
  | WriteRequest
  | ClaimRequest
  | NoteRequest
  | SqlRequest
  | { readonly kind: 'close' }

/** An entry that took its place; `entry` is its index in the write. */
export type Placed = Place & {
  readonly entry: number
  /** Of an amendment: the body with the merged message; of annotations: with what they add up to. */
  readonly body?: string
  /** Of annotations: the messages they are about, if they were asked for. */
  readonly about?: string
  /** Of rights: the indexes of the changes that changed something. */
  readonly kept?: readonly number[]
}

/** A row of the feed, with the name of its channel. */
export type FeedRow = {
  readonly revision: number
  readonly serial: string
  readonly kind: number
  readonly channel: string | null
  readonly body: string
}

export type Outcome =
  | {
      readonly kind: 'written'
      readonly id: number
      readonly place: Place
      readonly placed: readonly Placed[]
    }
  | { readonly kind: 'repeated'; readonly id: number; readonly rows: readonly FeedRow[] }
  | { readonly kind: 'claimed'; readonly id: number; readonly first: boolean }
  | { readonly kind: 'noted'; readonly id: number }
  | {
      readonly kind: 'stale' | 'stale_version' | 'unknown_message' | 'stale_record'
      readonly id: number
    }
  | {
      readonly kind: 'failed'
      readonly id: number
      readonly failure: Failure
      readonly message: string
    }

export type SqlOutcome = {
  readonly rows: readonly unknown[]
  readonly changes: number
  readonly lastId: number | bigint
}

/** The outcomes of one group, in order. */
export type Group = {
  readonly kind: 'group'
  readonly outcomes: readonly Outcome[]
  readonly commits: number
  /** When it was on the disk; milliseconds of the clock that all threads of the process share. */
  readonly doneMs?: number
}

export type Reply =
  | { readonly kind: 'ready'; readonly site: string }
  | {
      readonly kind: 'refused'
      readonly reason: 'in_use' | 'too_new' | 'damaged' | 'unusable_folder'
      readonly message: string
    }
  | Group
  | { readonly kind: 'sql'; readonly id: number; readonly outcome: SqlOutcome }
  | {
      readonly kind: 'sql_failed'
      readonly id: number
      readonly failure: Failure
      readonly message: string
    }

/** How the writer thread is started. */
export type WriterData = {
  readonly databaseFile: string
  readonly lockFile: string
  readonly newSite: string
  readonly transactionLimitMs: number
}
