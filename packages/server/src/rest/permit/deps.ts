// What the Permit-shaped API is given.

import type { KeyRing } from '../../access/key-ring.ts'
import type { Context } from '../../context.ts'
import type { Log } from '../../observe/log.ts'
import { DEFAULT_PROJECT, type PermitApp, permitApp } from './scope.ts'

export type PermitRest = {
  readonly ring: KeyRing
  readonly context: Context
  readonly app: PermitApp
  /** Largest body of an ordinary request; bytes. */
  readonly maxBodyBytes: number
  readonly remoteAddress: (request: Request) => string
  readonly report: (what: string, error: unknown) => void
}

/** Largest body of an ordinary request; bytes. */
const MAX_BYTES = 1_048_576

type Core = { readonly context: Context; readonly ring: KeyRing; readonly log: Log }

export function permitDeps(
  { context, ring, log }: Core,
  remoteAddress: (request: Request) => string,
): PermitRest {
  return {
    context,
    ring,
    app: permitApp(context, context.appId, DEFAULT_PROJECT, context.appId),
    maxBodyBytes: MAX_BYTES,
    remoteAddress,
    report: (what, error) => log.error(what, error),
  }
}

/** Largest body of a request about many things at once; bytes. */
export const BULK_BYTES = 8 * 1_048_576
