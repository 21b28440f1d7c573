// JSON bodies of our own API: bounded, then checked.

import { WireInvalid } from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import type * as z from 'zod'
import { readBytes } from '../bytes.ts'
import { ApiProblem } from './problem.ts'

/** @throws {ApiProblem} `too_large` */
export async function readBody(c: HonoContext, maxBytes: number): Promise<Uint8Array> {
  return readBytes(c.req.raw, maxBytes).catch(refuseSize)
}

/** No body at all is an object without members. @throws {ApiProblem} `body_invalid`, naming the first thing wrong */
export function readJson<S extends z.ZodType>(bytes: Uint8Array, schema: S): z.output<S> {
  const invalid = (detail: string) =>
    new ApiProblem('body_invalid', detail, 'send JSON as documented')
  let value: unknown
  try {
    value = bytes.length === 0 ? {} : JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw invalid('the body is not JSON')
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw invalid(`\`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? 'not as expected'}`)
}

function refuseSize(error: unknown): never {
  if (!(error instanceof WireInvalid)) throw error
  throw new ApiProblem('too_large', error.message, 'send less')
}
