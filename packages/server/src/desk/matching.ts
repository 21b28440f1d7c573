// Finding conversations by what is known of them: who they are with, what they are about. Pure.

import type { World } from '@sayso/policy'
import type { Entry } from './book.ts'
import { subjectOfVisitor } from './visitors/visitor.ts'

/** What is known of a visitor besides, by id, to be found by. */
export type VisitorWords = { get(visitor: string): string | undefined }

/** Every word has to be there, in any case and order; of something that the asker may see anyway. */
export function matching(
  world: World,
  words: VisitorWords,
  text: string,
): (entry: Entry) => boolean {
  const wanted = plain(text).split(/\s+/).filter(Boolean)
  return (entry) => {
    const whole = plain(textsOf(world, words, entry).join('\n'))
    return wanted.every((word) => whole.includes(word))
  }
}

function textsOf(world: World, words: VisitorWords, entry: Entry): readonly string[] {
  const { key, conversation } = entry
  const { visitor, labels, summary = '', closeReason = '', rating } = conversation
  const { name, email } = world.facts.person(subjectOfVisitor(visitor)) ?? {}
  return [
    key,
    visitor,
    String(name ?? ''),
    String(email ?? ''),
    words.get(visitor) ?? '',
    ...labels,
    summary,
    closeReason,
    rating?.comment ?? '',
  ]
}

export const plain = (text: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
