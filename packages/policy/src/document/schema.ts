// The shape of a policy document as JSON Schema, the one truth: editors read the published copy, `shape.ts` checks by it.
// `title` says what a value is called in messages, `description` what to write instead.

import { SECOND_PERSON_ACTIONS } from '../document-types.ts'
import { NAME_PATTERN, RESOURCE_PATTERN } from '../tuple.ts'
import {
  flag,
  listOf,
  mapOf,
  NAME,
  name,
  oneOf,
  record,
  ref,
  type Schema,
  text,
} from './schema-parts.ts'
import { ruleDefinitions } from './schema-rules.ts'

export type { Schema } from './schema-parts.ts'

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
  role: record('role', {
    ...looks,
    extends: ref('extends'),
    can: ref('can'),
    from: listOf('list of derivations', ref('derivation')),
    except_direct: flag('except_direct'),
  }),
  tenant_role: record('tenant role', {
    ...looks,
    extends: ref('extends'),
    can: mapOf('actions by resource type', ref('type_name'), ref('can')),
  }),
  retention: record(
    'retention',
    {
      days: {
        title: 'days',
        description: 'write a whole number from 1 to 36500',
        type: 'integer',
        minimum: 1,
        maximum: 36_500,
      },
    },
    ['days'],
  ),
  type: record(
    'resource type',
    {
      title: text('title'),
      channels: {
        title: 'channel pattern',
        description: 'write a channel name with `{key}` in it exactly once, such as `team:{key}`',
        type: 'string',
        maxLength: 256,
        pattern: '^[^{}\\n]*\\{key\\}[^{}\\n]*$',
      },
      retention: ref('retention'),
      default: oneOf('default', ['deny', 'allow']),
      actions: listOf('list of actions', ref('action')),
      attributes: ref('attribute_types'),
      relations: mapOf('relations by name', name('relation name'), ref('relation')),
      roles: mapOf('roles by name', ref('role_name'), ref('role')),
      rules: listOf('list of rules', ref('rule')),
      messages: mapOf('messages by name', ref('message_name'), ref('message')),
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
  creation: record('creation', { type: ref('type_name'), gives: ref('role_name') }, [
    'type',
    'gives',
  ]),
  direct: record('direct conversation', { type: ref('type_name'), gives: ref('role_name') }, [
    'type',
    'gives',
  ]),
  restraint: record(
    'restraint',
    { type: ref('type_name'), action: ref('action'), gives: ref('role_name') },
    ['type', 'action', 'gives'],
  ),
  desk: record(
    'desk',
    {
      type: ref('type_name'),
      visitor: ref('role_name'),
      assigned: ref('role_name'),
      joined: ref('role_name'),
      watching: ref('role_name'),
      capacity: {
        title: 'capacity',
        description: 'write a whole number from 1 to 100',
        type: 'integer',
        minimum: 1,
        maximum: 100,
      },
      offline_after: seconds('offline_after', 1),
      requeue_after: seconds('requeue_after', 0),
    },
    ['type', 'visitor', 'assigned', 'joined'],
  ),
  namespace_name: {
    title: 'namespace',
    description: 'write what stands before the first `:` of channel names, such as `log`',
    type: 'string',
    maxLength: 256,
    pattern: '^[^:\\[\\n][^:\\n]*$',
  },
  namespace: record('namespace', {
    persisted: flag('yes or no'),
    mutable: flag('yes or no'),
    identified: flag('yes or no'),
  }),
  attributes: mapOf('attributes', name('attribute name'), {
    title: 'attribute value',
    description: 'write a JSON value',
    type: ['string', 'number', 'boolean', 'null', 'array', 'object'],
    additionalProperties: true,
  }),
  ...ruleDefinitions,
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
          attributes: ref('attribute_types'),
          roles: mapOf('tenant roles by name', ref('role_name'), ref('tenant_role')),
        },
        ['key', 'roles'],
      ),
      people: record('people', {
        attributes: ref('attribute_types'),
        fields: mapOf('fields by attribute', name('attribute name'), ref('person_field')),
      }),
      types: mapOf('resource types by name', ref('type_name'), ref('type')),
      namespaces: mapOf('namespaces by name', ref('namespace_name'), ref('namespace')),
      settings: record('settings', {
        home: ref('resource'),
        sign_in: ref('roles_on'),
        owner: ref('roles_on'),
        promotions: listOf('list of promotions', ref('promotion')),
        admissions: listOf('list of admissions', ref('admission')),
        restraints: listOf('list of restraints', ref('restraint')),
        creations: listOf('list of creations', ref('creation')),
        directs: listOf('list of direct conversations', ref('direct')),
        desk: ref('desk'),
        second_person: listOf('list of what takes a second person', {
          title: 'action that takes a second person',
          description: `write one of ${SECOND_PERSON_ACTIONS.map((each) => `\`${each}\``).join(', ')}`,
          type: 'string',
          enum: SECOND_PERSON_ACTIONS,
        }),
      }),
      seed: record('seed', {
        resources: mapOf('resources by id', ref('resource'), ref('attributes')),
        tenants: mapOf('tenants of resources by id', ref('resource'), ref('resource')),
      }),
    },
    ['version', 'tenant', 'types'],
  ),
  $defs: definitions,
}

/** At most a week. */
function seconds(title: string, minimum: number): Schema {
  const description = `write a whole number of seconds from ${minimum} to 604800`
  return { title, description, type: 'integer', minimum, maximum: 604_800 }
}
