// Whose address sign-in counts attempts by: the socket's, never one that a header claims, unless a proxy is trusted.

/** Carries the address to the library; whatever a client sends under this name is dropped. */
export const ADDRESS_HEADER = 'x-sayso-client-address'

/** Headers that say where a request came from. None of them is believed as it arrives. */
const CLAIMS = [
  ADDRESS_HEADER,
  'forwarded',
  'x-forwarded-for',
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
  const chain = trustedProxies.length > 0 ? headers.get('x-forwarded-for') : null
  const copy = new Headers(headers)
  for (const claim of CLAIMS) copy.delete(claim)
  // A zone index (`fe80::1%eth0`) is local to this machine and not part of an address.
  const address = remoteAddress.replace(/%.*$/, '')
  copy.set(ADDRESS_HEADER, chain === null ? address : `${chain}, ${address}`)
  return copy
}
