// Ties rules to tests: every rule of a SPEC.md has a test that names it, every named rule exists, no id is used twice.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PREFIX = { policy: 'PO', channel: 'CH', store: 'ST', protocol: 'PR' }

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['dist', 'node_modules'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testFiles(path)
    return /\.test\.tsx?$|[\\/]contract[\\/].*\.ts$/.test(path) ? [path] : []
  })
}

/** Ids that a SPEC.md states, in its order. */
function statedIn(folder) {
  const text = readFileSync(join(folder, 'SPEC.md'), 'utf8')
  return [...text.matchAll(/^\s*[-*|] \*\*([A-Z]{2}\d+)\*\*/gm)].map(([, id]) => id)
}

/** Ids that test names begin with, and tests that name none. */
function testedIn(folder) {
  const ids = new Set()
  const nameless = []
  for (const file of testFiles(folder)) {
    const text = readFileSync(file, 'utf8')
    for (const [, named] of text.matchAll(/['"`]\[((?:[A-Z]{2}\d+(?:, ?)?)+)\]/g)) {
      for (const id of named.split(/, ?/)) ids.add(id)
    }
    for (const [, title] of text.matchAll(
      /^\s*(?:test|it)(?:\.each\([^)]*\))?\(\s*['"`]([^'"`]+)/gm,
    )) {
      if (!title.startsWith('[')) nameless.push(`${file}: the test "${title}" names no rule`)
    }
  }
  return { ids, nameless }
}

function problemsOf(name, prefix, folder) {
  const stated = statedIn(folder)
  const { ids, nameless } = testedIn(folder)
  const twice = stated.filter((id, index) => stated.indexOf(id) !== index)
  const foreign = stated.filter((id) => !id.startsWith(prefix))
  const untested = stated.filter((id) => !ids.has(id))
  const unstated = [...ids].filter((id) => id.startsWith(prefix) && !stated.includes(id))
  return [
    ...nameless,
    ...twice.map((id) => `${name}: ${id} is stated twice`),
    ...foreign.map((id) => `${name}: ${id} does not begin with ${prefix}`),
    ...untested.map((id) => `${name}: ${id} has no test`),
    ...unstated.map((id) => `${name}: a test names ${id}, which no rule states`),
  ]
}

export function specProblems(root) {
  const folders = Object.entries(PREFIX).map(([name, prefix]) => [
    name,
    prefix,
    join(root, 'packages', name),
  ])
  const without = folders.filter(([, , folder]) => !existsSync(join(folder, 'SPEC.md')))
  const complete = folders.filter((each) => !without.includes(each))
  return {
    problems: [
      ...without.map(([name]) => `${name}: there is no SPEC.md`),
      ...complete.flatMap(([name, prefix, folder]) => problemsOf(name, prefix, folder)),
    ],
    rules: complete.reduce((sum, [, , folder]) => sum + statedIn(folder).length, 0),
  }
}

if (process.argv[1]?.endsWith('spec.mjs')) {
  const { problems, rules } = specProblems(process.cwd())
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exit(1)
  process.stdout.write(`${rules} rules, each with a test\n`)
}
