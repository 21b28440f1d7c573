// Which network addresses belong to the public internet: anything else may be ours, and no stranger sends us there.

import { BlockList, isIP } from 'node:net'

/** IANA special-purpose IPv4 ranges, multicast, reserved, and one cloud's metadata service on a public number. */
const REFUSED_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** Inside global unicast but not public: protocol assignments with Teredo, documentation, 6to4, documentation. */
const REFUSED_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const refused = new BlockList()
for (const [net, bits] of REFUSED_V4) refused.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of REFUSED_V6) refused.addSubnet(net, bits, 'ipv6')

const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/**
 * True for an address anybody on the internet could reach. Of IPv6 only global unicast counts, so that mapped,
 * translated, local, link-local and multicast forms need no list of their own. Anything but an address is false.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4')
    case 6:
      return globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6')
    default:
      return false
  }
}
