// The plans SQLite makes for the audit log: none of them looks through the table.

import { describe, expect, test } from 'vitest'
import { auditSql } from './audit.ts'
import { loadDriver } from './driver.ts'
import { migrate } from './migrations.ts'

const ASKED = [
  [{}, 'SEARCH audit USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  [{ actor: 'a' }, 'SEARCH audit USING INDEX audit_by_actor (actor=? AND rowid>? AND rowid<?)'],
  [
    { command: 'c' },
    'SEARCH audit USING INDEX audit_by_command (command=? AND rowid>? AND rowid<?)',
  ],
  [
    { actor: 'a', command: 'c' },
    'SEARCH audit USING INDEX audit_by_actor_and_command (actor=? AND command=? AND rowid>? AND rowid<?)',
  ],
  [{ target: 't' }, 'SEARCH audit USING INDEX audit_by_target (target=? AND rowid>? AND rowid<?)'],
  [
    { actor: 'a', command: 'c', target: 't' },
    'SEARCH audit USING INDEX audit_by_target (target=? AND rowid>? AND rowid<?)',
  ],
  [
    { command: 'c', place: 'p' },
    'SEARCH audit USING INDEX audit_by_place (<expr>=? AND rowid>? AND rowid<?)',
  ],
  [
    { actor: 'a', person: 'user:p' },
    'SEARCH audit USING INDEX audit_by_person (<expr>=? AND rowid>? AND rowid<?)',
  ],
] as const

describe('reading the audit log', () => {
  test.each(ASKED)(
    '[ST71] asked for %o, one index gives the page in its order',
    async (query, plan) => {
      const db = (await loadDriver())(':memory:')
      migrate(db, 's')
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${auditSql({ limit: 1, ...query })}`)
      const values = Object.values(query)
      // No second step: nothing is sorted.
      expect(steps.all(0, 9, ...values, 1)).toMatchObject([{ detail: plan }])
      db.close()
    },
  )
})
