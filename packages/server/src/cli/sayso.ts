// The command `sayso`: finds the verb, lets it answer, and prints the answer for people or for programs.

import { applyVerb } from './apply.ts'
import { readArguments } from './arguments.ts'
import { checkVerb } from './check.ts'
import { diffVerb } from './diff.ts'
import { Documents } from './documents.ts'
import { generalHelp, verbHelp } from './help.ts'
import { type Terminal, writeLines } from './terminal.ts'
import { testVerb } from './test.ts'
import { type ExitCode, problemLines, Trouble, usageTrouble } from './trouble.ts'
import type { Verb } from './verb.ts'

const VERBS: readonly Verb[] = [checkVerb, diffVerb, testVerb, applyVerb]

/** Runs one command to its end. Only a mistake in this program makes it throw. */
export async function sayso(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [topic, name, ...rest] = args
  if (topic === undefined || (topic === 'policy' && name === undefined)) {
    writeLines(terminal.stderr, generalHelp(VERBS))
    return 2
  }
  if (isHelp(topic) || (topic === 'policy' && isHelp(name))) {
    writeLines(terminal.stdout, generalHelp(VERBS))
    return 0
  }
  try {
    return await run(verbOf(topic, name), rest, terminal)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return tell(error, terminal, args.includes('--json'))
  }
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h'
}

function verbOf(topic: string, name: string | undefined): Verb {
  if (topic !== 'policy') throw usageTrouble(`\`sayso\` knows no \`${topic}\`, only \`policy\``)
  const verb = VERBS.find((each) => each.name === name)
  if (verb) return verb
  const names = VERBS.map((each) => `\`${each.name}\``).join(', ')
  throw usageTrouble(`\`sayso policy\` knows no \`${name}\`, only ${names}`)
}

async function run(verb: Verb, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const read = readArguments(verb, args)
  if (read.options.has('help')) {
    writeLines(terminal.stdout, verbHelp(verb))
    return 0
  }
  const isJson = read.options.has('json')
  const { exitCode, lines, json } = await verb.run({
    ...read,
    terminal,
    documents: new Documents(terminal),
    show: (shown) => writeLines(isJson ? terminal.stderr : terminal.stdout, shown),
  })
  if (isJson) writeJson(terminal, json)
  else writeLines(terminal.stdout, lines)
  return exitCode
}

function tell(trouble: Trouble, terminal: Terminal, isJson: boolean): ExitCode {
  const { code, message, remedy, invalid, exitCode } = trouble
  if (isJson) {
    writeJson(terminal, { error: { code, message, remedy, ...invalid } })
    return exitCode
  }
  const problems = invalid === undefined ? [] : problemLines(invalid.file, invalid.problems)
  writeLines(terminal.stderr, [...problems, `sayso: ${message}; ${remedy}`])
  return exitCode
}

function writeJson(terminal: Terminal, value: Readonly<Record<string, unknown>>): void {
  terminal.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}
