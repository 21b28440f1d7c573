// Messages as the policy sees them: data read where it can be, everything absent as an empty value.

import type { NewMessage } from '@sayso/channel'
import {
  type Action,
  type Attributes,
  type AttributeValue,
  type MessageState,
  type Policy,
  resourceOf,
  typeOf,
} from '@sayso/policy'

/** Headers that are no plain object are none. */
function headersOf(extras: NewMessage['extras']): Attributes {
  const headers = extras?.headers
  return typeof headers === 'object' && headers !== null && !Array.isArray(headers)
    ? (headers as Attributes)
    : {}
}

/** Encrypted and binary data is null: a rule that reads it errs, which denies. */
function dataOf({ data, encoding }: Pick<NewMessage, 'data' | 'encoding'>): AttributeValue {
  if (typeof data !== 'string') return null
  if (encoding === undefined || encoding === '' || encoding === 'utf-8') return data
  if (encoding !== 'json' && encoding !== 'utf-8/json') return null
  try {
    return JSON.parse(data) as AttributeValue
  } catch {
    return null
  }
}

/** One state of a message, for `message.before` and `message.after`. */
export function messageState(message: NewMessage & { readonly serial?: string }): MessageState {
  return {
    name: message.name ?? '',
    data: dataOf(message),
    clientId: message.clientId ?? '',
    headers: headersOf(message.extras),
    ...(message.serial === undefined ? {} : { serial: message.serial }),
  }
}

/** True if the policy wants to see the message before it allows the action: by a rule, or a declared form. */
export function asksForMessage(policy: Policy, action: Action, channel: string): boolean {
  const resource = resourceOf(policy, channel)
  const type = resource === undefined ? undefined : policy.types.get(typeOf(resource))
  if (type === undefined) return false
  if (type.messages !== undefined) return true
  const { allow = [], forbid = [], require = [] } = type.rulesOf.get(action) ?? {}
  return [...allow, ...forbid, ...require].some((rule) => rule.when?.isStable === false)
}
