// The schema of what a document says beyond roles: attributes, derivations, rules, messages.

import { NAME_PATTERN } from '../tuple.ts'
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

const ACTION = `^\\*$|${NAME_PATTERN.source}`

const condition: Schema = {
  title: 'condition',
  description: 'write a CEL expression of at most 1,000 characters',
  type: 'string',
}

const instant = (title: string): Schema => ({
  title,
  description: 'write an instant with a time zone, such as `2026-03-01T09:00:00Z`',
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?(Z|[+-]\\d\\d:\\d\\d)$',
})

const actions = (title: string): Schema => ({
  title,
  description: 'write an action, a list of actions, or `*` for all of the type',
  anyOf: [
    { title: 'action name or `*`', description: NAME, type: 'string', pattern: ACTION },
    listOf('list of actions', {
      title: 'action name or `*`',
      description: NAME,
      type: 'string',
      pattern: ACTION,
    }),
  ],
})

const FIELD_TYPES = ['string', 'bool', 'int', 'number', 'list', 'map', 'any']

export const ruleDefinitions: Readonly<Record<string, Schema>> = {
  attribute_types: mapOf(
    'attribute types by name',
    name('attribute name'),
    oneOf('attribute type', ['string', 'bool', 'int', 'double', 'list', 'map', 'any']),
  ),
  person_field: record('field of people', {
    title: text('title'),
    about: text('about'),
    one_of: listOf(
      'list of values',
      {
        title: 'value',
        description: 'write a text, a number, true or false',
        type: ['string', 'number', 'boolean'],
      },
      { minItems: 1 },
    ),
    set_by: oneOf('who sets it', ['people', 'keys']),
  }),
  relation: listOf('list of resource types', ref('type_name'), { minItems: 1 }),
  derivation: record(
    'derivation',
    {
      role: ref('role_name'),
      via: name('relation name'),
      when: condition,
      except_direct: flag('except_direct'),
    },
    ['role', 'via'],
  ),
  role_refs: listOf(
    'list of roles',
    {
      title: 'role',
      description: 'write a role of the type, or `tenant#<role>` for one on the tenant',
      type: 'string',
      pattern: `^(tenant#)?${NAME_PATTERN.source.slice(1)}`,
    },
    { minItems: 1 },
  ),
  rule: {
    ...record('rule', {
      id: name('rule id'),
      allow: actions('actions'),
      forbid: actions('actions'),
      require: actions('actions'),
      to: ref('role_refs'),
      unless: ref('role_refs'),
      when: condition,
      message: text('message'),
      from: instant('instant'),
      until: instant('instant'),
    }),
    oneOf: [{ required: ['allow'] }, { required: ['forbid'] }, { required: ['require'] }],
    dependentRequired: { require: ['when'] },
  },
  message_name: {
    title: 'message name',
    description: 'write the name of a message, 1–128 characters, or `*` for all others',
    type: 'string',
    pattern: '^[^\\p{Cc}]{1,128}$',
  },
  message: record(
    'message form',
    { fields: mapOf('fields by name', ref('message_name'), ref('field')) },
    ['fields'],
  ),
  field: {
    title: 'field',
    description: `write a type (${FIELD_TYPES.join(', ')}), or an object with \`type\``,
    anyOf: [
      oneOf('field type', FIELD_TYPES),
      record(
        'field',
        {
          type: oneOf('field type', FIELD_TYPES),
          optional: flag('optional'),
          max_length: {
            title: 'greatest length',
            description: 'write a whole number from 0 to 65536',
            type: 'integer',
            minimum: 0,
            maximum: 65_536,
          },
          one_of: listOf(
            'list of values',
            {
              title: 'value',
              description: 'write a text, a number, true, false or null',
              type: ['string', 'number', 'boolean', 'null'],
            },
            { minItems: 1 },
          ),
          items: oneOf('item type', ['string', 'bool', 'int', 'number']),
        },
        ['type'],
      ),
    ],
  },
}
