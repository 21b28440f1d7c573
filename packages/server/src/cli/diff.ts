// `sayso policy diff`: what differs between two policies, and what the difference would do on a running server.

import { compare, compareWithServer, comparisonJson, comparisonText, sideOf } from './comparison.ts'
import { serverOf } from './server-calls.ts'
import { usageTrouble } from './trouble.ts'
import { type Call, type Outcome, SERVER_OPTIONS, type Verb } from './verb.ts'

export const diffVerb: Verb = {
  name: 'policy diff',
  usage: '[<old file>] <new file>',
  summary: 'say what differs from the policy in force, or between two files',
  help: [
    'With one file: what it would change on the server, and what that would do: who gains and loses',
    'how much, by role and by resource, with examples and the live connections concerned.',
    'With two files: what leads from the first to the second; no server is asked.',
    '',
    'Ends with 0 if the policies are equal, 1 if they differ, 2 if that cannot be found out.',
  ],
  options: SERVER_OPTIONS,
  operands: { least: 1, most: 2 },
  run: diff,
}

async function diff(call: Call): Promise<Outcome> {
  const [first = '', second] = call.operands
  const comparison =
    second === undefined ? await againstServer(call, first) : await ofFiles(call, first, second)
  return {
    exitCode: comparison.differences.length === 0 ? 0 : 1,
    lines: comparisonText(comparison),
    json: comparisonJson(comparison),
  }
}

async function againstServer(call: Call, path: string) {
  const server = serverOf(call)
  return compareWithServer(server, sideOf(await call.documents.policy(path, 2)), false)
}

async function ofFiles({ documents, options }: Call, before: string, after: string) {
  for (const name of ['server', 'key']) {
    if (!options.has(name)) continue
    throw usageTrouble(`\`--${name}\` has no use where two files are compared`, 'policy diff')
  }
  const side = async (path: string) => sideOf(await documents.policy(path, 2))
  return compare(await side(before), await side(after))
}
