// `sayso policy test`: plays scenario files and says which expectations were not met.

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PolicyDocument } from '@sayso/policy'
import {
  type PolicyProblem,
  playScenario,
  type ScenarioCheck,
  ScenarioInvalid,
} from '@sayso/policy/document'
import { type Documents, parsedPolicy, unreadable } from './documents.ts'
import { problemLines, Trouble } from './trouble.ts'
import type { Call, Outcome, Verb } from './verb.ts'

export const testVerb: Verb = {
  name: 'policy test',
  usage: '<scenario file or folder>...',
  summary: 'play scenario files and say which expectations are not met',
  help: [
    'Of a folder, every .yaml, .yml and .json file in it and below is played; valid policy documents',
    'and names that begin with a dot are passed over, and so is `node_modules`.',
    'Prints every failure as `file:line:column: question: expected …, got …`.',
    '',
    'Ends with 0 if all passed, 1 if something failed, 2 if a file is not a scenario.',
  ],
  options: [
    {
      name: 'policy',
      value: 'file',
      help: 'the policy that decides, instead of that in the scenarios',
    },
  ],
  operands: { least: 1, most: Number.POSITIVE_INFINITY },
  run: test,
}

type Played = { readonly file: string } & (
  | { readonly name: string; readonly checks: readonly ScenarioCheck[] }
  | { readonly problems: readonly PolicyProblem[] }
)

async function test({ operands, options, documents }: Call): Promise<Outcome> {
  const path = options.get('policy')
  const policy = path === undefined ? undefined : (await documents.policy(path, 2)).document
  const files = await scenariosIn(operands, documents)
  const played = files.map(({ file, text }) => play(file, text, policy))
  const checks = played.flatMap((each) => ('checks' in each ? each.checks : []))
  const passed = checks.filter((check) => check.passed).length
  const failed = checks.length - passed
  const invalid = played.filter((each) => 'problems' in each).length
  return {
    exitCode: invalid > 0 ? 2 : failed > 0 ? 1 : 0,
    lines: [...played.flatMap(linesOf), summary(passed, failed, invalid)],
    json: { passed, failed, invalid, files: played },
  }
}

function summary(passed: number, failed: number, invalid: number): string {
  const unplayed = invalid === 1 ? ', 1 file not valid' : `, ${invalid} files not valid`
  return `${passed} passed, ${failed} failed${invalid === 0 ? '' : unplayed}`
}

function linesOf(played: Played): readonly string[] {
  const { file } = played
  if ('problems' in played) return problemLines(file, played.problems)
  return played.checks
    .filter(({ passed }) => !passed)
    .map(({ line, column, name, question, expected, actual }) => {
      const about = name === undefined ? '' : `${name}: `
      return `${file}:${line}:${column}: ${about}${question}: expected ${expected}, got ${actual}`
    })
}

function play(file: string, text: string, policy: PolicyDocument | undefined): Played {
  try {
    return { file, ...playScenario(text, policy) }
  } catch (error) {
    if (!(error instanceof ScenarioInvalid)) throw error
    return { file, problems: isPolicy(text) ? [NO_SCENARIO] : error.problems }
  }
}

const NO_SCENARIO: PolicyProblem = {
  line: 1,
  column: 1,
  path: '',
  message: 'this is a policy, not a scenario',
  remedy: 'name scenario files, and give the policy with --policy',
}

function isPolicy(text: string): boolean {
  return 'document' in parsedPolicy(text)
}

/** The texts of all files named, and of those in folders that are named; each once, folders in the order of names. */
async function scenariosIn(paths: readonly string[], documents: Documents) {
  const found = new Map<string, { readonly file: string; readonly text: string }>()
  for (const path of paths) {
    if (path === '-' || !(await stat(path).catch(unreadable(path))).isDirectory()) {
      found.set(path, await documents.read(path))
      continue
    }
    const before = found.size
    for (const file of await filesBelow(path)) {
      const read = await documents.read(file)
      if (!isPolicy(read.text)) found.set(file, read)
    }
    if (found.size === before) throw noScenarios(path)
  }
  return [...found.values()]
}

function noScenarios(folder: string): Trouble {
  return new Trouble(
    `there is no scenario in \`${folder}\``,
    'name a folder with .yaml, .yml or .json files of scenarios',
    { code: 'no_scenarios' },
  )
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unreadable(folder))
  const files: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesBelow(path)))
    else if (/\.(ya?ml|json)$/.test(entry.name)) files.push(path)
  }
  return files
}
