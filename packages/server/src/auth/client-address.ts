// Whose address sign-in counts attempts by and the audit log names: the socket's, never one that a header claims, unless a proxy is trusted.

import { BlockList, isIP } from 'node:net'

/** Carries the address to the library; whatever a client sends under this name is dropped. */
export const ADDRESS_HEADER = 'x-sayso-client-address'

/** The one that proxies append to. */
const FORWARDED_FOR = 'x-forwarded-for'

/** Headers that say where a request came from. None of them is believed as it arrives. */
const CLAIMS = [
  ADDRESS_HEADER,
  'forwarded',
  FORWARDED_FOR,
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
] as const

/**
 * Copies headers with the one address to count by.
 *
 * With trusted proxies the chain they wrote is kept, the socket's address last; the library walks it from the right
 * and stops at the first that is not a trusted proxy. Without, only the socket counts.
 */
export function withClientAddress(
  headers: Headers,
  remoteAddress: string,
  trustedProxies: readonly string[],
): Headers {
  const chain = trustedProxies.length > 0 ? headers.get(FORWARDED_FOR) : null
  const copy = new Headers(headers)
  for (const claim of CLAIMS) copy.delete(claim)
  // A zone index (`fe80::1%eth0`) is local to this machine and not part of an address.
  const address = remoteAddress.replace(/%.*$/, '')
  copy.set(ADDRESS_HEADER, chain === null ? address : `${chain}, ${address}`)
  return copy
}

/**
 * Makes what finds the address a request comes from: the socket's, or, as long as that is a trusted proxy's, the last
 * one its X-Forwarded-For names.
 *
 * @param trustedProxies addresses, and networks as `10.0.0.0/8`
 */
export function clientAddresses(
  trustedProxies: readonly string[],
): (remoteAddress: string | undefined, forwardedFor: string | undefined) => string | undefined {
  const trusted = blockList(trustedProxies)
  return (remoteAddress, forwardedFor) => {
    const socket = plainAddress(remoteAddress ?? '')
    if (socket === undefined) return undefined
    let found = socket
    const claims = (forwardedFor ?? '').split(',')
    while (trusted.check(found, family(found))) {
      const claimed = plainAddress(claims.pop()?.trim() ?? '')
      if (claimed === undefined) return found
      found = claimed
    }
    return found
  }
}

/** Without a zone and, if it is one, as IPv4; undefined if it is no address. */
export function plainAddress(text: string): string | undefined {
  const address = text.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(address) === 0 ? undefined : address
}

export function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** Of addresses, and networks as `10.0.0.0/8`. */
export function blockList(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [text = '', bits] = entry.split('/', 2)
    const address = plainAddress(text)
    if (address === undefined) continue
    if (bits === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(bits), family(address))
  }
  return list
}
