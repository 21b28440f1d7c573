// How an address is counted and blocked by: IPv4 whole, IPv6 by the network one household has.

import { isIPv6 } from 'node:net'
import { plainAddress } from '../../auth/client-address.ts'

const GROUPS = 8
/** Of 16 bits each: a /64. */
const KEPT = 4

/** @returns undefined if it is no address */
export function addressName(address: string): string | undefined {
  const plain = plainAddress(address)
  if (plain === undefined || !isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const missing = tail === undefined ? 0 : GROUPS - first.length - last.length
  const all = [...first, ...Array<string>(Math.max(0, missing)).fill('0'), ...last]
  return `${all.slice(0, KEPT).join(':')}::/64`
}

function groupsOf(text: string): readonly string[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    // The end may be written as IPv4: two groups.
    if (!group.includes('.')) return [Number.parseInt(group, 16).toString(16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)]
  })
}
