// What goes with a conversation whose messages went: the facts of it, what is kept beside them, how far it was read. The line
// of it that reports are made of stays.

import { keyOf, type ResourceId } from '@sayso/policy'
import type { NewRecord, Write } from '@sayso/store'
import type { Context } from '../context.ts'
import { CONVERSATIONS } from '../desk/conversation.ts'
import { MARKS } from '../desk/marks.ts'
import { MAILED } from '../desk/visitors/answer-mails.ts'

/** Undefined: there is none any more. */
export async function conversationRemoval(
  { store, desk, standing }: Context,
  resource: ResourceId,
): Promise<Pick<Write, 'entries' | 'records'> | undefined> {
  const key = keyOf(resource)
  const isKnown = desk.book.get(key) !== undefined
  if (!isKnown && standing.world.facts.resource(resource) === undefined) return undefined
  const marks = await store.records({ collection: MARKS, prefix: `${key}/`, limit: 900 })
  const gone = (collection: string, of: string): NewRecord => ({
    collection,
    key: of,
    value: undefined,
  })
  return {
    entries: [
      {
        kind: 'rights',
        changes: [{ kind: 'remove-resource', resource }],
        cause: { command: 'apply-retention' },
      },
    ],
    records: [
      gone(CONVERSATIONS, key),
      gone(MAILED, key),
      ...marks.map((mark) => gone(MARKS, mark.key)),
    ],
  }
}
