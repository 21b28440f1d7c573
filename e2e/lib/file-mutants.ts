// Builds that give files to whom they are not for.

import type { Mutant } from './mutant.ts'

const READ = 'server/dist/commands/read-file.js'

export const FILE_MUTANTS: readonly Mutant[] = [
  {
    name: 'file-without-rights',
    wrong: 'gives a file to whoever knows its address',
    edits: [
      {
        file: READ,
        find: "return (authorize(world, credential, 'history', channel).allowed ||",
        replace: "return (true || authorize(world, credential, 'history', channel).allowed ||",
      },
      { file: READ, find: 'return seen.length > 0 && ', replace: 'void seen; return ' },
    ],
  },
  {
    name: 'file-unsent-for-all',
    wrong: 'gives a file that no message carries yet to whoever reads the channel',
    edits: [
      {
        file: READ,
        find: "file.state === 'ready' && file.owner === actorOf(asker)",
        replace: "file.state === 'ready' && actorOf(asker) !== ''",
      },
    ],
  },
  {
    name: 'file-never-let-go',
    wrong: 'gives a file whose message has let go of it',
    edits: [
      { file: READ, find: 'filesIn(message.extras).includes(id)', replace: 'id !== ""' },
      {
        file: 'server/dist/commands/amend-message.js',
        find: '...doomedRecords(gone),',
        replace: '...doomedRecords([]),',
      },
    ],
  },
]
