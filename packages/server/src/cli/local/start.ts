// `sayso start`: runs the server in this process, as `npm start` does, from what is built.

import { settingsHelp } from '../../settings-table.ts'
import type { Outcome, Verb } from '../verb.ts'

export const startVerb: Verb = {
  name: 'start',
  usage: '',
  summary: 'run the server',
  help: [
    'Serves pages, REST and realtime until it is stopped with Ctrl+C or SIGTERM, which drains.',
    '',
    ...settingsHelp().trimEnd().split('\n').slice(2),
  ],
  options: [],
  operands: { least: 0, most: 0, what: 'operand' },
  async run(): Promise<Outcome> {
    // Only now: the server's parts take a moment to load, and no other verb needs them.
    const { main } = await import('../../bin.ts')
    await main([])
    return { exitCode: 0, lines: [], json: {} }
  },
}
