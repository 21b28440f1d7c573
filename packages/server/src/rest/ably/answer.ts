// Answers of the Ably REST interface: negotiated format, exact content types, error headers, envelopes for browsers.

import {
  contentTypes,
  type ErrorInfo,
  encodeBody,
  envelope,
  errorBody,
  errorHeaders,
  type Format,
  formatFromAccept,
} from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'

/** The format to answer in: `format=` wins over `Accept`. */
export function answerFormat(c: HonoContext): Format {
  const named = c.req.query('format')
  if (named === 'msgpack' || named === 'json') return named
  return formatFromAccept(c.req.header('accept'))
}

export function answer(
  c: HonoContext,
  status: number,
  body: unknown,
  links: readonly string[] = [],
): Response {
  const wrapped = c.req.query('envelope')
  if (wrapped !== undefined) {
    const headers = links.length === 0 ? {} : { link: links }
    return encodedResponse(
      wrapped === 'msgpack' ? 'msgpack' : 'json',
      200,
      envelope(status, body, headers),
      [],
    )
  }
  return encodedResponse(answerFormat(c), status, body, links)
}

export function answerError(c: HonoContext, error: ErrorInfo): Response {
  const response = answer(c, error.statusCode, errorBody(error))
  for (const [name, value] of Object.entries(errorHeaders(error))) response.headers.set(name, value)
  return response
}

function encodedResponse(
  format: Format,
  status: number,
  body: unknown,
  links: readonly string[],
): Response {
  const { bytes } = encodeBody(format, body)
  const headers = new Headers({ 'content-type': contentTypes[format] })
  for (const link of links) headers.append('link', link)
  return new Response(Buffer.from(bytes), { status, headers })
}
