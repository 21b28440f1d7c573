// The shape of a scenario file, as JSON Schema: who there is, and what must come out.

import { policySchema } from './schema.ts'
import { flag, listOf, mapOf, NAME, name, record, ref, type Schema, text } from './schema-parts.ts'

const { $schema, $defs, ...policy } = policySchema

const any = (title: string): Schema => ({
  title,
  description: 'write an object',
  type: 'object',
  additionalProperties: true,
})

const line = (title: string, description: string): Schema => ({
  title,
  description,
  type: 'string',
  maxLength: 1_024,
})

const person: Schema = {
  title: 'person',
  description: 'write `user:<id>` or `anonymous:`',
  type: 'string',
  pattern: '^(?:user:[^\\p{Cc}]{1,256}|anonymous:)$',
}

const instant: Schema = {
  title: 'instant',
  description: 'write an instant with a time zone, such as `2026-03-01T09:00:00Z`',
  type: 'string',
}

const tuple = line('role assignment', 'write `<type>:<key>#<role>@user:<id>`')

const words = (title: string): Schema =>
  listOf(title, { title: 'action', description: NAME, type: 'string' })

const state: Schema = {
  title: 'message',
  description: 'write an object with `name`, `data`, `clientId`, `headers`, `serial`, or nothing',
  anyOf: [
    record('message', {
      name: text('name'),
      clientId: text('client id'),
      serial: text('serial'),
      headers: any('headers'),
      data: {
        title: 'data',
        description: 'write a JSON value',
        type: ['string', 'number', 'boolean', 'null', 'array', 'object'],
        additionalProperties: true,
      },
    }),
    { title: 'nothing', description: 'write nothing', type: 'null' },
  ],
}

const assertion = record('assertion', {
  name: text('name'),
  subject: person,
  on: ref('resource'),
  of: name('resource type'),
  in: ref('resource'),
  key: name('key'),
  token: record('token', { key: name('key'), capability: any('capability'), subject: person }, [
    'key',
    'capability',
  ]),
  channel: text('channel'),
  can: words('list of actions'),
  cannot: words('list of actions'),
  receives: flag('receives'),
  because: name('kind of reason'),
  rule: text('statement'),
  message: record('message', { before: state, after: state }),
  context: any('context'),
  standing: flag('standing'),
  conditional: flag('conditional'),
  at: instant,
})

/** JSON Schema (draft 2020-12) of a scenario file; `scenario.schema.json` is the same as a file. */
export const scenarioSchema: Schema = {
  ...($schema !== undefined && { $schema }),
  ...record(
    'scenario',
    {
      name: text('name'),
      policy,
      now: instant,
      resources: {
        title: 'resources',
        description: 'write a list of resources, or resources with their attributes',
        anyOf: [
          listOf('list of resources', ref('resource')),
          mapOf('resources by id', ref('resource'), ref('attributes')),
        ],
      },
      people: mapOf('people by id', person, ref('attributes')),
      tuples: listOf('list of role assignments', {
        title: 'role assignment',
        description: 'write `<type>:<key>#<role>@user:<id>`, or that as `tuple` with times',
        anyOf: [
          tuple,
          record('grant', { tuple, not_before: instant, expires_at: instant }, ['tuple']),
        ],
      }),
      relations: listOf(
        'list of relations',
        line('relation', 'write `<type>:<key>#<relation>@<type>:<key>`'),
      ),
      keys: mapOf(
        'keys by id',
        name('key id'),
        record('key', { capability: any('capability'), mayDelegate: any('capability') }, [
          'capability',
        ]),
      ),
      assertions: listOf('list of assertions', assertion),
      matrix: record(
        'matrix',
        { operation: name('operation'), rows: mapOf('rows', text('channel'), words('keys')) },
        ['operation', 'rows'],
      ),
    },
    ['name'],
  ),
  ...($defs && { $defs }),
}
