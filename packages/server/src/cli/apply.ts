// `sayso policy apply`: puts a file in force, after showing what that does and asking.

import {
  type Comparison,
  compareWithServer,
  comparisonJson,
  comparisonText,
  sideOf,
} from './comparison.ts'
import { putPolicy, Refused, serverOf } from './server-calls.ts'
import { isConfirmed } from './terminal.ts'
import { Trouble, usageTrouble } from './trouble.ts'
import { type Call, type Outcome, SERVER_OPTIONS, type Verb } from './verb.ts'

export const applyVerb: Verb = {
  name: 'policy apply',
  usage: '<file> --reason <text>',
  summary: 'put a file in force on the server, after showing what that does',
  help: [
    'Shows the difference and what it does to whom, asks, and puts the file in force if you say yes',
    'and nothing has moved since. It holds in every open session before the command ends.',
    '',
    'Ends with 0 if the file is in force, 1 if it was not applied (not valid, refused by you or by',
    'the server), 2 if something else went wrong.',
  ],
  options: [
    { name: 'reason', value: 'text', help: 'why, for the audit log; required' },
    { name: 'yes', short: 'y', help: 'do not ask; needed where nobody can answer' },
    ...SERVER_OPTIONS,
  ],
  operands: { least: 1, most: 1 },
  run: (call) => apply(call).catch(refusedByServer),
}

async function apply(call: Call): Promise<Outcome> {
  const [path = ''] = call.operands
  const reason = call.options.get('reason')
  if (reason === undefined) throw usageTrouble('`--reason` is missing', 'policy apply')
  const isAsking = !call.options.has('yes')
  requireAnswer(call, isAsking)
  const server = serverOf(call)
  const file = sideOf(await call.documents.policy(path, 1))
  const comparison = await compareWithServer(server, file, true)
  const { before, impact } = comparison
  call.show(comparisonText(comparison))
  if (before.text === file.text || impact === undefined) return unchanged(comparison)
  if (comparison.differences.length === 0) {
    call.show(['Only how it is written differs: comments, order, style.'])
  }
  if (isAsking && !(await isConfirmed(call.terminal, `Put this in force on ${server.url}?`))) {
    return { exitCode: 1, lines: ['Not applied.'], json: applied(comparison, false) }
  }
  const { revision } = await putPolicy(server, {
    file: file.source,
    text: file.text,
    reason,
    before: before.version,
    revision: impact.revision,
  })
  return {
    exitCode: 0,
    lines: [`Applied at revision ${revision}, version ${file.version}.`],
    json: { ...applied(comparison, true), revision },
  }
}

/** That the server refuses is an answer here: it was not applied. */
function refusedByServer(error: unknown): never {
  if (!(error instanceof Refused) || error.status >= 500) throw error
  const { message, remedy, code, invalid } = error
  throw new Trouble(message, remedy, { code, exitCode: 1, ...(invalid && { invalid }) })
}

/** @throws {Trouble} if the question would be asked where nobody can answer it */
function requireAnswer({ operands, terminal }: Call, isAsking: boolean): void {
  if (!isAsking || (terminal.isInteractive && operands[0] !== '-')) return
  throw new Trouble(
    'nobody is here to say whether to apply it',
    'look at it with `sayso policy diff`, then add --yes',
    { code: 'confirmation_missing' },
  )
}

function unchanged(comparison: Comparison): Outcome {
  const { revision } = comparison.before
  return {
    exitCode: 0,
    lines: ['It is in force already; nothing was done.'],
    json: { ...applied(comparison, false), revision },
  }
}

function applied(comparison: Comparison, isApplied: boolean) {
  return { applied: isApplied, version: comparison.after.version, ...comparisonJson(comparison) }
}
