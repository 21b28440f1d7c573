// A policy document as the screens read it: also one that is half written. What has not its shape is left out. Pure.

import type {
  PolicyDocument,
  ResourceTypeDocument,
  RoleDocument,
  RuleDocument,
  TenantRoleDocument,
} from '@sayso/policy'
import { meaningOf } from '@sayso/policy/editing'

export type Reading =
  | { readonly isRead: true; readonly document: PolicyDocument }
  /** Neither YAML nor JSON; why, with line and column. */
  | { readonly isRead: false; readonly problem: string }

export function read(text: string): Reading {
  try {
    return { isRead: true, document: documentOf(meaningOf(text)) }
  } catch (error) {
    return { isRead: false, problem: error instanceof Error ? error.message : String(error) }
  }
}

type Fields = Readonly<Record<string, unknown>>

function documentOf(value: unknown): PolicyDocument {
  const root = fields(value)
  const tenant = fields(root.tenant)
  return {
    ...root,
    version: 1,
    tenant: {
      ...tenant,
      key: typeof tenant.key === 'string' ? tenant.key : '',
      roles: each(tenant.roles, tenantRoleOf),
    },
    types: each(root.types, typeOf),
  }
}

function typeOf(value: unknown): ResourceTypeDocument {
  const type = fields(value)
  const relations = each(type.relations, texts)
  return {
    ...type,
    ...(type.title === undefined ? {} : { title: String(type.title) }),
    actions: texts(type.actions),
    roles: each(type.roles, roleOf),
    rules: list(type.rules).map((rule) => fields(rule) as RuleDocument),
    relations,
  }
}

function roleOf(value: unknown): RoleDocument {
  const role = fields(value)
  return {
    ...role,
    extends: texts(role.extends),
    can: texts(role.can),
    from: list(role.from).flatMap((one) => {
      const { role: name, via } = fields(one)
      if (typeof name !== 'string' || typeof via !== 'string') return []
      return [{ ...fields(one), role: name, via }]
    }),
  }
}

function tenantRoleOf(value: unknown): TenantRoleDocument {
  const role = fields(value)
  return { ...role, extends: texts(role.extends), can: each(role.can, texts) }
}

function each<T>(value: unknown, one: (value: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(fields(value)).map(([key, held]) => [key, one(held)]))
}

function fields(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Fields) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((one): one is string => typeof one === 'string')
}
