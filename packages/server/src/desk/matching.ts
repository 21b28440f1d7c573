// Finding conversations by words: who they are with, what they are about, and the last thing said. Pure.

import type { World } from '@sayso/policy'
import type { Entry } from './book.ts'
import { subjectOfVisitor } from './visitors/visitor.ts'

/** Every word has to be there, in any case and order; of something that the asker may see anyway. */
export function matching(world: World, text: string): (entry: Entry) => boolean {
  const words = plain(text).split(/\s+/).filter(Boolean)
  return (entry) => {
    const whole = plain(textsOf(world, entry).join('\n'))
    return words.every((word) => whole.includes(word))
  }
}

function textsOf(world: World, { key, conversation, last }: Entry): readonly string[] {
  const { visitor, labels, summary = '', closeReason = '' } = conversation
  const { name, email } = world.facts.person(subjectOfVisitor(visitor)) ?? {}
  return [
    key,
    visitor,
    String(name ?? ''),
    String(email ?? ''),
    ...labels,
    summary,
    closeReason,
    said(last),
  ]
}

/** A note is for who reads notes: the last thing said that a search looks at is a text. */
function said(last: Entry['last']): string {
  if (last === undefined || last === null || last.message.name !== 'text') return ''
  const { data, encoding } = last.message
  try {
    const value: unknown = typeof data === 'string' && encoding === 'json' ? JSON.parse(data) : data
    const { text } = (value ?? {}) as { readonly text?: unknown }
    return typeof text === 'string' ? text : ''
  } catch {
    return ''
  }
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
