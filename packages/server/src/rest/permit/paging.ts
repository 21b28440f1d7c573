// Pages of lists: `page` from 1, `per_page` 30 unless said, 100 at most; a bare array, or one with its totals.

import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { checked } from './body.ts'
import { PermitTrouble } from './trouble.ts'

const MOST_PER_PAGE = 100
const number = z.coerce.number().int().min(1).max(1_000_000_000)
const pageQuery = z.object({ page: number.default(1), per_page: number.default(30) })

export type Page = { readonly page: number; readonly perPage: number }

/** @throws {Unprocessable}; {PermitTrouble} `PAGINATION_SIZE_OVERREACHED` */
export function pageOf(c: HonoContext): Page {
  const { page, per_page: perPage } = checked(pageQuery, c.req.query(), 'query')
  if (perPage <= MOST_PER_PAGE) return { page, perPage }
  throw new PermitTrouble(
    'PAGINATION_SIZE_OVERREACHED',
    `\`per_page\` is ${perPage}; at most ${MOST_PER_PAGE} are given at once`,
  )
}

export function cut<T>(all: readonly T[], { page, perPage }: Page): readonly T[] {
  return all.slice((page - 1) * perPage, page * perPage)
}

/** A list with its totals. */
export function paginated<T>(data: readonly T[], total: number, { perPage }: Page) {
  return { data, total_count: total, page_count: Math.ceil(total / perPage) }
}
