// The port of the decisions log: what was asked of the policy and answered, beside the log of record. It never waits for
// that log and is never waited for; what it cannot keep up with it counts.

/** By which door a question came. */
export const DECISION_DOORS = ['channel', 'api', 'permit', 'authzen', 'cli'] as const
export type DecisionDoor = (typeof DECISION_DOORS)[number]

/** One decision, in words that stay when policy and facts have moved on. Without attributes, context and messages. */
export type NewDecision = {
  /** Opens its explanation. */
  readonly id: string
  readonly atMs: number
  readonly door: DecisionDoor
  /** Who asked: `user:…` or `key:…`. */
  readonly actor: string
  /** Id of the key that was shown, or that signed what was shown. */
  readonly key?: string | undefined
  /** Whom the question is about; absent: a key itself. */
  readonly subject?: string | undefined
  readonly action: string
  /** The channel or resource as it was asked for. */
  readonly on: string
  readonly resource?: string | undefined
  readonly tenant?: string | undefined
  readonly allowed: boolean
  /** A code, such as `granted` or `never_granted`. */
  readonly reason: string
  /** The rule, grant or layer that decided: `channel:lobby#moderator`, `types.channel.rules.slow`, `token`. */
  readonly by?: string | undefined
  /** Version of the policy document. */
  readonly policy: string
  /** Of rights. */
  readonly revision: number
  /** All reasons as JSON. */
  readonly reasons?: string | undefined
  /** Of a question for a list: how many were found. */
  readonly found?: number | undefined
}

export type DecisionLine = NewDecision & {
  /** Rises from line to line and is never given twice. */
  readonly number: number
}

/** All that are given must hold. Texts are compared as a whole. */
export type DecisionsQuery = {
  /** 1–1 000 */
  readonly limit: number
  /** Continue below this number. */
  readonly beforeNumber?: number | undefined
  readonly door?: DecisionDoor | undefined
  readonly actor?: string | undefined
  readonly subject?: string | undefined
  readonly action?: string | undefined
  readonly on?: string | undefined
  readonly resource?: string | undefined
  readonly tenant?: string | undefined
  /** Only lines of one of these. */
  readonly tenants?: readonly string[] | undefined
  readonly allowed?: boolean | undefined
  readonly reason?: string | undefined
  readonly by?: string | undefined
  readonly policy?: string | undefined
  /** Inclusive; milliseconds since 1970. */
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
}

export type DecisionsPage = {
  /** Newest first. */
  readonly lines: readonly DecisionLine[]
  readonly hasMore: boolean
}

/** Counted since the process started. */
export type DecisionStats = {
  readonly written: number
  readonly waiting: number
  readonly dropped: number
  readonly lastDroppedAtMs?: number | undefined
}

/**
 * The decisions log of one app.
 *
 * - `note` takes no time to speak of and never fails: lines are gathered and written by another thread, up to 1 000 in
 *   one transaction, at the latest after a quarter of a second. A crash loses what was gathered since. When more than
 *   50 000 wait, or the disk refuses them, they are dropped and counted.
 * - `page` and `find` see everything noted before they were called.
 * - Lines go when they are too old or too many, the oldest first.
 */
export type DecisionLog = {
  note(line: NewDecision): void
  /** @throws {StoreUnavailable} the file cannot be read */
  page(query: DecisionsQuery): Promise<DecisionsPage>
  /** @throws {StoreUnavailable} */
  find(id: string): Promise<DecisionLine | undefined>
  /** With everything that was dropped since the log began. @throws {StoreUnavailable} */
  stats(): Promise<DecisionStats>
  /** Of this process, without looking into the file. */
  counters(): DecisionStats
  /** Writes what waits and lets go of the file. */
  close(): Promise<void>
}

/** How much is kept. */
export type DecisionsKept = { readonly days: number; readonly rows: number }
