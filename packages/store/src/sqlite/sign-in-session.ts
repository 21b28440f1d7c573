// Runs the statements of the sign-in library on the writing connection, and holds it for their transactions.

import type { Database, SqlValue } from './driver.ts'
import { failureOf, messageOf } from './failure.ts'
import type { Reply, SqlOutcome, SqlRequest } from './wire.ts'

// Only the steps of a transaction may begin or end one; else a stray statement would swallow other people's writes.
const TRANSACTION_CONTROL = /^\s*(begin|commit|end|rollback(?!\s+to\b))\b/i
const SAVEPOINT = /^\s*(savepoint|release|rollback\s+to)\b/i

export type SignInSession = ReturnType<typeof createSignInSession>

/**
 * @param limitMs   how long a transaction may hold the writer; then it is rolled back
 * @param onExpired the writer is free again without a request having said so
 */
export function createSignInSession(db: Database, limitMs: number, onExpired: () => void) {
  const count = db.prepare(
    'SELECT total_changes() AS total, changes() AS changes, last_insert_rowid() AS lastId',
  )
  const expired = new Set<number>()
  let held: { readonly connection: number; readonly timer: NodeJS.Timeout } | undefined

  const release = () => {
    clearTimeout(held?.timer)
    held = undefined
  }
  const begin = ({ connection }: SqlRequest) => {
    db.exec('BEGIN IMMEDIATE')
    const expire = () => {
      expired.add(connection)
      release()
      rollBack(db)
      onExpired()
    }
    held = { connection, timer: setTimeout(expire, limitMs) }
  }
  const end = ({ connection, step }: SqlRequest) => {
    const late = expired.delete(connection)
    if (late && step === 'commit') throw new Error(tooLate(limitMs))
    if (late) return
    release()
    if (step === 'rollback') rollBack(db)
    else commit(db)
  }
  const run = ({ connection, sql, parameters }: SqlRequest): SqlOutcome => {
    if (expired.has(connection)) throw new Error(tooLate(limitMs))
    if (TRANSACTION_CONTROL.test(sql) || (held === undefined && SAVEPOINT.test(sql))) {
      throw new Error('transactions are begun and ended by the dialect, not by statements')
    }
    const before = count.get() as Count
    const rows = db.prepare(sql).all(...parameters)
    const { total, changes, lastId } = count.get() as Count
    return { rows, changes: total === before.total ? 0 : changes, lastId }
  }
  const outcomeOf = (request: SqlRequest): SqlOutcome => {
    if (request.step === 'run') return run(request)
    if (request.step === 'begin') begin(request)
    else end(request)
    return { rows: [], changes: 0, lastId: 0 }
  }

  return {
    /** The connection whose requests are the only ones that may run now. */
    holder: (): number | undefined => held?.connection,
    answer(request: SqlRequest): Reply {
      const { id } = request
      try {
        return { kind: 'sql', id, outcome: outcomeOf(request) }
      } catch (error) {
        return { kind: 'sql_failed', id, failure: failureOf(error), message: messageOf(error) }
      }
    },
  }
}

type Count = { readonly total: SqlValue; readonly changes: number; readonly lastId: number }

function tooLate(limitMs: number): string {
  return `the transaction was rolled back: it held the writer for more than ${limitMs} ms`
}

function commit(db: Database): void {
  try {
    db.exec('COMMIT')
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** A failure such as a full disk may have rolled back already; then there is nothing left to do. */
export function rollBack(db: Database): void {
  try {
    db.exec('ROLLBACK')
  } catch {
    // No transaction is open, which is what was wanted.
  }
}
