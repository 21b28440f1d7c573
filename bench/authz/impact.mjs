// What one grant moves, and what an edit of the policy would move for everybody: time, slices, and whether it is right.

import { flips, foldRights, simulate } from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import { quantile } from '../lib/numbers.mjs'
import { passesOf } from './measure.mjs'
import { guild, hall, ours, person } from './ours.mjs'
import { factsOf, guildOf, seeded } from './workload.mjs'

const SLICE = 1_000
const PASSES = 3

/** Microseconds from a grant to the last of its flips: folding the change, then walking it. */
export function grantFlips(world, facts, count) {
  const random = seeded(7)
  const below = (limit) => Math.floor(random() * limit)
  const inHall = () => ({ resource: hall(below(facts.halls)), role: 'keeper' })
  const inGuild = () => ({ resource: guild(below(facts.guilds)), role: 'warden' })
  return {
    'a role in a hall': timed(world, count, () => ({
      ...inHall(),
      subject: person(below(facts.people)),
    })),
    'a role in a guild of 25 halls': timed(world, count, () => ({
      ...inGuild(),
      subject: person(below(facts.people)),
    })),
  }
}

function timed(start, count, tupleOf) {
  let world = start
  let found = 0
  const one = (tuple) => {
    const changes = [{ kind: 'assign', tuple }]
    const begunAt = performance.now()
    const after = foldRights(world, changes, world.revision + 1)
    const foldedAt = performance.now()
    for (const _flip of flips(world, after, changes)) found += 1
    const walkedAt = performance.now()
    world = foldRights(after, [{ kind: 'unassign', tuple }], after.revision + 1)
    return { fold: (foldedAt - begunAt) * 1000, walk: (walkedAt - foldedAt) * 1000 }
  }
  const tuples = Array.from({ length: count }, tupleOf)
  const passes = Array.from({ length: PASSES }, () => tuples.map(one))
  const of = (name) => passesOf(passes.map((pass) => pass.map((took) => took[name])))
  return { flips: found / count / PASSES, fold: of('fold'), walk: of('walk') }
}

/** Talkers lose `say`: simulated for everybody in slices, against a count by hand. */
export function policyEdit(people, guilds) {
  const facts = factsOf(people, guilds)
  const { world: worldNow } = ours(parsePolicy).load(facts)
  const world = worldNow()
  const { document } = world.policy
  const { hall: type } = document.types
  const talker = { ...type.roles.talker, can: ['see'] }
  const edited = { ...type, roles: { ...type.roles, talker } }
  const draft = { ...document, types: { ...document.types, hall: edited } }
  const change = { kind: 'put-policy', document: draft, text: JSON.stringify(draft) }
  const slices = []
  const begunAt = performance.now()
  const simulation = simulate(world, [change], { samples: 10 })
  slices.push(performance.now() - begunAt)
  for (let isDone = false; !isDone; ) {
    const stepAt = performance.now()
    isDone = simulation.step(SLICE)
    slices.push(performance.now() - stepAt)
  }
  const tookMs = performance.now() - begunAt
  const { lost, gained, people: whom } = simulation.impact
  const expected = losersOf(facts)
  if (lost !== expected || gained !== 0) throw new Error(`${lost} lost, by hand ${expected}`)
  return {
    people,
    assignments: facts.guildRoles.length + facts.hallRoles.length,
    tookMs,
    lost,
    whom,
    slices: slices.length,
    longestMs: Math.max(...slices),
    p99Ms: quantile(slices, 0.99),
  }
}

/** Pairs of person and hall where `say` rests on being a talker alone. */
function losersOf(facts) {
  const roles = new Map()
  const KEEPER = 1
  const TALKER = 2
  const BARRED = 4
  const bit = { keeper: KEEPER, talker: TALKER, barred: BARRED }
  const give = (who, where, bits) => {
    const at = who * facts.halls + where
    roles.set(at, (roles.get(at) ?? 0) | bits)
  }
  const hallsEach = facts.halls / facts.guilds
  for (const [who, role, where] of facts.hallRoles) give(who, where, bit[role])
  for (const [who, role, where] of facts.guildRoles) {
    for (let n = where * hallsEach; guildOf(n) === where; n += 1) {
      if (role === 'warden') give(who, n, KEEPER)
      else if (facts.isClosed[n] === 0) give(who, n, TALKER)
    }
  }
  let losers = 0
  for (const bits of roles.values()) if (bits === TALKER) losers += 1
  return losers
}
