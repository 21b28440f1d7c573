// What people have reported, as records: one for each message and person.

import type { ResourceId } from '@sayso/policy'
import type { StoredRecord } from '@sayso/store'

export const REPORTS = 'reports'

export const REPORT_REASONS = ['spam', 'abuse', 'harm', 'private', 'other'] as const
export type ReportReason = (typeof REPORT_REASONS)[number]

export type Report = {
  readonly id: string
  readonly resource: ResourceId
  readonly channel: string
  readonly serial: string
  /** Who wrote the message. */
  readonly author?: string
  readonly by: string
  readonly reason: ReportReason
  readonly note?: string
  readonly atMs: number
  readonly state: 'open' | 'done'
  readonly outcome?: 'deleted' | 'dismissed'
  readonly closedBy?: string
}

/** Reports of one channel stand beside each other. */
export function reportKey(resource: ResourceId, serial: string, by: string): string {
  return `${resource}\n${serial}\n${by}`
}

export function reportOf({ key, value }: StoredRecord): Report {
  return { ...(value as Omit<Report, 'id'>), id: Buffer.from(key).toString('base64url') }
}
