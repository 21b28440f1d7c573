// Request bodies of the Ably REST interface, bounded before they are read.

import { decodeBody, formatFromContentType, WireInvalid } from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import { readBytes } from '../bytes.ts'

/** @throws {WireInvalid} `bad_body`, `message_too_large` */
export async function readBody(c: HonoContext, maxBytes: number): Promise<unknown> {
  const format = formatFromContentType(c.req.header('content-type'))
  if (format === undefined)
    throw new WireInvalid('bad_body', 'the body must be JSON or MessagePack')
  return decodeBody(format, await readBytes(c.req.raw, maxBytes), { maxBytes })
}
