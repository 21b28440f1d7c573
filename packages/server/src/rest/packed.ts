// Files that browsers load, in as few bytes as they can read: packed when one is first asked for, and kept.

import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { parseAccept } from 'hono/utils/accept'

/** Fewer bytes are one packet either way. */
const WORTH_BYTES = 1_024
const PACKED_TYPES = /^(text\/|application\/(json|manifest\+json)|image\/svg\+xml)/
/** The best there is takes ten times as long, for the first of all visitors to wait for, and saves a twentieth. */
const BROTLI_QUALITY = 9

/** From the smallest. */
const WAYS = ['br', 'gzip'] as const
type Way = (typeof WAYS)[number]

const pack: Readonly<Record<Way, (bytes: Uint8Array) => Promise<Uint8Array>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
}

/** What was packed of a file, for as long as somebody holds it. */
const kept = new WeakMap<Uint8Array, Map<Way, Promise<Uint8Array>>>()

/**
 * An answer with a file in it.
 *
 * @param bytes the same array each time: what is packed of it is kept beside it
 * @param headers with the `content-type`
 * @param accepted the request's `Accept-Encoding`
 */
export async function packedResponse(
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>> & { readonly 'content-type': string },
  accepted: string | undefined,
): Promise<Response> {
  if (bytes.length < WORTH_BYTES || !PACKED_TYPES.test(headers['content-type']))
    return answer(bytes, headers)
  // What the answer depends on besides stays.
  const vary = { vary: 'accept-encoding', ...headers }
  const way = wayFor(accepted)
  if (way === undefined) return answer(bytes, vary)
  return answer(await packedOf(bytes, way), { ...vary, 'content-encoding': way })
}

function answer(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, 'content-length': String(bytes.length) },
  })
}

function wayFor(accepted: string | undefined): Way | undefined {
  if (accepted === undefined) return undefined
  const readable = parseAccept(accepted)
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase())
  return WAYS.find((way) => readable.includes(way))
}

function packedOf(bytes: Uint8Array, way: Way): Promise<Uint8Array> {
  const ways = kept.get(bytes) ?? new Map<Way, Promise<Uint8Array>>()
  kept.set(bytes, ways)
  const packed = ways.get(way) ?? pack[way](bytes)
  ways.set(way, packed)
  return packed
}
