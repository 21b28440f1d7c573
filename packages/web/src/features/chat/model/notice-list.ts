// The list of notices, and why a control is gone: what the first screen needs. How a change is worded is in `notices.ts`. Pure.

import type { PermissionChange } from '@sayso/client'
import type { Reason } from './controls.ts'
import { changedBy, phrasesOf } from './grammar.ts'
import type { Said } from './texts.ts'
import { noticeTexts as said } from './texts-notices.ts'

export type Notice = Said & {
  readonly id: string
  readonly atMs: number
  /** Shown as a toast now. */
  readonly isUp: boolean
  readonly isRead: boolean
  readonly change?: PermissionChange
}

export const MOST_KEPT = 50

/** Adds something that is no change of rights, for example a refused request. */
export function withNews(notices: readonly Notice[], news: Said, nowMs: number): readonly Notice[] {
  const id = `news-${nowMs}-${notices.length}`
  return [{ ...news, id, atMs: nowMs, isUp: true, isRead: false }, ...notices].slice(0, MOST_KEPT)
}

export function withoutToast(notices: readonly Notice[], id: string): readonly Notice[] {
  return notices.map((one) => (one.id === id && one.isUp ? { ...one, isUp: false } : one))
}

export function allRead(notices: readonly Notice[]): readonly Notice[] {
  return notices.some((one) => !one.isRead)
    ? notices.map((one) => ({ ...one, isRead: true }))
    : notices
}

/** Why an action that was there a moment ago is gone, for the control that stays. */
export function lossReason(action: string, change: PermissionChange, me: string): Reason {
  const phrase = phrasesOf([action])[0]
  const what = phrase === undefined ? said.rightsChanged : said.canNoLonger(phrase)
  const cause = changedBy(change.cause, me, false)
  return { reason: `${what} ${cause}`.trim(), cause }
}
