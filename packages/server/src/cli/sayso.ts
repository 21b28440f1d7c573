// The command `sayso`: finds the verb, lets it answer, and prints the answer for people or for programs.

import { applyVerb } from './apply.ts'
import { readArguments } from './arguments.ts'
import { checkVerb } from './check.ts'
import { diffVerb } from './diff.ts'
import { Documents } from './documents.ts'
import { generalHelp, verbHelp } from './help.ts'
import { auditVerifyVerb } from './local/audit-verify.ts'
import { backupVerb } from './local/backup.ts'
import { doctorVerb } from './local/doctor.ts'
import { restoreVerb } from './local/restore.ts'
import { startVerb } from './local/start.ts'
import { usersHashVerb } from './local/users-hash.ts'
import { auditListVerb } from './remote/audit.ts'
import { grantVerbs } from './remote/grants.ts'
import { keyVerbs } from './remote/keys.ts'
import { userVerbs } from './remote/users.ts'
import { type Terminal, writeLines } from './terminal.ts'
import { testVerb } from './test.ts'
import { type ExitCode, problemLines, Trouble, usageTrouble } from './trouble.ts'
import type { Verb } from './verb.ts'

const VERBS: readonly Verb[] = [
  startVerb,
  doctorVerb,
  backupVerb,
  restoreVerb,
  ...keyVerbs,
  ...userVerbs,
  usersHashVerb,
  ...grantVerbs,
  auditListVerb,
  auditVerifyVerb,
  checkVerb,
  diffVerb,
  testVerb,
  applyVerb,
]

/** Runs one command to its end. Only a mistake in this program makes it throw. */
export async function sayso(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [topic] = args
  if (args.length === 0 || (args.length === 1 && isTopic(topic))) {
    writeLines(terminal.stderr, generalHelp(verbsOf(topic), topic))
    return 2
  }
  if (isHelp(topic)) {
    writeLines(terminal.stdout, generalHelp(VERBS))
    return 0
  }
  if (isTopic(topic) && isHelp(args[1])) {
    writeLines(terminal.stdout, generalHelp(verbsOf(topic), topic))
    return 0
  }
  try {
    const verb = verbOf(args)
    return await run(verb, args.slice(verb.name.split(' ').length), terminal)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return tell(error, terminal, args.includes('--json'))
  }
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h'
}

/** A word that several verbs begin with, or one that says nothing without the next. */
function isTopic(word: string | undefined): boolean {
  return VERBS.some(({ name }) => name.startsWith(`${word} `))
}

function verbsOf(topic: string | undefined): readonly Verb[] {
  return topic === undefined
    ? VERBS
    : VERBS.filter(({ name }) => name === topic || name.startsWith(`${topic} `))
}

function verbOf([topic = '', name = '']: readonly string[]): Verb {
  const verb =
    VERBS.find((each) => each.name === `${topic} ${name}`) ??
    VERBS.find((each) => each.name === topic)
  if (verb) return verb
  if (isTopic(topic)) {
    const names = verbsOf(topic).map((each) => `\`${each.name.slice(topic.length + 1)}\``)
    throw usageTrouble(`\`sayso ${topic}\` knows no \`${name}\`, only ${names.join(', ')}`)
  }
  const first = [...new Set(VERBS.map((each) => `\`${each.name.split(' ')[0]}\``))]
  throw usageTrouble(`\`sayso\` knows no \`${topic}\`, only ${first.join(', ')}`)
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
