import { describe, expect, test } from 'vitest'
import { isPublicAddress } from './public-address.ts'

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.1',
  '223.255.255.255',
  '2606:2800:220:1:248:1893:25c8:1946',
  '2a00:1450:4001:81b::200e',
]

const OURS = [
  // this host, loopback
  '0.0.0.0',
  '0.1.2.3',
  '127.0.0.1',
  '127.255.255.254',
  '::',
  '::1',
  // private and shared
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  // link-local, metadata
  '169.254.169.254',
  '169.254.0.1',
  '168.63.129.16',
  'fe80::1',
  'fe80::1%eth0',
  // mapped, compatible, translated, tunnelled
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  // documentation, benchmarks, protocol
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '2001:db8::1',
  '3fff::1',
  '100::1',
  // multicast, reserved, broadcast
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  'ff02::1',
]

describe('an address of the public internet', () => {
  test.each(PUBLIC)('%s is one', (address) => expect(isPublicAddress(address)).toBe(true))
  test.each(OURS)('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))
  test.each(['', 'localhost', 'example.com', '0x7f.1', '2130706433', '127.1', '8.8.8', ' 8.8.8.8'])(
    '%j is no address at all',
    (text) => expect(isPublicAddress(text)).toBe(false),
  )
})
