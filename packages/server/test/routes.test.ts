import { describe, expect, test } from 'vitest'
import type { AblyRest } from '../src/rest/ably/deps.ts'
import { ABLY_ROUTES, ablyRest } from '../src/rest/ably/routes.ts'

describe('the table of routes', () => {
  const named = ABLY_ROUTES.map(({ method, path }) => `${method} ${path}`)

  test('every route says what it needs, and stands there once', () => {
    for (const { needs, path } of ABLY_ROUTES) {
      expect([path, ['anyone', 'key', 'credential'].includes(needs.who)]).toEqual([path, true])
      if (needs.who === 'credential') expect(needs.may.length).toBeGreaterThan(0)
      if (needs.who === 'credential' && needs.on === 'channel')
        expect(path).toMatch(/\/:(channel|room)\b/)
    }
    expect(new Set(named).size).toBe(named.length)
  })

  test('the router has no route beside it', () => {
    // Nothing of the server is asked while the router is built.
    const { routes } = ablyRest({} as AblyRest)
    const built = routes.filter(({ method }) => method !== 'ALL')
    expect(built.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...named].sort())
  })
})
