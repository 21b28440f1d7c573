// Names of what documents hold, so that nobody writes over what they have not seen.

import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { ApiProblem } from './problem.ts'

/** The tag of a value: the same for what says the same in the same order. */
export function etagOf(value: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest('base64url')
  return `"${digest.slice(0, 27)}"`
}

/**
 * Holds `If-Match` against what is there now; without the header anything goes.
 *
 * @param now undefined: there is nothing
 * @throws {ApiProblem} `version_changed`
 */
export function requireMatch(c: Context, now: string | undefined): void {
  const wanted = c.req.header('if-match')
  if (wanted === undefined) return
  const tags = wanted.split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (now !== undefined && (tags.includes('*') || tags.includes(now))) return
  throw new ApiProblem(
    'version_changed',
    'this is not as you have read it',
    'read it again and apply your change to that',
  )
}
