// Bytes per assignment of a whole world, everything included; a process of its own, so that nothing else counts.

import { parsePolicy } from '@sayso/policy/document'
import { ours } from './ours.mjs'
import { factsOf } from './workload.mjs'

const [people, guilds] = process.argv.slice(2).map(Number)
const facts = factsOf(people, guilds)
const adapter = ours(parsePolicy)

const used = () => {
  for (let n = 0; n < 4; n += 1) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const before = used()
const begunAt = performance.now()
const engine = adapter.load(facts)
const loadMs = performance.now() - begunAt
const bytes = used() - before
const assignments = facts.guildRoles.length + facts.hallRoles.length
const world = engine.world()
process.stdout.write(JSON.stringify({ assignments, bytes, loadMs, revision: world.revision }))
