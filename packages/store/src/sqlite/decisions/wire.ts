// What the main thread and the thread of decisions say to each other: plain values, rows laid end to end.

import type { DecisionsKept, DecisionsQuery } from '../../decisions.ts'
import type { ToThread as FileRequest } from '../file-thread.ts'

/** A column of a row on its way: absent is null, a verdict is 1 or 0. */
export type Value = string | number | null

type OfFile = {
  readonly id: number
  readonly file: string
}

export type WriteRows = OfFile & {
  readonly kind: 'write'
  /** `WIDTH` values for each row. */
  readonly values: readonly Value[]
  /** Lines that were dropped since the last write, and when. */
  readonly dropped: number
  readonly atMs: number
}

export type DecisionRequest =
  | WriteRows
  | (OfFile & { readonly kind: 'page'; readonly query: DecisionsQuery; readonly atMs: number })
  | (OfFile & { readonly kind: 'find'; readonly decision: string })
  | (OfFile & { readonly kind: 'dropped' })
  | (OfFile & { readonly kind: 'close' })

export type ToThread = FileRequest<DecisionRequest, DecisionsKept>
