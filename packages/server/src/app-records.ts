// What the installation knows of its apps: records in the store of the main app.

import type { NewRecord, Store, StoredRecord } from '@sayso/store'
import * as z from 'zod'

export type AppRecord = {
  /** The part before the dot in its keys. */
  readonly id: string
  readonly name: string
  /** The project and the environment it stands for, if it stands for one. */
  readonly project?: string
  readonly environment?: string
  readonly createdAtMs: number
}

/** `making` and `leaving` are of a moment that a crash can interrupt: what is left of it goes at the next start. */
type AppState = 'making' | 'ready' | 'leaving'

const COLLECTION = 'app'
const PAGE = 1_000

const schema = z.object({
  state: z.enum(['making', 'ready', 'leaving']),
  name: z.string(),
  project: z.string().optional(),
  environment: z.string().optional(),
  createdAtMs: z.number(),
})

export function appRecord(app: AppRecord, state: AppState): NewRecord {
  const { id, ...value } = app
  return { collection: COLLECTION, key: id, value: { ...value, state } }
}

export function withoutApp(id: string): NewRecord {
  return { collection: COLLECTION, key: id, value: undefined }
}

/** Every app there is, and those whose making or end was interrupted. */
export async function readApps(
  store: Store,
): Promise<{ readonly ready: readonly AppRecord[]; readonly halves: readonly string[] }> {
  const ready: AppRecord[] = []
  const halves: string[] = []
  for (let afterKey = ''; ; ) {
    const page = await store.records({ collection: COLLECTION, afterKey, limit: PAGE })
    for (const record of page) {
      const { state, app } = appOf(record)
      if (state === 'ready') ready.push(app)
      else halves.push(app.id)
    }
    if (page.length < PAGE) return { ready, halves }
    afterKey = page.at(-1)?.key ?? ''
  }
}

function appOf({ key, value }: StoredRecord): {
  readonly state: AppState
  readonly app: AppRecord
} {
  const { state, name, project, environment, createdAtMs } = schema.parse(value)
  return {
    state,
    app: {
      id: key,
      name,
      ...(project !== undefined && { project }),
      ...(environment !== undefined && { environment }),
      createdAtMs,
    },
  }
}
