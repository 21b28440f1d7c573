// Lists that the server hands out page by page.

import * as z from 'zod'
import { call, type Server } from '../server-calls.ts'
import { usageTrouble } from '../trouble.ts'
import type { Arguments, Option } from '../verb.ts'

const MOST_ON_A_PAGE = 100
const USUAL = 100

export const LIMIT_OPTION: Option = {
  name: 'limit',
  value: 'number',
  help: `how many at most; else ${USUAL}`,
}

/** @throws {Trouble} if `--limit` is no number from 1 to 100 000 */
export function limitIn({ options }: Pick<Arguments, 'options'>, verb: string): number {
  const text = options.get('limit') ?? String(USUAL)
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= 100_000) return limit
  throw usageTrouble('`--limit` is no whole number from 1 to 100000', verb)
}

/** The first of a list, at most so many. @throws {Trouble} */
export async function listed<S extends z.ZodType>(
  server: Server,
  { path, item, limit }: { readonly path: string; readonly item: S; readonly limit: number },
): Promise<{ readonly items: readonly z.output<S>[]; readonly isMore: boolean }> {
  const page = z.object({ items: z.array(item), next: z.string().optional() })
  const items: z.output<S>[] = []
  let next: string | undefined
  do {
    const size = Math.min(MOST_ON_A_PAGE, limit - items.length)
    const query = `limit=${size}${next === undefined ? '' : `&after=${encodeURIComponent(next)}`}`
    const asked = { method: 'GET', path: `${path}${path.includes('?') ? '&' : '?'}${query}` }
    const answer = await call(server, page, asked)
    items.push(...answer.items)
    next = answer.next
  } while (next !== undefined && items.length < limit)
  return { items, isMore: next !== undefined }
}

/** The options given, as a query. */
export function queryOf(
  { options }: Pick<Arguments, 'options'>,
  names: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams()
  for (const [option, name] of Object.entries(names)) {
    const value = options.get(option)
    if (value !== undefined) query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Rows with their columns under each other. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
