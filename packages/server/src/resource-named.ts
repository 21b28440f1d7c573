// A resource by its own name, where a text may be anything.

import { NameInvalid, parseResourceId, type ResourceId } from '@sayso/policy'

/** Undefined for what cannot be a resource: to whoever asks, that is one that does not exist. */
export function resourceNamed(text: string): ResourceId | undefined {
  try {
    return parseResourceId(text)
  } catch (error) {
    if (error instanceof NameInvalid) return undefined
    throw error
  }
}
