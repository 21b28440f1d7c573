// Who is asking on a connection or request, as a stack of layers. Each layer that exists must say yes.

import type { Capability } from './capability.ts'
import type { KeyId, SubjectId } from './names.ts'

/**
 * - `key`: the owner's own server; the key's capability alone decides.
 * - `token`: a person or an anonymous visitor; what the key may delegate, then the token, then the policy.
 */
export type Credential =
  | { readonly kind: 'key'; readonly key: KeyId }
  | {
      readonly kind: 'token'
      readonly key: KeyId
      /** Absent: what the key itself may do, as it is now. Empty: nothing. */
      readonly capability?: Capability
      /** `user:<clientId>`; absent for an anonymous visitor. A wildcard token has no subject of its own. */
      readonly subject?: SubjectId
    }
