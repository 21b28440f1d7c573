// What stays on a device of somebody who may not be in the place any more: their own words, and nothing else.

import { dropKept, keptFiles } from '../files/kept-files.ts'
import { type KeyValue, keptFor } from './storage.ts'

/**
 * Clears what the chat keeps for a person, but for drafts. What waited to be sent becomes a draft of its channel: it would
 * otherwise go off by itself when they come back, long after it was meant.
 *
 * @returns their drafts, in no order
 */
export function clearAllButDrafts(
  person: string,
  storage: KeyValue | undefined,
): readonly string[] {
  if (storage === undefined) return []
  const kept = keptFor(person, storage)
  for (const item of kept.unsent()) {
    const texts = [kept.draft(item.channelKey), item.text]
    kept.setDraft(item.channelKey, texts.filter((text) => text !== '').join('\n'))
    kept.dropUnsent(item.id)
  }
  const own = `sayso.${person}.`
  const drafts = `${own}draft.`
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  for (const key of keys)
    if (key.startsWith(own) && !key.startsWith(drafts)) storage.removeItem(key)
  return keys
    .filter((key) => key.startsWith(drafts))
    .map((key) => storage.getItem(key) ?? '')
    .filter((text) => text.trim() !== '')
}

/** Lets go of files that were not sent. */
export async function clearFiles(person: string): Promise<void> {
  for (const file of await keptFiles()) if (file.person === person) await dropKept(file.key)
}
