// A check as Permit's clients send it, and the question of the policy that it is.

import {
  type Attributes,
  exists,
  NameInvalid,
  parseResourceId,
  parseSubjectId,
  type ResourceId,
  type SubjectId,
  tenantOf,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { DEFAULT_TENANT, tenantFound } from '../facts/known.ts'
import type { PermitApp } from '../scope.ts'

const json = z.record(z.string(), z.json()).nullish()
const text = z.string().max(1_000)

/** A user string is its key; unknown fields of a user object are left alone. */
export const userSchema = z.union([
  text.transform((key) => ({ key, attributes: undefined, email: undefined })),
  z.object({ key: text, attributes: json, email: z.string().nullish() }),
])

/** A resource string is `type:key`, or a type alone; the key may hold colons. */
export const resourceSchema = z.union([
  text.transform((said) => {
    const at = said.indexOf(':')
    const [type, key] = at < 0 ? [said, undefined] : [said.slice(0, at), said.slice(at + 1)]
    return { type, key, tenant: undefined, attributes: undefined, context: undefined }
  }),
  z.object({
    type: text,
    key: text.nullish(),
    tenant: text.nullish(),
    attributes: json,
    context: json,
  }),
])

export const checkSchema = z.object({
  user: userSchema,
  action: text,
  resource: resourceSchema,
  context: json,
})

export type Check = z.output<typeof checkSchema>

/** What a check is about, as far as it is known. */
export type Resolved = {
  readonly subject: SubjectId | undefined
  readonly type: string
  readonly action: string
  /** A type alone ends with its colon. */
  readonly resource: ResourceId
  readonly isInstance: boolean
  /** Undefined: there is no such tenant. */
  readonly tenant: ResourceId | undefined
  /** The instance is there, in another tenant than the one that was named. */
  readonly isElsewhere: boolean
  readonly supposed: {
    readonly subject: Attributes
    readonly resource: Attributes
    readonly context: Attributes
  }
}

/** Names that no attribute stands for. */
const FIXED = ['id', 'key', 'type', 'anonymous']

export function resolve(app: PermitApp, world: World, check: Check): Resolved {
  const { user, action, resource: said, context } = check
  const type = said.type === '__tenant' ? 'tenant' : said.type
  const key = said.key ?? undefined
  const resource = resourceOf(type, key)
  const isThere = key !== undefined && exists(world, resource)
  const home = isThere ? tenantOf(world, resource) : undefined
  const asked = said.tenant ?? undefined
  const named = asked === undefined ? undefined : tenantFound(app, world, asked)
  // SDKs name `default` for whoever names no tenant: where the instance is counts more.
  const isUnsaid = asked === undefined || asked === DEFAULT_TENANT
  const tenant =
    home !== undefined && isUnsaid ? home : asked === undefined ? world.policy.tenant : named
  return {
    subject: subjectOf(user.key),
    type,
    action,
    resource,
    isInstance: key !== undefined,
    tenant,
    isElsewhere: home !== undefined && tenant !== undefined && home !== tenant,
    supposed: {
      subject: { ...plain(user.attributes), ...(user.email != null && { email: user.email }) },
      resource: plain(said.attributes),
      context: { ...plain(context), ...plain(said.context) },
    },
  }
}

function plain(attributes: z.output<typeof json>): Attributes {
  const entries = Object.entries(attributes ?? {}).filter(([name]) => !FIXED.includes(name))
  return Object.fromEntries(entries) as Attributes
}

function subjectOf(key: string): SubjectId | undefined {
  try {
    return parseSubjectId(`user:${key}`)
  } catch (error) {
    if (error instanceof NameInvalid) return undefined
    throw error
  }
}

/** A key that names nothing is one of nothing. */
function resourceOf(type: string, key: string | undefined): ResourceId {
  try {
    if (key !== undefined) return parseResourceId(`${type}:${key}`)
  } catch (error) {
    if (!(error instanceof NameInvalid)) throw error
  }
  return `${type}:` as ResourceId
}
