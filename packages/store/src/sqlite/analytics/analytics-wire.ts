// What the main thread and the thread of the roll-ups say to each other.

import type { AnalyticsKept, AnalyticsQuestion } from '../../analytics.ts'
import type { ToThread as FileRequest } from '../file-thread.ts'

type OfFolder = {
  readonly id: number
  /** The folder of the app: its log, its decisions log and the roll-ups. */
  readonly folder: string
}

export type AnalyticsRequest =
  | (OfFolder & { readonly kind: 'follow'; readonly nowMs: number })
  | (OfFolder & { readonly kind: 'ask'; readonly question: AnalyticsQuestion })
  | (OfFolder & { readonly kind: 'erase'; readonly person: string })
  | (OfFolder & { readonly kind: 'close' })

export type ToThread = FileRequest<AnalyticsRequest, AnalyticsKept>
