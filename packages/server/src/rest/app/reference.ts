// The description of this API, served: OpenAPI 3.1 for programs, a page for people.

import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type OpenApi, openApiOf } from './openapi.ts'
import { referencePage } from './reference-page.ts'
import { REFERENCE_STYLE } from './reference-style.ts'
import { type AppRoute, json, route } from './route.ts'

/** Of the API, not of the server: it moves when something here stops to work as it did. */
const API_VERSION = '1.0.0'

const STYLE_HASH = createHash('sha256').update(REFERENCE_STYLE).digest('base64')
/** Nothing but this page's own style: it has no script, no picture, no form. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** @param described every other route of the table */
export function referenceRoutes(described: readonly AppRoute[]): readonly AppRoute[] {
  const own: readonly AppRoute[] = [
    route({
      method: 'GET',
      path: '/openapi.json',
      id: 'readOpenApi',
      tag: 'reference',
      summary: 'This API as an OpenAPI 3.1 document',
      needs: { who: 'anyone' },
      answers: { 200: json('The document.', z.looseObject({ openapi: z.string() })) },
      run: ({ c }) => c.json(whole()),
    }),
    route({
      method: 'GET',
      path: '/docs',
      id: 'readReference',
      tag: 'reference',
      summary: 'This API as a page',
      needs: { who: 'anyone' },
      answers: { 200: { what: 'The page.', type: 'text/html' } },
      run: ({ deps }) =>
        new Response(referencePage(whole(), described.concat(own), deps.publicUrl()), {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': POLICY,
            'cache-control': 'no-cache',
            'referrer-policy': 'no-referrer',
            'x-content-type-options': 'nosniff',
          },
        }),
    }),
  ]
  let made: OpenApi | undefined
  const whole = () => {
    made ??= openApiOf(described.concat(own), API_VERSION)
    return made
  }
  return own
}
