// The table of our own API: nothing beside it, nothing in it without permission and description, and the description valid.

import { Validator } from '@seriousme/openapi-schema-validator'
import { afterEach, describe, expect, test } from 'vitest'
import { TENANT_ACTIONS } from '../src/commands/require-place.ts'
import { appRest } from '../src/rest/app/app.ts'
import type { AppRest } from '../src/rest/app/deps.ts'
import { openApiOf } from '../src/rest/app/openapi.ts'
import { APP_ROUTES } from '../src/rest/app/routes.ts'
import { endAll, POLICY, serve } from './serving.ts'

afterEach(endAll)

const named = APP_ROUTES.map(({ method, path }) => `${method} /api/v1${path}`)

describe('the table of routes', () => {
  test('has each route and each name of one once', () => {
    expect(new Set(named).size).toBe(named.length)
    expect(new Set(APP_ROUTES.map(({ id }) => id)).size).toBe(named.length)
  })

  test('the router has no route beside it', () => {
    // Nothing of the server is asked while the router is built.
    const { routes } = appRest({} as AppRest)
    const built = routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/api/realtime/token')
      .map(({ method, path }) => `${method} ${path}`)
    expect([...new Set(built)].sort()).toEqual([...named].sort())
  })

  test('names every word of a path, and no other', () => {
    for (const { path, params = {} } of APP_ROUTES) {
      const words = [...path.matchAll(/:(\w+)/g)].map(([, word]) => word)
      expect([path, Object.keys(params)]).toEqual([path, words])
    }
  })

  test('asks only for what the policy of a new app lists', () => {
    for (const { needs } of APP_ROUTES) {
      if (needs.who === 'person-or-key') expect(TENANT_ACTIONS).toContain(needs.may)
    }
  })
})

describe('its description', () => {
  test('is a valid OpenAPI 3.1 document with every route', async () => {
    const api = openApiOf(APP_ROUTES, '1.0.0')
    const checked = await new Validator().validate(JSON.parse(JSON.stringify(api)))
    expect(checked.errors ?? []).toEqual([])
    expect(checked.valid).toBe(true)
    const described = Object.entries(api.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `${method.toUpperCase()} /api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    expect(described.sort()).toEqual([...named].sort())
  })

  test('gives an example that the schema takes', () => {
    for (const { id, body } of APP_ROUTES) {
      if (body === undefined) continue
      expect([id, body.schema.safeParse(body.example).error?.issues ?? []]).toEqual([id, []])
    }
  })

  test('is served to programs and to people', async () => {
    const server = await serve({ SAYSO_POLICY: POLICY })
    const document = await fetch(`${server.url}/api/v1/openapi.json`)
    expect(await document.json()).toEqual(
      JSON.parse(JSON.stringify(openApiOf(APP_ROUTES, '1.0.0'))),
    )
    const page = await fetch(`${server.url}/api/v1/docs`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await page.text()
    for (const { id } of APP_ROUTES) expect(html).toContain(`<article id="${id}">`)
    expect(html).not.toMatch(/<script|<img|<link|src=|@import/)
  })
})
