// Bodies of our own API about messages: threads, pinned ones, reports.

/** A message as the realtime protocol writes it in JSON. */
export type MessageView = {
  readonly id?: string
  readonly serial: string
  readonly timestamp: number
  /** 0 created, 1 updated, 2 deleted. */
  readonly action: number
  readonly clientId?: string
  readonly name?: string
  readonly data?: unknown
  readonly encoding?: string
  readonly extras?: unknown
  readonly version?: { readonly serial?: string; readonly clientId?: string }
  readonly annotations?: { readonly summary?: unknown }
}

export type ThreadView = {
  readonly root: string
  /** Answers that are there. */
  readonly count: number
  readonly lastSerial: string
  readonly lastAtMs: number
  /** Who answered, the last one first; at most five. */
  readonly people: readonly string[]
  /** The message it is about, if it was asked for. */
  readonly message?: MessageView
}

/** Query of GET /api/v1/channels/{key}/threads. */
export type ThreadsQueryParams = {
  readonly from?: string
  readonly to?: string
  readonly before?: string
  readonly roots?: 'yes'
}

export type ThreadsView = {
  readonly threads: readonly ThreadView[]
  /** The position up to which they are counted. */
  readonly asOf: string
}

export type ThreadPageView = {
  /** Newest first. */
  readonly messages: readonly MessageView[]
  readonly hasMore: boolean
}

export type PinsView = {
  readonly pins: readonly {
    readonly message: MessageView
    readonly by: string
    readonly atMs: number
  }[]
}

export type ReportReasonView = 'spam' | 'abuse' | 'harm' | 'private' | 'other'

export type ReportBody = {
  readonly serial: string
  readonly reason: ReportReasonView
  readonly note?: string
}

export type ReportsView = {
  readonly reports: readonly {
    readonly id: string
    readonly serial: string
    readonly author?: string
    readonly by: string
    readonly reason: ReportReasonView
    readonly note?: string
    readonly atMs: number
    readonly message?: MessageView
  }[]
}

export type CloseReportsBody = {
  readonly serial: string
  readonly outcome: 'deleted' | 'dismissed'
}
