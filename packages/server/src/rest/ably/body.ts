// Request bodies of the Ably REST interface, bounded before they are read.

import { decodeBody, type Format, formatFromContentType, WireInvalid } from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import { readBytes } from '../bytes.ts'

/** As `readBody`; undefined if there is no body, whatever is said of its type. */
export async function readBodyIfAny(c: HonoContext, maxBytes: number): Promise<unknown> {
  const bytes = await readBytes(c.req.raw, maxBytes)
  return bytes.length === 0 ? undefined : decodeBody(formatOf(c), bytes, { maxBytes })
}

/** @throws {WireInvalid} `bad_body`, `message_too_large` */
export async function readBody(c: HonoContext, maxBytes: number): Promise<unknown> {
  return decodeBody(formatOf(c), await readBytes(c.req.raw, maxBytes), { maxBytes })
}

function formatOf(c: HonoContext): Format {
  const format = formatFromContentType(c.req.header('content-type'))
  if (format !== undefined) return format
  throw new WireInvalid('bad_body', 'the body must be JSON or MessagePack')
}
