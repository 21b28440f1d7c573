// `sayso policy check`: is this file a policy? All that is wrong with it, each at its place.

import { versionOf } from '../policy-version.ts'
import { parsedPolicy } from './documents.ts'
import { problemLines } from './trouble.ts'
import type { Call, Outcome, Verb } from './verb.ts'

export const checkVerb: Verb = {
  name: 'policy check',
  usage: '<file>',
  summary: 'say whether a file is a valid policy, and all that is wrong with it',
  help: [
    'Prints every problem as `file:line:column: message; remedy`, or `ok` with the version of the',
    'content: equal policies have equal versions, however they are written.',
    '',
    'Ends with 0 if it is valid, 1 if it is not, 2 if it cannot be read.',
  ],
  options: [],
  operands: { least: 1, most: 1 },
  run: check,
}

async function check({ operands: [path = ''], documents }: Call): Promise<Outcome> {
  const { file, text } = await documents.read(path)
  const parsed = parsedPolicy(text)
  if ('problems' in parsed) {
    const { problems } = parsed
    const json = { ok: false, file, problems }
    return { exitCode: 1, lines: problemLines(file, problems), json }
  }
  const version = versionOf(parsed.document)
  return {
    exitCode: 0,
    lines: [`${file}: ok, version ${version}`],
    json: { ok: true, file, version, problems: [] },
  }
}
