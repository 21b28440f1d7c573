// Fetches from an address a stranger chose: resolve once, judge every answer, connect to exactly that, judge every redirect
// anew.

import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const MAX_REDIRECTS = 3
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * - `url_refused`      another scheme or port than allowed, or it carries a password
 * - `address_refused`  does not lead to the public internet
 */
export type FetchRefusal =
  | 'url_refused'
  | 'address_refused'
  | 'too_many_redirects'
  | 'unreachable'
  | 'too_slow'

export type Answer = {
  readonly status: number
  readonly location: string | undefined
  /** As the far side says. */
  readonly contentType?: string | undefined
  /** `too_large` if there was more than `maxBytes` and the beginning is of no use. */
  readonly body: Uint8Array | 'too_large'
}

/** One request, to one address that was judged. Must not follow redirects nor resolve the host again. */
export type GuardedRequest = (target: {
  readonly url: URL
  readonly address: string
  readonly maxBytes: number
  readonly accept: string
  /** More than `maxBytes` is cut off there, not refused. */
  readonly isCut: boolean
  readonly signal: AbortSignal
}) => Promise<Answer>

export type GuardedOptions = {
  /** Origins of the operator's choice: may be private, plain http, any port. */
  readonly trustedOrigins: readonly string[]
  /** For everything together, redirects included; milliseconds. */
  readonly limitMs: number
  /** All addresses of a host name. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>
  readonly request: GuardedRequest
}

/** What is asked for, and how. */
export type Wanted = {
  readonly maxBytes: number
  readonly accept: string
  readonly isCut?: boolean
  /** Also by plain http, on its usual port. */
  readonly isPlainAllowed?: boolean
}

export type Fetched =
  | { readonly ok: true; readonly url: URL; readonly answer: Answer }
  | { readonly ok: false; readonly reason: FetchRefusal }

/** Fetches; never throws, whatever the far side does. */
export async function guardedFetch(
  start: string,
  wanted: Wanted,
  options: GuardedOptions,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.limitMs)
  try {
    return await follow(start, wanted, options, signal)
  } catch {
    return { ok: false, reason: signal.aborted ? 'too_slow' : 'unreachable' }
  }
}

async function follow(
  start: string,
  wanted: Wanted,
  options: GuardedOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const { maxBytes, accept, isCut = false } = wanted
  let next = start
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const judged = await judge(next, wanted, options, signal)
    if (!judged.ok) return judged
    const { url, address } = judged
    const answer = await options.request({ url, address, maxBytes, accept, isCut, signal })
    if (!REDIRECTS.has(answer.status)) return { ok: true, url, answer }
    const { location } = answer
    if (location === undefined || !URL.canParse(location, url.href))
      return { ok: false, reason: 'unreachable' }
    next = new URL(location, url).href
  }
  return { ok: false, reason: 'too_many_redirects' }
}

type Judged =
  | { readonly ok: true; readonly url: URL; readonly address: string }
  | { readonly ok: false; readonly reason: FetchRefusal }

async function judge(
  text: string,
  { isPlainAllowed = false }: Wanted,
  options: GuardedOptions,
  signal: AbortSignal,
): Promise<Judged> {
  if (!URL.canParse(text)) return { ok: false, reason: 'url_refused' }
  const url = new URL(text)
  const isTrusted = options.trustedOrigins.includes(url.origin)
  const isPlain = url.username === '' && url.password === ''
  const isKnown = url.protocol === 'https:' || (isPlainAllowed && url.protocol === 'http:')
  // An absent port is the usual one of the scheme.
  const isUsual = isKnown && url.port === ''
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

/** All addresses of a host, by the system's resolver. */
export async function resolveHost(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

/** Asks `address` for `url`, with the host's name in the request and, for https, on its certificate. */
export const requestGuarded: GuardedRequest = ({ url, address, maxBytes, accept, isCut, signal }) =>
  new Promise((resolve, reject) => {
    const isTls = url.protocol === 'https:'
    const isName = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0
    const request = (isTls ? https : http).request({
      host: address,
      ...(url.port && { port: url.port }),
      ...(isTls && isName && { servername: url.hostname }),
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, accept, 'accept-encoding': 'identity' },
      agent: false,
      signal,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response
      const { location, 'content-type': contentType } = headers
      const done = (body: Uint8Array | 'too_large') => {
        resolve({ status, location, contentType, body })
        request.destroy()
      }
      gather(response, { maxBytes, isCut }, done, reject)
    })
    request.end()
  })

function gather(
  response: IncomingMessage,
  { maxBytes, isCut }: { readonly maxBytes: number; readonly isCut: boolean },
  done: (body: Uint8Array | 'too_large') => void,
  reject: (error: unknown) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    chunks.push(chunk)
    if (size > maxBytes) done(isCut ? Buffer.concat(chunks).subarray(0, maxBytes) : 'too_large')
  })
  response.on('end', () => done(Buffer.concat(chunks)))
  // Cut off before its end: half a picture is none.
  response.on('close', () => reject(new Error('the answer was cut off')))
  response.on('error', reject)
}
