// Where something may be used from: a list of addresses and networks, as tokens and keys say it.

import { isIP } from 'node:net'
import { blockList, family, plainAddress } from './client-address.ts'

/** Entries of one list at most. */
export const MOST_ADDRESSES = 32

/** True for `203.0.113.7`, `2001:db8::1`, `10.0.0.0/8` and the like. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || rest.length > 0) return false
  if (bits === undefined) return true
  // What is IPv4 in the clothes of IPv6 counts as IPv4, and the bits would be those of the clothes.
  if (plainAddress(address) !== address) return false
  return /^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32)
}

/** Reads what a claim says: one text or a list of them; undefined if it is neither, or names nothing. */
export function readAddresses(said: unknown): readonly string[] | undefined {
  const list: readonly unknown[] =
    typeof said === 'string' ? [said] : Array.isArray(said) ? said : []
  if (list.length === 0 || list.length > MOST_ADDRESSES) return undefined
  const isWhole = list.every((each) => typeof each === 'string' && isAddressOrNetwork(each))
  return isWhole ? (list as readonly string[]) : undefined
}

/**
 * Whether a request may come from where it does.
 *
 * @param allowed absent: anywhere
 * @param address absent: not known, which is nowhere on a list
 */
export function isFrom(
  allowed: readonly string[] | undefined,
  address: string | undefined,
): boolean {
  if (allowed === undefined) return true
  const plain = plainAddress(address ?? '')
  if (plain === undefined) return false
  // The list of Node takes IPv4 for a part of IPv6: `::/0` would be everything.
  const own = allowed.filter((each) => familyOf(each) === family(plain))
  return blockList(own).check(plain, family(plain))
}

function familyOf(entry: string): 'ipv4' | 'ipv6' {
  const [address = ''] = entry.split('/', 1)
  return family(plainAddress(address) ?? address)
}
