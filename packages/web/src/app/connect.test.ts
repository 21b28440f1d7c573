import { describe, expect, test } from 'vitest'
import { clientOptions, type Place } from './connect.ts'

const place = (origin: string): Place => {
  const { protocol, hostname, port } = new URL(origin)
  return { origin, protocol, hostname, port }
}

describe('connect', () => {
  test('the same server by the same road as the page', () => {
    expect(clientOptions(place('http://127.0.0.1:8080'))).toMatchObject({
      endpoint: '127.0.0.1',
      port: 8080,
      tls: false,
      authUrl: 'http://127.0.0.1:8080/api/realtime/token',
    })
    expect(clientOptions(place('https://chat.example'))).toMatchObject({
      endpoint: 'chat.example',
      tlsPort: 443,
      tls: true,
    })
  })

  test('a name without a dot is no routing name', () => {
    expect(clientOptions(place('http://attic:8080'))).toMatchObject({
      endpoint: 'attic.',
      port: 8080,
    })
    expect(clientOptions(place('http://localhost:8080'))).toMatchObject({ endpoint: 'localhost' })
  })

  test('nothing outside is asked', () => {
    expect(clientOptions(place('http://localhost'))).toMatchObject({
      disableConnectivityCheck: true,
      fallbackHosts: [],
    })
  })
})
