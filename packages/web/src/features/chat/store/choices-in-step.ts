// The reader's choices in step on all their devices: kept with what is their own, beside the copy on this device that the
// first paint needs. Of two changes the later one stays.

import { type Choices, choices, choose, onChoices, readChoices } from '../../../ui/choices.ts'
import type { Personal } from './personal.ts'

const KEY = 'choices'

/** Follows in both directions until what it returns is called. A device without choices of its own starts with the kept ones. */
export function keepChoicesInStep(
  personal: Pick<Personal, 'get' | 'set' | 'isKnown' | 'subscribe'>,
): () => void {
  let isTaking = false
  const take = () => {
    if (!personal.isKnown()) return
    const kept = personal.get('settings', KEY)
    if (kept === undefined) return
    isTaking = true
    choose(readChoices(kept, choices()))
    isTaking = false
  }
  const give = () => {
    if (isTaking) return
    const kept = personal.get('settings', KEY)
    const next = choices()
    if (kept === undefined || !isSame(readChoices(kept, next), next))
      personal.set('settings', KEY, next)
  }
  take()
  const stops = [personal.subscribe(take), onChoices(give)]
  return () => {
    for (const stop of stops) stop()
  }
}

function isSame(one: Choices, other: Choices): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
