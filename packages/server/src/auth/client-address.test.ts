// Whose address a request comes from: nobody is believed but proxies that are trusted.

import { describe, expect, test } from 'vitest'
import { clientAddresses } from './client-address.ts'

describe('the address of a client', () => {
  const alone = clientAddresses([])
  const behind = clientAddresses(['10.0.0.0/8', '2001:db8::1', 'nonsense'])

  test('is the socket’s, whatever a header claims', () => {
    expect(alone('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1')
    expect(alone('::ffff:192.0.2.1', undefined)).toBe('192.0.2.1')
    expect(alone('fe80::1%eth0', undefined)).toBe('fe80::1')
    expect(alone(undefined, '198.51.100.7')).toBeUndefined()
  })

  test('is the last that trusted proxies name', () => {
    expect(behind('10.1.2.3', '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7')
    expect(behind('::ffff:10.1.2.3', '198.51.100.7, 10.9.9.9')).toBe('198.51.100.7')
    expect(behind('2001:db8::1', ' 2001:db8::7 ')).toBe('2001:db8::7')
  })

  test('is the proxy’s own if it names nobody', () => {
    expect(behind('10.1.2.3', undefined)).toBe('10.1.2.3')
    expect(behind('10.1.2.3', 'unknown')).toBe('10.1.2.3')
    expect(behind('10.1.2.3', '10.4.5.6')).toBe('10.4.5.6')
  })

  test('is the socket’s if that is no trusted proxy', () => {
    expect(behind('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1')
  })
})
