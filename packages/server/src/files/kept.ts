// What an edit leaves of what a message carries: some of it or all, never more. What it lets go of is removed.

import type { Amendment, Message } from '@sayso/channel'
import { Failure } from '../commands/failure.ts'
import { filesIn, isFields, itemsOf } from './listed-files.ts'

type Extras = NonNullable<Message['extras']>

export type Kept = {
  /** The amendment, its extras completed as far as it has any. */
  readonly amendment: Amendment
  /** Ids of files that the message lists no longer. */
  readonly gone: readonly string[]
  /** True: the amendment was worked out from the version before, and counts only for that. */
  readonly isBound: boolean
}

/** @throws {Failure} `attachment_invalid` if it names a file the message does not have */
export function keptBy(amendment: Amendment, original: Message | undefined): Kept {
  const before = original?.action === 'delete' ? [] : filesIn(original?.extras)
  if (amendment.action === 'delete') return { amendment, gone: before, isBound: before.length > 0 }
  const said = amendment.extras
  if (said === undefined) return { amendment, gone: [], isBound: false }
  const names = 'attachments' in said || 'previews' in said
  if (!names && before.length === 0) return { amendment, gone: [], isBound: false }
  const { attachments, previews, ...rest } = said
  const attached = keptItems(attachments, original?.extras?.attachments)
  if (attached.length < itemsOf(attachments).length) {
    throw new Failure('attachment_invalid', 'an edit names a file that is not of the message', {
      remedy: 'send files with a new message',
    })
  }
  const shown = keptItems(previews, original?.extras?.previews)
  const extras: Extras = {
    ...rest,
    ...(attached.length > 0 && { attachments: attached }),
    ...(shown.length > 0 && { previews: shown }),
  }
  const after = new Set(filesIn(extras))
  const gone = before.filter((id) => !after.has(id))
  return { amendment: { ...amendment, extras }, gone, isBound: true }
}

/** Of what there was, what is named; in the order in which it is named, each once, with a new description if one is given. */
function keptItems(named: unknown, before: unknown): readonly Extras[] {
  const known = new Map(itemsOf(before).map((one) => [one.id, one]))
  return itemsOf(named).flatMap(({ id, description }) => {
    const one = known.get(id)
    known.delete(id)
    if (!isFields(one)) return []
    return [typeof description === 'string' && 'bytes' in one ? { ...one, description } : one]
  })
}
