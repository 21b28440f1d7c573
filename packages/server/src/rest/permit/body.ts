// Bodies and parameters of requests: bounded, then checked; what does not fit is told place by place.

import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { readBytes } from '../bytes.ts'
import { type Detail, Unprocessable } from './trouble.ts'

const read = new WeakMap<Request, Promise<Uint8Array>>()

/** The bytes of a body, read once: who calls may stand in it. */
export function bytesOf({ req }: HonoContext, maxBytes: number): Promise<Uint8Array> {
  const known = read.get(req.raw)
  if (known) return known
  const bytes = readBytes(req.raw, maxBytes)
  read.set(req.raw, bytes)
  return bytes
}

/** @throws {Unprocessable}; {PermitTrouble} `TOO_LARGE` */
export async function readBody<S extends z.ZodType>(
  c: HonoContext,
  schema: S,
  maxBytes: number,
): Promise<z.output<S>> {
  const bytes = await bytesOf(c, maxBytes)
  return checked(schema, parsed(bytes), 'body')
}

function parsed(bytes: Uint8Array): unknown {
  if (bytes.length === 0) {
    throw new Unprocessable([{ loc: ['body'], msg: 'a body is needed', type: 'missing' }])
  }
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new Unprocessable([{ loc: ['body'], msg: 'the body is not JSON', type: 'json_invalid' }])
  }
}

/** @throws {Unprocessable} with everything that does not fit */
export function checked<S extends z.ZodType>(
  schema: S,
  value: unknown,
  from: 'body' | 'query' | 'path',
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const detail = result.error.issues.map((issue): Detail => {
    const loc = [
      from,
      ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
    ]
    return { loc, msg: issue.message, type: issue.code }
  })
  throw new Unprocessable(detail)
}

/** Names of types, actions, roles, relations, attributes. */
export const key = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'use 1–64 letters, digits, `-` and `_`, a letter or digit first',
  )

export const title = z.string().min(1).max(500)
export const words = z.string().max(5_000).nullish()
/** Any JSON object; absent and null are the same. */
export const object = z.record(z.string(), z.json()).nullish()
export const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((text) => text === 'true' || text === '1')
