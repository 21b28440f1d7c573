// What is kept on this device for one person: drafts per channel, and what was written and has not arrived.

import type { Outbox, Unsent } from '../model/outbox.ts'

export type Kept = {
  /** Whose it is. */
  readonly person: string
  draft(channelKey: string): string
  setDraft(channelKey: string, text: string): void
  /** Serial of the message that the draft of a channel answers. */
  answered(channelKey: string): string | undefined
  setAnswered(channelKey: string, serial: string | undefined): void
  /** Whether the draft of a thread is also for the channel. */
  isAlso(draftKey: string): boolean
  setAlso(draftKey: string, isAlso: boolean): void
  unsent(): Outbox
  keepUnsent(item: Unsent): void
  dropUnsent(id: string): void
}

export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Storage that is full or closed loses nothing on screen: everything also lives in memory until the page is left. */
export function keptFor(personId: string, storage: KeyValue | undefined): Kept {
  const draftKey = (channelKey: string) => `sayso.${personId}.draft.${channelKey}`
  const answeredKey = (channelKey: string) => `sayso.${personId}.answered.${channelKey}`
  const alsoKey = (draftKey: string) => `sayso.${personId}.also.${draftKey}`
  const unsentPrefix = `sayso.${personId}.unsent.`
  const memory = new Map<string, string>()
  const get = (key: string) => memory.get(key) ?? safely(() => storage?.getItem(key)) ?? undefined
  const set = (key: string, value: string) => {
    memory.set(key, value)
    safely(() => storage?.setItem(key, value))
  }
  const drop = (key: string) => {
    memory.delete(key)
    safely(() => storage?.removeItem(key))
  }
  return {
    person: personId,
    draft: (channelKey) => get(draftKey(channelKey)) ?? '',
    setDraft: (channelKey, text) => {
      if (text === '') drop(draftKey(channelKey))
      else set(draftKey(channelKey), text)
    },
    answered: (channelKey) => get(answeredKey(channelKey)),
    setAnswered: (channelKey, serial) => {
      if (serial === undefined) drop(answeredKey(channelKey))
      else set(answeredKey(channelKey), serial)
    },
    isAlso: (draftKey) => get(alsoKey(draftKey)) !== undefined,
    setAlso: (draftKey, isAlso) => {
      if (isAlso) set(alsoKey(draftKey), 'yes')
      else drop(alsoKey(draftKey))
    },
    unsent: () =>
      keysOf(storage)
        .filter((key) => key.startsWith(unsentPrefix))
        .map((key) => read(get(key)))
        .filter((item): item is Unsent => item !== undefined)
        .sort((one, other) => one.atMs - other.atMs),
    keepUnsent: (item) => set(unsentPrefix + item.id, JSON.stringify(item)),
    dropUnsent: (id) => drop(unsentPrefix + id),
  }
}

function keysOf(storage: KeyValue | undefined): readonly string[] {
  const length = safely(() => storage?.length) ?? 0
  const keys = Array.from({ length }, (_, index) => safely(() => storage?.key(index)))
  return keys.filter((key): key is string => typeof key === 'string')
}

const WAITING = { kind: 'waiting' } as const

function read(text: string | undefined): Unsent | undefined {
  const value = safely(() => JSON.parse(text ?? '') as Partial<Unsent> | null)
  if (value == null) return undefined
  const { id, channelKey, text: said, extras, atMs, isPatient, state } = value
  if (typeof id !== 'string' || typeof channelKey !== 'string') return undefined
  if (typeof said !== 'string' || typeof atMs !== 'number') return undefined
  const own = { id, channelKey, text: said, extras, atMs, state: state ?? WAITING }
  return isPatient === true ? { ...own, isPatient } : own
}

function safely<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
