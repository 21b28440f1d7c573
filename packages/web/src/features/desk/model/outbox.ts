// What was written here and has not come back from the server yet. An item keeps its id through every try, so that it arrives
// once. Pure.

export type Unsent = {
  /** `<uuid>:0`; also the id of the message it becomes. */
  readonly id: string
  readonly kind: 'text' | 'note' | 'file'
  readonly text: string
  readonly files: readonly { readonly id: string; readonly name: string }[]
  /** Ids of the people a note calls. */
  readonly mentions: readonly string[]
  readonly atMs: number
  /** `sent`: the server has it; its message is still on the way to this screen. */
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed'
  /** Why it failed, in words. */
  readonly why?: string
}

/** What a person writes; the rest is the outbox's. */
export type Written = Pick<Unsent, 'kind' | 'text' | 'files' | 'mentions'>

export type Outbox = readonly Unsent[]

/** Those that have come back are here no more. */
export function withoutArrived(outbox: Outbox, ids: ReadonlySet<string | undefined>): Outbox {
  return outbox.some(({ id }) => ids.has(id)) ? outbox.filter(({ id }) => !ids.has(id)) : outbox
}

export function withState(
  outbox: Outbox,
  id: string,
  state: Unsent['state'],
  why?: string,
): Outbox {
  return outbox.map((one) => {
    if (one.id !== id) return one
    const { why: _before, ...same } = one
    return { ...same, state, ...(why === undefined ? {} : { why }) }
  })
}

/** The next to send: the first that waits, unless one before it is on its way. Keeps the order of writing. */
export function nextOf(outbox: Outbox): Unsent | undefined {
  const first = outbox.find(({ state }) => state === 'waiting' || state === 'sending')
  return first?.state === 'waiting' ? first : undefined
}

/** Reads what an earlier visit left; what is on its way then is sent again under its id. */
export function readOutbox(kept: string | null | undefined): Outbox {
  try {
    const value: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(value) ? value.filter(isUnsent).map(again) : []
  } catch {
    return []
  }
}

const STATES: ReadonlySet<string> = new Set(['waiting', 'sending', 'sent', 'failed'])

function again(one: Unsent): Unsent {
  return one.state === 'sending' || one.state === 'sent' ? { ...one, state: 'waiting' } : one
}

function isUnsent(value: unknown): value is Unsent {
  const { id, kind, text, files, mentions, atMs, state } = (value ?? {}) as Partial<Unsent>
  return (
    typeof id === 'string' &&
    (kind === 'text' || kind === 'note' || kind === 'file') &&
    typeof text === 'string' &&
    Array.isArray(files) &&
    Array.isArray(mentions) &&
    typeof atMs === 'number' &&
    STATES.has(state ?? '')
  )
}
