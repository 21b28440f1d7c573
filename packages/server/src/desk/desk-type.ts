// The type of conversations, as the policy's settings name it.

import type { World } from '@sayso/policy'

/** The pattern of the channels of all conversations; undefined: the policy names none. */
export function deskChannels({ policy }: World): string | undefined {
  const desk = (policy.document.settings as { desk?: { type?: string } } | undefined)?.desk
  return policy.document.types[desk?.type ?? '']?.channels?.replace('{key}', '*')
}
