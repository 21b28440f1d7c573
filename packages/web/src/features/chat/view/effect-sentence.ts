// What a change of somebody's roles means for them, in the reader's language.

import type { MoveView } from '@sayso/client'
import { listed, phrasesOf } from '../model/grammar.ts'
import { hash } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'

export function effectSentence({ changes, effect }: MoveView): string {
  if (changes === undefined) return effect
  const can = [...phrasesOf(told(changes.gained)), ...entered(changes.opens)]
  const cannot = [...phrasesOf(told(changes.lost)), ...entered(changes.closes)]
  const parts = [
    ...(can.length > 0 ? [peopleTexts.can(listed(can))] : []),
    ...(cannot.length > 0 ? [peopleTexts.cannot(listed(cannot))] : []),
  ]
  return parts.join(peopleTexts.andThen)
}

function entered(titles: readonly string[]): string[] {
  return titles.length === 0 ? [] : [peopleTexts.enter(listed(titles.map(hash)))]
}

/** What one does with one's own words goes with writing; in words it would be "your own". */
function told(actions: readonly string[]): readonly string[] {
  return actions.filter((action) => !action.endsWith('-own'))
}
