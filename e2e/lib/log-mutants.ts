// Builds whose decisions log or audit log is broken on purpose, which its test must notice.

import type { Mutant } from './mutant.ts'

export const LOG_MUTANTS: readonly Mutant[] = [
  {
    name: 'log-of-every-tenant',
    wrong: 'shows an administrator of one tenant the decisions of all',
    edits: [
      {
        file: 'server/dist/rest/app/decision-log.js',
        find: "scope: tenants === 'all' ? {} : { tenants }",
        replace: 'scope: {}',
      },
    ],
  },
  {
    name: 'log-of-allows',
    wrong: 'leaves denied checks out of the log',
    edits: [
      {
        file: 'server/dist/rest/permit/pdp/logged.js',
        find: 'answering.answered({',
        replace: 'if (allow) answering.answered({',
      },
    ],
  },
  {
    name: 'log-unwritten',
    wrong: 'says that decisions were written, and writes none',
    edits: [
      {
        file: 'store/dist/sqlite/decisions/table.js',
        find: '(isMany ? insertMany : insert).run(',
        replace: '[].concat(',
      },
    ],
  },
  {
    name: 'read-unseen',
    wrong: 'lets administrators read without a line',
    edits: [
      {
        file: 'server/dist/commands/note-read.js',
        find: 'await context.reads.once(',
        replace: 'if (false) await context.reads.once(',
      },
    ],
  },
]
