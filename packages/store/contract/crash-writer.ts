// A process to be killed: publishers that write as fast as they can and report each acknowledgement before the next.

import { writeSync } from 'node:fs'
import { openSqliteStore } from '../src/sqlite/index.ts'
import { assign, commit, publish, rights, unassign } from './builders.ts'

const [folder = '', round = ''] = process.argv.slice(2)

export type Acknowledged = {
  readonly publisher: string
  readonly number: number
  readonly revision: number
  readonly serial: string
}

function report(line: Acknowledged | 'ready'): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

async function publisher(store: Awaited<ReturnType<typeof openSqliteStore>>, name: string) {
  const audit = { command: 'test', actor: 'server', target: name }
  for (let number = 0; ; number += 1) {
    const message = publish(
      [{ data: 'x'.repeat(number % 300), extras: { publisher: name, number } }],
      {
        idBase: `${name}:${number}`,
      },
    )
    const change = number % 2 === 0 ? assign(`hall#host@${name}`) : unassign(`hall#host@${name}`)
    const write = number % 5 === 0 ? [message, rights(change)] : message
    const records = [{ collection: 'last', key: name, value: { number } }]
    const { entries } = await commit(store, write, { audit, records })
    const [first] = entries
    if (first) report({ publisher: name, number, revision: first.revision, serial: first.serial })
  }
}

const store = await openSqliteStore({ folder })
report('ready')
for (const index of [0, 1, 2, 3, 4, 5, 6, 7]) void publisher(store, `r${round}p${index}`)
