// Drafts as they are kept and shown.

import type { StoredRecord } from '@sayso/store'
import type { Context } from 'hono'
import * as z from 'zod'
import { DRAFTS } from '../../plans/plan-record.ts'
import type { AppRest } from './deps.ts'
import { ApiProblem } from './problem.ts'

export const listedShape = z
  .object({
    id: z.string(),
    title: z.string(),
    author: z.string(),
    base: z.string().describe('the version of the policy it was begun from'),
    updatedAt: z.string(),
  })
  .meta({ id: 'ListedDraft' })
export const draftShape = listedShape.extend({ text: z.string() }).meta({ id: 'Draft' })
/** @throws {ApiProblem} `draft_unknown` */
export async function draftOf({ context }: AppRest, id: string): Promise<StoredRecord> {
  const record = await context.store.record(DRAFTS, id)
  if (record !== undefined) return record
  throw new ApiProblem('draft_unknown', 'there is no such draft; perhaps it was put in force')
}

export function listedDraft({ key, value, updatedAtMs }: StoredRecord) {
  const { title, author, base } = value
  return {
    id: key,
    title: String(title),
    author: String(author),
    base: String(base),
    updatedAt: new Date(updatedAtMs).toISOString(),
  }
}

export function tagOf({ version }: StoredRecord): string {
  return `"${version}"`
}

export function answered(c: Context, record: StoredRecord, status: 200 | 201): Response {
  c.header('etag', tagOf(record))
  return c.json({ ...listedDraft(record), text: String(record.value.text) }, status)
}
