// Whose connection a key is of: the key names it, and is bound to the identity it was made for.

import type { Hub } from '../hub.ts'
import type { LiveConnection } from '../live-connection.ts'
import type { Authenticated } from './authenticate.ts'
import type { ConnectionKeys } from './connection-key.ts'

/** What a connection key is bound to: who came back must be who left. */
export function identityOf(who: Pick<Authenticated, 'asker'>): string {
  return who.asker.clientId ?? (who.asker.mayBeAnyone ? '*' : '')
}

/** The live connection whose key this is, whoever shows it. */
export function connectionByKey(
  hub: Hub,
  keys: ConnectionKeys,
  key: string,
): LiveConnection | undefined {
  const known = hub.connection(key.split('!', 1)[0] ?? '')
  if (known === undefined) return undefined
  return keys.read(key, identityOf(known)).kind === 'ours' ? known : undefined
}
