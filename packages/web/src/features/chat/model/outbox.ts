// What was written and has not arrived yet. An item keeps its id through every try, so that it arrives once. Pure.

import { explanationOf } from './refusals.ts'
import type { Fields } from './timeline.ts'

/** Why an item waits for the person: code for the words, and whether trying again may help. */
export type Failure = {
  readonly code: 'rights_changed' | 'too_long' | 'refused'
  readonly detail: string
  /** Of a refusal by the policy. */
  readonly explanation?: string | undefined
}

export type Unsent = {
  /** `<uuid>:0`; also the id of the message it becomes. */
  readonly id: string
  readonly channelKey: string
  readonly text: string
  /** What goes beside the text, as the server takes it. */
  readonly extras?: Fields | undefined
  readonly atMs: number
  /** Waits until one may write here, as was asked for: not to be allowed is no failure of it. */
  readonly isPatient?: true | undefined
  readonly state: /** `untilMs`: the server takes it then; slow mode. By the clock of the device. */
    | { readonly kind: 'waiting'; readonly untilMs?: number | undefined }
    | { readonly kind: 'sending' }
    /** The server has it; its message is still on the way to this screen. */
    | { readonly kind: 'sent' }
    | { readonly kind: 'failed'; readonly failure: Failure }
}

/** In the order of writing. */
export type Outbox = readonly Unsent[]

export type OutboxEvent =
  | { readonly kind: 'written'; readonly item: Omit<Unsent, 'state'> }
  | { readonly kind: 'restored'; readonly items: Outbox }
  | {
      readonly kind: 'started' | 'accepted' | 'retried' | 'arrived' | 'discarded'
      readonly id: string
    }
  | { readonly kind: 'postponed'; readonly id: string; readonly untilMs?: number | undefined }
  | { readonly kind: 'failed'; readonly id: string; readonly failure: Failure }

/** The outbox after an event. Events about what is no longer there change nothing. */
export function reduce(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.kind) {
    case 'written':
      return [...outbox, { ...event.item, state: { kind: 'waiting' } }]
    case 'restored':
      return restored(outbox, event.items)
    case 'started':
      return withState(outbox, event.id, { kind: 'sending' })
    case 'accepted':
      return withState(outbox, event.id, { kind: 'sent' })
    case 'postponed':
      return withState(outbox, event.id, { kind: 'waiting', untilMs: event.untilMs })
    case 'retried':
      return withState(outbox, event.id, { kind: 'waiting' })
    case 'failed':
      return withState(outbox, event.id, { kind: 'failed', failure: event.failure })
    case 'arrived':
    case 'discarded':
      return outbox.some((item) => item.id === event.id)
        ? outbox.filter((item) => item.id !== event.id)
        : outbox
  }
}

/** The next one to send on a channel: the first that waits, unless one before it is on its way. Keeps the order of writing. */
export function nextToSend(outbox: Outbox, channelKey: string): Unsent | undefined {
  const first = outbox.find(
    (item) =>
      item.channelKey === channelKey &&
      (item.state.kind === 'waiting' || item.state.kind === 'sending'),
  )
  return first?.state.kind === 'waiting' ? first : undefined
}

/** What to do with a refused publish, by the code and status of its error. */
export function verdictOf(error: {
  readonly code?: number
  readonly statusCode?: number
  readonly message?: string
  readonly detail?: unknown
}): { readonly kind: 'again' } | { readonly kind: 'failed'; readonly failure: Failure } {
  const { code = 0, statusCode = 0, message = 'the server refused it' } = error
  const failed = (kind: Failure['code']) => failedAs(kind, message, explanationOf(error))
  if (RIGHTS.has(code)) return failed('rights_changed')
  if (TOO_LONG.has(code)) return failed('too_long')
  // 8xxxx: the connection; 429: too fast; 5xx: the server, for now. The same id makes trying again safe.
  const isPassing =
    Math.floor(code / 10_000) === 8 || statusCode === 429 || statusCode >= 500 || code === 0
  return isPassing ? { kind: 'again' } : failed('refused')
}

/** 40160, 40165: not allowed; 40161–40163 the same for other modes; 90001: the channel was closed for us. */
const RIGHTS = new Set([40160, 40161, 40162, 40163, 40165, 90001])
const TOO_LONG = new Set([40009])

function failedAs(code: Failure['code'], detail: string, explanation: string | undefined) {
  const why = explanation === undefined ? {} : { explanation }
  return { kind: 'failed' as const, failure: { code, detail, ...why } }
}

function withState(outbox: Outbox, id: string, state: Unsent['state']): Outbox {
  if (!outbox.some((item) => item.id === id)) return outbox
  return outbox.map((item) => (item.id === id ? { ...item, state } : item))
}

function restored(outbox: Outbox, items: Outbox): Outbox {
  const known = new Set(outbox.map((item) => item.id))
  const added = items
    .filter((item) => !known.has(item.id))
    // What was on its way when the page went away may or may not have arrived: it is sent again under its id.
    .map((item) =>
      item.state.kind === 'sending' ? { ...item, state: { kind: 'waiting' as const } } : item,
    )
  return [...added, ...outbox].sort((one, other) => one.atMs - other.atMs)
}
