// Holds answers of our own API against the description the server gives of them.

import Ajv2020 from 'ajv/dist/2020.js'
import type { Server } from './server.ts'

type Content = Readonly<Record<string, { readonly schema?: object }>>
type Operation = {
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: object }
}

const known = new Map<string, Promise<OpenApi>>()

async function describedBy(server: Server): Promise<OpenApi> {
  const reading =
    known.get(server.url) ??
    fetch(`${server.url}/api/v1/openapi.json`).then((answer) => answer.json() as Promise<OpenApi>)
  known.set(server.url, reading)
  return reading
}

/** @throws what the answer has that the description does not, or lacks */
export async function checkAnswer(
  server: Server,
  method: string,
  path: string,
  status: number,
  contentType: string,
  body: unknown,
): Promise<void> {
  const api = await describedBy(server)
  const asked = path.replace(/\?.*/, '').split('/')
  // Where a word and a name fit, the word is meant.
  const fitting = Object.keys(api.paths)
    .filter((each) => api.paths[each]?.[method.toLowerCase()] && fits(each.split('/'), asked))
    .sort((a, b) => a.split('{').length - b.split('{').length)
  const operation = api.paths[fitting[0] ?? '']?.[method.toLowerCase()]
  if (operation === undefined) throw new Error(`${method} ${path} is not described`)
  const answer = operation.responses[String(status)]
  const what = `${method} ${fitting[0]} → ${status}`
  if (answer === undefined) throw new Error(`${what} is not described: ${JSON.stringify(body)}`)
  const type = contentType.replace(/;.*/, '')
  const content = answer.content?.[type]
  if (content === undefined) throw new Error(`${what} as ${type} is not described`)
  if (content.schema === undefined) return
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false })
  const validate = ajv.compile({ ...content.schema, components: api.components })
  if (!validate(body)) throw new Error(`${what}: ${ajv.errorsText(validate.errors)}`)
}

function fits(pattern: readonly string[], asked: readonly string[]): boolean {
  return (
    pattern.length === asked.length &&
    pattern.every((part, index) => part.startsWith('{') || part === asked[index])
  )
}
