// What every verb of the command line is: its words, its options, and what it does with them.

import type { Documents } from './documents.ts'
import type { Terminal } from './terminal.ts'
import type { ExitCode } from './trouble.ts'

export type Option = {
  readonly name: string
  readonly short?: string
  /** What its value is, for the help; absent for an option that is there or not. */
  readonly value?: string
  readonly help: string
}

export type Arguments = {
  /** What stands on the line beside options, in order. */
  readonly operands: readonly string[]
  /** Values of the options given; '' for those that take none. */
  readonly options: ReadonlyMap<string, string>
}

export type Call = Arguments & {
  readonly terminal: Terminal
  readonly documents: Documents
  /** Says something before the answer, where it does not mix with an answer in JSON. */
  show(lines: readonly string[]): void
}

export type Outcome = {
  readonly exitCode: ExitCode
  readonly lines: readonly string[]
  /** The same for programs. */
  readonly json: Readonly<Record<string, unknown>>
}

export type Verb = {
  /** Its words after `sayso`: `policy check`, `backup`. */
  readonly name: string
  /** Its operands and options as the help shows them. */
  readonly usage: string
  /** One line for the list of verbs. */
  readonly summary: string
  /** The rest of its help. */
  readonly help: readonly string[]
  readonly options: readonly Option[]
  /** How many operands it takes, and what they are. */
  readonly operands: { readonly least: number; readonly most: number; readonly what?: string }
  run(call: Call): Promise<Outcome>
}

export const SERVER_OPTIONS: readonly Option[] = [
  {
    name: 'server',
    value: 'url',
    help: 'address of the server; else SAYSO_URL, else http://127.0.0.1:8080',
  },
  {
    name: 'key',
    value: 'app.key:secret',
    help: 'API key with the `admin` scope; else SAYSO_KEY, which others on this machine cannot see',
  },
]

export const COMMON_OPTIONS: readonly Option[] = [
  { name: 'json', help: 'answer as one JSON object on standard output' },
  { name: 'help', short: 'h', help: 'show this and do nothing' },
]
