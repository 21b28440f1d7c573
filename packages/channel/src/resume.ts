// Resume arithmetic: a client comes back at a serial, and the answer is `resumed` or `gap`, never silence.

import type { KeptEvent } from './attachment.ts'

/** More than this is not replayed: the newest part would flood the client; it reads history instead. */
export const MAX_BACKLOG = 1_000
/** Nor more than this, counted by payloads; bytes (characters of text). */
export const MAX_BACKLOG_BYTES = 8_388_608

/** Whether what was missed is more than may be replayed. */
export function isTooMuch(missed: readonly KeptEvent[]): boolean {
  if (missed.length > MAX_BACKLOG) return true
  let bytes = 0
  for (const event of missed) {
    const items = event.kind === 'message' ? event.messages : event.annotations
    for (const { data } of items) bytes += data?.length ?? 0
  }
  return bytes > MAX_BACKLOG_BYTES
}

/** Why a resume is not continuous. */
export type GapReason =
  | 'unknown_position'
  | 'backlog_too_large'
  | 'connection_lost'
  /** The right to read was lost and gained since: what lies between stays out. */
  | 'rights_changed'

export type ResumeAnswer =
  | { readonly kind: 'resumed'; readonly from: string }
  | { readonly kind: 'gap'; readonly reason: GapReason }
  | { readonly kind: 'fresh' }

/**
 * Decides how an attach continues.
 *
 * @param serial     the position the client says it has seen; absent on a first attach
 * @param continuous whether the connection itself was resumed (or never lost)
 * @param head       the newest position folded; no honest client is past it
 */
export function resumeAt(
  serial: string | undefined,
  continuous: boolean,
  head: string,
): ResumeAnswer {
  if (serial === undefined || serial === '') return { kind: 'fresh' }
  if (!continuous) return { kind: 'gap', reason: 'connection_lost' }
  if (serial > head) return { kind: 'gap', reason: 'unknown_position' }
  return { kind: 'resumed', from: serial }
}
