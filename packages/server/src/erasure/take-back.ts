// Takes back what somebody wrote, by ordinary entries of the log: whoever looks at a channel sees it go.

import type { SubjectId } from '@sayso/policy'
import type { Eraser, FeedEntry, NewEntry } from '@sayso/store'
import { commit } from '../commands/decide-and-commit.ts'
import type { Context } from '../context.ts'
import { withoutPin } from '../pins.ts'
import type { Extent } from './erasure-record.ts'

/** Entries of one write. */
const AT_ONCE = 100

export type TakenBack = { readonly messages: number; readonly reactions: number }

/** Deletes their messages, unless these are kept, and takes their reactions away. May be repeated. */
export async function takeBack(
  context: Context,
  eraser: Eraser,
  person: string,
  extent: Extent,
): Promise<TakenBack> {
  const count = { messages: 0, reactions: 0 }
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: Awaited<ReturnType<Eraser['written']>> = await eraser.written(person, after)
    const undoing: NewEntry[] = []
    for (const entry of page.entries)
      undoing.push(...(await undoingOf(context, entry, person, extent)))
    for (let from = 0; from < undoing.length; from += AT_ONCE) {
      const entries = undoing.slice(from, from + AT_ONCE)
      const records = entries.flatMap((each) =>
        each.kind === 'amend' ? withoutPin(each.channel, each.amendment.serial) : [],
      )
      await commit(context, { entries, records })
      for (const { kind } of entries) count[kind === 'amend' ? 'messages' : 'reactions'] += 1
    }
    after = page.next
  }
  return count
}

async function undoingOf(
  { store, standing }: Context,
  entry: FeedEntry,
  person: string,
  extent: Extent,
): Promise<readonly NewEntry[]> {
  if (entry.kind === 'rights') return []
  const { channel } = entry
  if (entry.kind === 'annotation') {
    const annotations = entry.annotations
      .filter(({ action, clientId }) => action === 'create' && clientId === person)
      .map(({ type, name, messageSerial, clientId }) => ({
        action: 'delete' as const,
        type,
        messageSerial,
        ...(name !== undefined && { name }),
        ...(clientId !== undefined && { clientId }),
      }))
    return annotations.length === 0 ? [] : [{ kind: 'annotate', channel, annotations }]
  }
  if (extent !== 'delete') return []
  const undoing: NewEntry[] = []
  for (const { serial, clientId, version } of entry.messages) {
    if (clientId !== person || version !== undefined) continue
    const latest = await store.message(channel, serial, standing.revision)
    if (latest === undefined || latest.action === 'delete') continue
    const gone = { serial, action: 'delete', data: '', extras: {}, clientId: person } as const
    undoing.push({ kind: 'amend', channel, amendment: gone })
  }
  return undoing
}

/** `user:…`, as files and facts name them. */
export function subjectOfPerson(person: string): SubjectId {
  return `user:${person}` as SubjectId
}
