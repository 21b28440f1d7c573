// The keys of the desk. Single keys count outside of fields, and can be turned off. Pure.

import { chordOf } from '../../../ui/chord.ts'
import type { KeyLike } from '../../../ui/keys.ts'

export type KeyId =
  | 'next'
  | 'previous'
  | 'open'
  | 'claim'
  | 'reply'
  | 'note'
  | 'transfer'
  | 'close'
  | 'search'
  | 'help'

type KeyRow = { readonly id: KeyId; readonly key: string }

export const KEYS: readonly KeyRow[] = [
  { id: 'next', key: 'j' },
  { id: 'previous', key: 'k' },
  { id: 'open', key: 'Enter' },
  { id: 'claim', key: 'c' },
  { id: 'reply', key: 'r' },
  { id: 'note', key: 'n' },
  { id: 'transfer', key: 't' },
  { id: 'close', key: 'e' },
  { id: 'search', key: '/' },
  { id: 'help', key: '?' },
]

/** What a key means outside of fields; absent: nothing of ours. */
export function keyOf(event: KeyLike): KeyId | undefined {
  const chord = chordOf(event)
  return KEYS.find(({ key }) => key === chord.toLowerCase() || key === chord)?.id
}
