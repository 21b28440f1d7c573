// The key that the server signs for people and visitors with.

import type { KeyId } from '@sayso/policy'

/** Signs the realtime tokens of our own pages: no power of its own, and none over other channels. */
export const SESSION_KEY = 'session' as KeyId
