// The contract of the port, as tests that every backend runs. SPEC.md lists the rules by id.

import { describe } from 'vitest'
import { annotationsContract } from './annotations.ts'
import { auditContract } from './audit.ts'
import type { Open } from './builders.ts'
import { idempotencyContract } from './idempotency.ts'
import { messagesContract } from './messages.ts'
import { orderContract } from './order.ts'
import { presenceContract } from './presence.ts'
import { readsContract } from './reads.ts'
import { recordsContract } from './records.ts'
import { rightsContract } from './rights.ts'
import { threadsContract } from './threads.ts'

export type { Open, Opened, OpenOptions } from './builders.ts'

/**
 * Declares the contract's tests for one backend.
 *
 * @param open makes an empty store, by the given clock and site; what it returns is closed after each test
 */
export function storeContract(name: string, open: Open): void {
  describe(`${name} keeps the contract of the store`, () => {
    orderContract(open)
    messagesContract(open)
    idempotencyContract(open)
    rightsContract(open)
    readsContract(open)
    annotationsContract(open)
    threadsContract(open)
    presenceContract(open)
    auditContract(open)
    recordsContract(open)
  })
}
