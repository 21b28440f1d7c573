// Who may import whom, checked; and that the checker saw the tree at all: one that reads nothing reports nothing.

import { spawnSync } from 'node:child_process'

const MIN_MODULES = 100
const run = spawnSync(
  'npx',
  ['depcruise', 'packages', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
)
const { summary } = JSON.parse(run.stdout)
for (const { from, to, rule } of summary.violations)
  process.stderr.write(`${rule.name}: ${from} → ${to}\n`)
if (summary.violations.some(({ rule }) => rule.severity === 'error')) process.exit(1)
if (summary.totalCruised < MIN_MODULES) {
  process.stderr.write(`only ${summary.totalCruised} modules were seen: the checker is blind\n`)
  process.exit(1)
}
process.stdout.write(`${summary.totalCruised} modules, every import in its direction\n`)
