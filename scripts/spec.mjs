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

export function specProblems(root) {
  const problems = []
  let rules = 0
  for (const [name, prefix] of Object.entries(PREFIX)) {
    const folder = join(root, 'packages', name)
    const spec = join(folder, 'SPEC.md')
    if (!existsSync(spec)) {
      problems.push(`${name}: there is no SPEC.md`)
      continue
    }
    const stated = [
      ...readFileSync(spec, 'utf8').matchAll(/^\s*[-*|] \*\*([A-Z]{2}\d+)\*\*/gm),
    ].map(([, id]) => id)
    rules += stated.length
    for (const id of stated)
      if (!id.startsWith(prefix)) problems.push(`${name}: ${id} does not begin with ${prefix}`)
    for (const id of new Set(stated))
      if (stated.filter((each) => each === id).length > 1)
        problems.push(`${name}: ${id} is stated twice`)
    const tested = new Set()
    for (const file of testFiles(folder)) {
      const text = readFileSync(file, 'utf8')
      for (const [, ids] of text.matchAll(/['"`]\[((?:[A-Z]{2}\d+(?:, ?)?)+)\]/g)) {
        for (const id of ids.split(/, ?/)) tested.add(id)
      }
      for (const [, title] of text.matchAll(
        /^\s*(?:test|it)(?:\.each\([^)]*\))?\(\s*['"`]([^'"`]+)/gm,
      )) {
        if (!title.startsWith('[')) problems.push(`${file}: the test "${title}" names no rule`)
      }
    }
    for (const id of stated) if (!tested.has(id)) problems.push(`${name}: ${id} has no test`)
    for (const id of tested)
      if (id.startsWith(prefix) && !stated.includes(id))
        problems.push(`${name}: a test names ${id}, which no rule states`)
  }
  return { problems, rules }
}

if (process.argv[1]?.endsWith('spec.mjs')) {
  const { problems, rules } = specProblems(process.cwd())
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exit(1)
  process.stdout.write(`${rules} rules, each with a test\n`)
}
