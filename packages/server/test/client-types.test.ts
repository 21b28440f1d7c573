// The typed calls of `@sayso/client/manage` are made from the table of routes; this holds them to it.
// After a change of a route: `UPDATE=1 npx vitest run packages/server/test/client-types.test.ts`.

import { readFile, writeFile } from 'node:fs/promises'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { expect, test } from 'vitest'
import { type Operation, openApiOf } from '../src/rest/app/openapi.ts'
import { APP_ROUTES } from '../src/rest/app/routes.ts'

const FOLDER = new URL('../../client/src/manage/', import.meta.url)
const HEAD = '// Made from the table of routes of the server; not written by hand.\n'

type Described = { readonly path: string; readonly method: string; readonly operation: Operation }

const description = openApiOf(APP_ROUTES, '0')
const all: readonly Described[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** What one operation takes and answers, as a schema. */
function shapeOf({ operation }: Described): JSONSchema {
  const members = (where: 'path' | 'query') =>
    (operation.parameters ?? []).filter((each) => each.in === where)
  const group = (where: 'path' | 'query'): JSONSchema => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      members(where).map(({ name, schema, description: what }) => [
        name,
        { ...schema, ...(what === undefined ? {} : { description: what }) } as JSONSchema,
      ]),
    ),
    required: members(where).flatMap(({ name, required }) => (required ? [name] : [])),
  })
  const properties: Record<string, JSONSchema> = { answer: answerOf(operation) }
  if (members('path').length > 0) properties.params = group('path')
  if (members('query').length > 0) properties.query = group('query')
  const body = jsonOf(operation.requestBody)
  if (body !== undefined) properties.body = body
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    required: Object.keys(properties).filter(
      (name) => name !== 'query' || members('query').some((one) => one.required),
    ),
  }
}

function jsonOf(part: unknown): JSONSchema | undefined {
  const content = (part as { content?: Record<string, { schema?: JSONSchema }> } | undefined)
    ?.content
  return content?.['application/json']?.schema
}

function answerOf({ responses }: Operation): JSONSchema {
  const fine = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  // What is only left to be approved is answered to keys beside it.
  const good = fine.find(([status]) => status !== '202') ?? fine[0]
  // Files are fetched by their address, not by a call.
  return jsonOf(good?.[1]) ?? { type: 'null' }
}

async function shapes(): Promise<string> {
  const schema: JSONSchema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(all.map((one) => [one.operation.operationId, shapeOf(one)])),
    required: all.map(({ operation }) => operation.operationId),
    $defs: description.components.schemas as Record<string, JSONSchema>,
  }
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')
  const made = await compile(JSON.parse(text) as JSONSchema, 'Operations', {
    bannerComment: '',
    additionalProperties: false,
    unreachableDefinitions: false,
    style: { singleQuote: true, semi: true, printWidth: 100 },
    strictIndexSignatures: true,
    maxItems: 3,
  })
  return `${HEAD}\n${oneEach(made)}`
}

/** One line for each operation and each type, so that a change of one is a change of one line. */
function oneEach(types: string): string {
  const out: string[] = []
  const add = (line: string) => {
    out[out.length - 1] = `${out.at(-1) ?? ''} ${line.trim().replace(/^\* /, '')}`
  }
  let isInOperations = false
  for (const line of types.split('\n').filter((one) => one.trim() !== '')) {
    const begins = isInOperations
      ? /^( {2}\w|\})/.test(line)
      : line.startsWith('/**') || (line.startsWith('export') && !isComment(out.at(-1)))
    if (begins) out.push(line)
    else add(line)
    if (line === 'export interface Operations {') isInOperations = true
    if (line === '}') isInOperations = false
  }
  return `${out.join('\n')}\n`
}

function isComment(record: string | undefined): boolean {
  return record?.startsWith('/**') === true && !record.includes('export ')
}

function addresses(): string {
  const lines = all
    .map(
      ({ operation, method, path }) =>
        `  ${operation.operationId}: '${method.toUpperCase()} ${path}',`,
    )
    .sort()
  return `${HEAD}\n/** Method and path of each operation, below \`/api/v1\`. */\nexport const ADDRESSES = {\n${lines.join('\n')}\n} as const\n`
}

test('the typed calls are those of the server', async () => {
  for (const [name, text] of [
    ['shapes.ts', await shapes()],
    ['addresses.ts', addresses()],
  ] as const) {
    const file = new URL(name, FOLDER)
    if (process.env.UPDATE === '1') await writeFile(file, text)
    expect(
      text === (await readFile(file, 'utf8')),
      `${name} is old: run this test with UPDATE=1`,
    ).toBe(true)
  }
})
