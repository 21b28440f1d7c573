// Fetches a picture from an address a stranger chose: resolve once, judge, connect to exactly that, judge every redirect.

import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Largest picture kept; bytes. */
export const MAX_PICTURE_BYTES = 524_288

const MAX_REDIRECTS = 3
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * - `url_refused`      not https on its usual port, or carries a password
 * - `address_refused`  does not lead to the public internet
 * - `not_an_image`     is not a PNG, JPEG, GIF or WebP by its first bytes
 */
export type PictureRefusal =
  | 'url_refused'
  | 'address_refused'
  | 'too_many_redirects'
  | 'too_large'
  | 'not_an_image'
  | 'unreachable'
  | 'too_slow'

export type FetchedPicture =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly contentType: PictureType }
  | { readonly ok: false; readonly reason: PictureRefusal }

/** One request, to one address that was judged. Must not follow redirects nor resolve the host again. */
export type PictureRequest = (target: {
  readonly url: URL
  readonly address: string
  readonly maxBytes: number
  readonly signal: AbortSignal
}) => Promise<{
  readonly status: number
  readonly location: string | undefined
  /** `too_large` if there was more than `maxBytes`. */
  readonly body: Uint8Array | 'too_large'
}>

export type PictureFetchOptions = {
  /** Origins of the operator's choice (the OpenID issuer's): may be private, plain http, any port. */
  readonly trustedOrigins: readonly string[]
  /** For everything together, redirects included; milliseconds. */
  readonly limitMs: number
  /** All addresses of a host name. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>
  readonly request: PictureRequest
}

/** Fetches a picture; never throws, whatever the far side does. */
export async function fetchPicture(
  url: string,
  options: PictureFetchOptions,
): Promise<FetchedPicture> {
  const signal = AbortSignal.timeout(options.limitMs)
  try {
    return await follow(url, options, signal)
  } catch {
    return { ok: false, reason: signal.aborted ? 'too_slow' : 'unreachable' }
  }
}

async function follow(
  start: string,
  options: PictureFetchOptions,
  signal: AbortSignal,
): Promise<FetchedPicture> {
  let next = start
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const judged = await judge(next, options, signal)
    if (!judged.ok) return judged
    const { url, address } = judged
    const request = { url, address, maxBytes: MAX_PICTURE_BYTES, signal }
    const { status, location, body } = await options.request(request)
    if (!REDIRECTS.has(status)) return pictureOf(status, body)
    if (location === undefined || !URL.canParse(location, url.href))
      return { ok: false, reason: 'unreachable' }
    next = new URL(location, url).href
  }
  return { ok: false, reason: 'too_many_redirects' }
}

type Judged =
  | { readonly ok: true; readonly url: URL; readonly address: string }
  | { readonly ok: false; readonly reason: PictureRefusal }

async function judge(
  text: string,
  options: PictureFetchOptions,
  signal: AbortSignal,
): Promise<Judged> {
  if (!URL.canParse(text)) return { ok: false, reason: 'url_refused' }
  const url = new URL(text)
  const isTrusted = options.trustedOrigins.includes(url.origin)
  const isPlain = url.username === '' && url.password === ''
  const isUsual = url.protocol === 'https:' && url.port === ''
  if (!isPlain || !(isTrusted || isUsual)) return { ok: false, reason: 'url_refused' }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await inTime(options.resolve(host), signal)
  const [address] = addresses
  if (address === undefined) return { ok: false, reason: 'unreachable' }
  // One private answer among public ones is a trick, not a choice.
  if (!isTrusted && !addresses.every(isPublicAddress))
    return { ok: false, reason: 'address_refused' }
  return { ok: true, url, address }
}

/** Name resolution cannot be called off; it can be left waiting. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}

function pictureOf(status: number, body: Uint8Array | 'too_large'): FetchedPicture {
  if (status !== 200) return { ok: false, reason: 'unreachable' }
  if (body === 'too_large') return { ok: false, reason: 'too_large' }
  const contentType = pictureType(body)
  return contentType
    ? { ok: true, bytes: body, contentType }
    : { ok: false, reason: 'not_an_image' }
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

/** Tells a picture by its first bytes, never by what it is called. SVG is a program and not among them. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif'
  if (head.startsWith('RIFF') && head.endsWith('WEBP') && head.length === 12) return 'image/webp'
  return undefined
}

/** All addresses of a host, by the system's resolver. */
export async function resolveHost(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

/** Asks `address` for `url`, with the host's name in the request and, for https, on its certificate. */
export const requestPicture: PictureRequest = ({ url, address, maxBytes, signal }) =>
  new Promise((resolve, reject) => {
    const isTls = url.protocol === 'https:'
    const isName = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0
    const request = (isTls ? https : http).request({
      host: address,
      ...(url.port && { port: url.port }),
      ...(isTls && isName && { servername: url.hostname }),
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, accept: 'image/*', 'accept-encoding': 'identity' },
      agent: false,
      signal,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response
      const chunks: Buffer[] = []
      let size = 0
      const done = (body: Uint8Array | 'too_large') => {
        resolve({ status, location: headers.location, body })
        request.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) done('too_large')
        else chunks.push(chunk)
      })
      response.on('end', () => done(Buffer.concat(chunks)))
      // Cut off before its end: half a picture is none.
      response.on('close', () => reject(new Error('the answer was cut off')))
      response.on('error', reject)
    })
    request.end()
  })
