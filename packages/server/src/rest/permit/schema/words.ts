// The words of Permit's schema and those of the policy document: types of attributes, permissions.

import type { AttributeType, PolicyDocument } from '@sayso/policy'
import { PermitTrouble } from '../trouble.ts'

export const ATTRIBUTE_TYPES = ['bool', 'number', 'string', 'time', 'array', 'json'] as const
export type PermitAttributeType = (typeof ATTRIBUTE_TYPES)[number]

const ours: Readonly<Record<PermitAttributeType, AttributeType>> = {
  bool: 'bool',
  number: 'double',
  string: 'string',
  // An instant as a text or as a number: both are in use.
  time: 'any',
  array: 'list',
  json: 'any',
}

const theirs: Readonly<Record<AttributeType, PermitAttributeType>> = {
  bool: 'bool',
  int: 'number',
  double: 'number',
  string: 'string',
  list: 'array',
  map: 'json',
  any: 'json',
}

/** The type a document declares for one of Permit's; the one that stands there already if that means the same. */
export function declaredType(
  type: PermitAttributeType,
  before: AttributeType | undefined,
): AttributeType {
  return before !== undefined && theirs[before] === type ? before : ours[type]
}

/** Permit's type for a declared one: as it was said, as long as the document still says so. */
export function shownType(type: AttributeType, said: string | undefined): PermitAttributeType {
  const known = ATTRIBUTE_TYPES.find((each) => each === said)
  return known !== undefined && ours[known] === type ? known : theirs[type]
}

export type Permission = { readonly type: string; readonly action: string }

/** Reads `type:action`. @throws {PermitTrouble} `INVALID_PERMISSION_FORMAT`, `NOT_FOUND` */
export function permissionOf(document: PolicyDocument, text: string): Permission {
  const at = text.indexOf(':')
  const [type, action] = [text.slice(0, at), text.slice(at + 1)]
  if (at <= 0 || action === '') {
    throw new PermitTrouble(
      'INVALID_PERMISSION_FORMAT',
      `\`${text}\` is not a permission; write \`resource:action\``,
    )
  }
  return known(document, type, action)
}

/** Reads a permission of a role of `type`: the bare action, or `type:action`. */
export function actionOf(document: PolicyDocument, type: string, text: string): string {
  if (!text.includes(':')) return known(document, type, text).action
  const permission = permissionOf(document, text)
  if (permission.type === type) return permission.action
  throw new PermitTrouble(
    'INVALID_PERMISSION_FORMAT',
    `\`${text}\` is about another resource than \`${type}\``,
  )
}

function known(document: PolicyDocument, type: string, action: string): Permission {
  const actions = Object.hasOwn(document.types, type) ? document.types[type]?.actions : undefined
  if (actions?.includes(action)) return { type, action }
  throw new PermitTrouble('NOT_FOUND', `there is no action \`${action}\` of \`${type}\``)
}
