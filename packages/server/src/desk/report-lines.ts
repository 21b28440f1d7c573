// What reports know of a conversation: instants, and who worked on it; no word of it and nobody's visitor. Of one that is closed
// a line is kept for itself, so that sums stay true when conversations go.

import type { JsonObject, NewRecord, Store } from '@sayso/store'
import type { Entry } from './book.ts'
import type { Conversation } from './conversation.ts'

/** `<tenant>/<opened at, 15 digits>/<key>`. */
export const REPORT_LINES = 'desk-report-lines'
const PAGE = 1_000
const DIGITS = 15

export type ReportLine = Pick<
  Conversation,
  | 'isOpenedByVisitor'
  | 'openedAtMs'
  | 'claimedAtMs'
  | 'answeredAtMs'
  | 'answeredBy'
  | 'closedAtMs'
  | 'closedBy'
  | 'assignee'
  | 'team'
  | 'widget'
> & {
  /** 1 to 5. */
  readonly score?: number
}

const FIELDS = [
  'isOpenedByVisitor',
  'openedAtMs',
  'claimedAtMs',
  'answeredAtMs',
  'answeredBy',
  'closedAtMs',
  'closedBy',
  'assignee',
  'team',
  'widget',
] as const satisfies readonly (keyof ReportLine)[]

export function reportLineOf(conversation: Conversation): ReportLine {
  const held = FIELDS.filter((name) => conversation[name] !== undefined)
  const line = Object.fromEntries(held.map((name) => [name, conversation[name]]))
  const { rating } = conversation
  return { ...line, ...(rating && { score: rating.score }) } as ReportLine
}

/** Written whenever a closed one is. */
export function reportLineRecord(key: string, conversation: Conversation): NewRecord {
  const { tenant, openedAtMs } = conversation
  const value = reportLineOf(conversation) as unknown as JsonObject
  return { collection: REPORT_LINES, key: `${tenant}/${padded(openedAtMs)}/${key}`, value }
}

/** Of a tenant, opened from `from` on and before `to`: closed ones as they are kept, others as they are. */
export async function reportLines(
  store: Pick<Store, 'records'>,
  live: Iterable<Entry>,
  { tenant, from, to }: { readonly tenant: string; readonly from: number; readonly to: number },
): Promise<readonly ReportLine[]> {
  const found: ReportLine[] = []
  const prefix = `${tenant}/`
  const end = `${prefix}${padded(to)}`
  for (let afterKey = `${prefix}${padded(from)}`; ; ) {
    const page = await store.records({ collection: REPORT_LINES, prefix, afterKey, limit: PAGE })
    for (const { key, value } of page) {
      if (key < end) found.push(value as unknown as ReportLine)
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE || last.key >= end) break
    afterKey = last.key
  }
  for (const { conversation } of live) {
    const { openedAtMs, tenant: its, state } = conversation
    if (its !== tenant || state === 'closed' || openedAtMs < from || openedAtMs >= to) continue
    found.push(reportLineOf(conversation))
  }
  return found
}

function padded(ms: number): string {
  return String(Math.max(0, Math.floor(ms))).padStart(DIGITS, '0')
}
