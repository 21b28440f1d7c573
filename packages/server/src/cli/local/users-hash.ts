// `sayso users hash`: a password as it may stand in a users file. It is asked for, never an argument that others can see.

import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { WeakPassword } from '../../auth/errors.ts'
import { passwordHash } from '../../people/users-file/password-hash.ts'
import type { Terminal } from '../terminal.ts'
import { Trouble } from '../trouble.ts'
import type { Call, Outcome, Verb } from '../verb.ts'

export const usersHashVerb: Verb = {
  name: 'users hash',
  usage: '',
  summary: 'hash a password for a users file',
  help: [
    'Asks for the password without showing it, or reads it from standard input, up to the end of the',
    'line. Prints what belongs after `password:` in the users file (docs/people.md).',
    '',
    'Ends with 0 if it was hashed, 2 if it is empty or longer than 128 characters.',
  ],
  options: [],
  operands: { least: 0, most: 0, what: 'operand' },
  run: hash,
}

async function hash({ terminal }: Call): Promise<Outcome> {
  const given = terminal.isInteractive ? await asked(terminal) : await text(terminal.stdin)
  const [password = ''] = given.split(/\r?\n/, 1)
  try {
    const hashed = await passwordHash(password)
    return { exitCode: 0, lines: [hashed], json: { hash: hashed } }
  } catch (error) {
    if (!(error instanceof WeakPassword)) throw error
    throw new Trouble(error.message, 'choose another one', { code: 'password_weak' })
  }
}

/** What is typed is not shown: the line editor writes where nobody reads. */
async function asked({ stdin, stderr }: Terminal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true })
  stderr.write('Password: ')
  const answer = await new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''))
    lines.question('', resolve)
  })
  lines.close()
  stderr.write('\n')
  return answer
}
