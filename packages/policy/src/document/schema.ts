// The shape of a policy document as JSON Schema, the one truth: editors read the published copy, `shape.ts` checks by it.
// `title` says what a value is called in messages, `description` what to write instead.

import { NAME_PATTERN, RESOURCE_PATTERN } from '../tuple.ts'

/** The part of JSON Schema 2020-12 that is used here, and all that `shape.ts` understands. */
export type Schema = {
  readonly $schema?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: string | number
  readonly pattern?: string
  readonly maxLength?: number
  readonly minItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly propertyNames?: Schema
  readonly additionalProperties?: false | Schema
}

const NAME = 'use 1–64 letters, digits, `-` and `_`, a letter or digit first'

const YES_OR_NO: Schema = {
  title: 'yes or no',
  description: 'write `true` or `false`',
  type: 'boolean',
}

const name = (title: string): Schema => ({
  title,
  description: NAME,
  type: 'string',
  pattern: NAME_PATTERN.source,
})

const text = (title: string): Schema => ({
  title,
  description: 'write a text of at most 256 characters',
  type: 'string',
  maxLength: 256,
})

const listOf = (title: string, items: Schema, more?: Schema): Schema => ({
  title,
  description: 'write a list, each entry once',
  type: 'array',
  uniqueItems: true,
  items,
  ...more,
})

const mapOf = (title: string, keys: Schema, values: Schema): Schema => ({
  title,
  description: 'write names with what they stand for below them, or `{}` for none',
  type: 'object',
  propertyNames: keys,
  additionalProperties: values,
})

const record = (
  title: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => ({
  title,
  description: `write an object with ${list(Object.keys(properties))}`,
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
})

function list(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ')
}

const ref = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` })

const looks = {
  title: text('title'),
  glyph: text('icon name'),
  tone: text('tone'),
}

const definitions: Readonly<Record<string, Schema>> = {
  action: name('action name'),
  role_name: name('role name'),
  type_name: name('resource type name'),
  resource: {
    title: 'resource',
    description: 'write `<type>:<key>`, the key without `#`',
    type: 'string',
    pattern: RESOURCE_PATTERN.source,
  },
  can: listOf('list of actions', {
    title: 'action name or `*`',
    description: NAME,
    type: 'string',
    pattern: `^\\*$|${NAME_PATTERN.source}`,
  }),
  extends: listOf('list of roles', ref('role_name')),
  role: record('role', { ...looks, extends: ref('extends'), can: ref('can') }),
  tenant_role: record('tenant role', {
    ...looks,
    extends: ref('extends'),
    can: mapOf('actions by resource type', ref('type_name'), ref('can')),
  }),
  type: record(
    'resource type',
    {
      channels: {
        title: 'channel pattern',
        description: 'write a channel name with `{key}` in it exactly once, such as `team:{key}`',
        type: 'string',
        maxLength: 256,
        pattern: '^[^{}\\n]*\\{key\\}[^{}\\n]*$',
      },
      actions: listOf('list of actions', ref('action')),
      roles: mapOf('roles by name', ref('role_name'), ref('role')),
    },
    ['actions', 'roles'],
  ),
  role_on: record('role on a resource', { role: ref('role_name'), on: ref('resource') }, [
    'role',
    'on',
  ]),
  roles_on: listOf('list of roles on resources', ref('role_on')),
  promotion: record(
    'promotion',
    {
      type: ref('type_name'),
      gives: ref('role_name'),
      replaces: ref('role_name'),
      also: ref('roles_on'),
    },
    ['type', 'gives', 'replaces'],
  ),
  admission: record('admission', { type: ref('type_name'), gives: ref('role_name') }, [
    'type',
    'gives',
  ]),
  namespace_name: {
    title: 'namespace',
    description: 'write what stands before the first `:` of channel names, such as `log`',
    type: 'string',
    maxLength: 256,
    pattern: '^[^:\\[\\n][^:\\n]*$',
  },
  namespace: record('namespace', {
    persisted: YES_OR_NO,
    mutable: YES_OR_NO,
    identified: YES_OR_NO,
  }),
  attributes: mapOf('attributes', name('attribute name'), {
    title: 'attribute value',
    description: 'write a text, a number, true or false',
    type: ['string', 'number', 'boolean'],
  }),
}

/** JSON Schema (draft 2020-12) of a policy document; `policy.schema.json` is the same as a file. */
export const policySchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...record(
    'policy document',
    {
      version: { title: 'version', description: 'write `1`', const: 1 },
      tenant: record(
        'tenant',
        {
          key: name('tenant key'),
          title: text('title'),
          roles: mapOf('tenant roles by name', ref('role_name'), ref('tenant_role')),
        },
        ['key', 'roles'],
      ),
      types: mapOf('resource types by name', ref('type_name'), ref('type')),
      namespaces: mapOf('namespaces by name', ref('namespace_name'), ref('namespace')),
      settings: record('settings', {
        home: ref('resource'),
        sign_in: ref('roles_on'),
        owner: ref('roles_on'),
        promotions: listOf('list of promotions', ref('promotion')),
        admissions: listOf('list of admissions', ref('admission')),
      }),
      seed: record('seed', {
        resources: mapOf('resources by id', ref('resource'), ref('attributes')),
      }),
    },
    ['version', 'tenant', 'types'],
  ),
  $defs: definitions,
}
