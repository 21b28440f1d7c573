// One request to an address that somebody chose: resolved once, judged, connected to exactly that, no redirect followed.

import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { resolveHost } from '../auth/guarded-fetch.ts'
import { isPublicAddress } from '../auth/public-address.ts'

/** For the whole exchange; milliseconds. */
const LIMIT_MS = 15_000
/** Bytes kept of an answer, if nobody says otherwise. */
const KEPT_BYTES = 1_024

export type Sent =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly body: string
      readonly retryAfter?: string
    }
  | { readonly kind: 'failed'; readonly why: string }

/** Why an address may not be called; undefined if it may, as far as its text says. */
export function refusalOfUrl(text: string, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(text)) return 'this is no URL'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'it carries a password'
  if (url.protocol === 'https:' || (allowPrivate && url.protocol === 'http:')) return undefined
  return allowPrivate ? 'use http or https' : 'use https'
}

/** Posts a body; never throws. @param keptBytes so much of the answer is kept */
export async function post(
  text: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
  keptBytes = KEPT_BYTES,
): Promise<Sent> {
  const why = refusalOfUrl(text, allowPrivate)
  if (why !== undefined) return { kind: 'failed', why }
  const url = new URL(text)
  try {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host) ? [host] : await resolveHost(host)
    const [address] = addresses
    if (address === undefined) return { kind: 'failed', why: 'the host has no address' }
    // One private answer among public ones is a trick, not a choice.
    if (!allowPrivate && !addresses.every(isPublicAddress))
      return { kind: 'failed', why: 'the address is not on the public internet' }
    return await exchange(url, address, { body, headers, keptBytes })
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : 'unreachable' }
  }
}

type Sending = {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly keptBytes: number
}

function exchange(url: URL, address: string, { body, headers, keptBytes }: Sending): Promise<Sent> {
  const isTls = url.protocol === 'https:'
  const isName = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0
  return new Promise((resolve, reject) => {
    const request = (isTls ? https : http).request({
      method: 'POST',
      host: address,
      ...(url.port && { port: url.port }),
      ...(isTls && isName && { servername: url.hostname }),
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const done = () => {
        const retryAfter = response.headers['retry-after']
        const kept = Buffer.concat(chunks).subarray(0, keptBytes).toString('utf8')
        resolve({
          kind: 'answered',
          status: response.statusCode ?? 0,
          body: kept,
          ...(retryAfter === undefined ? {} : { retryAfter }),
        })
        request.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > keptBytes) done()
      })
      response.on('end', done)
      response.on('error', reject)
    })
    request.end(body)
  })
}
