// One request that changes facts: a draft, the work on it, one write. When it answers, all of it holds everywhere.

import { amendPlace } from '../../../commands/amend-place.ts'
import type { Call } from '../call.ts'
import { FactDraft } from './draft.ts'
import { readNotesOf } from './notes.ts'
import { FactsView } from './views.ts'

/** Things of one write at most when many are changed at once. */
const CHUNK = 1_000

/**
 * @param about facts whose notes the work reads
 * @param work  done again if rights moved meanwhile; throws to refuse
 */
export async function changeFacts<T>(
  { app, asker, home }: Pick<Call, 'app' | 'asker' | 'home'>,
  command: string,
  target: string,
  work: (draft: FactDraft) => T,
  about: readonly string[] = [],
): Promise<T> {
  const notes = await readNotesOf(app.context.store, about)
  const done: { result?: T } = {}
  await amendPlace(app.context, asker, {
    command,
    target,
    plan: (world) => {
      const draft = new FactDraft(world, app, notes)
      done.result = work(draft)
      return { changes: draft.changes, records: draft.records }
    },
    ...(home && { home }),
  })
  return done.result as T
}

/** The same for many things: written in portions, each as a whole, after all of them were found to be right. */
export async function changeMany<I, T>(
  call: Pick<Call, 'app' | 'asker' | 'home'>,
  command: string,
  items: readonly I[],
  work: (draft: FactDraft, item: I) => T,
  about: (item: I) => readonly string[] = () => [],
): Promise<readonly T[]> {
  const { app } = call
  const trial = new FactDraft(app.context.standing.world, app)
  for (const item of items) work(trial, item)
  const results: T[] = []
  for (let start = 0; start < items.length; start += CHUNK) {
    const portion = items.slice(start, start + CHUNK)
    const target = `${portion.length} of ${items.length}`
    const run = (draft: FactDraft) => portion.map((item) => work(draft, item))
    results.push(...(await changeFacts(call, command, target, run, portion.flatMap(about))))
  }
  return results
}

/** Facts as they are, with what is kept of those that are shown. */
export async function viewOf(
  { app }: Pick<Call, 'app'>,
  facts: readonly string[],
): Promise<FactsView> {
  const notes = await readNotesOf(app.context.store, facts)
  return new FactsView(app.context.standing.world, app, notes)
}
