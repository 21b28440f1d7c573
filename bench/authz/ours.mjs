// Sayso's engine on the chat workload.

import { decide, emptyWorld, foldRights, isAllowed } from '@sayso/policy'
import { guildOf } from './workload.mjs'

const text = `
version: 1
tenant: { key: bench, roles: {} }
types:
  guild:
    actions: [enter]
    roles: { warden: {}, resident: { can: [enter] } }
  hall:
    attributes: { closed: bool }
    relations: { belongs: [guild] }
    actions: [see, say, amend, erase, bar]
    roles:
      keeper: { can: [see, say, erase, bar], from: [{ role: warden, via: belongs }] }
      talker: { can: [see, say], from: [{ role: resident, via: belongs, when: '!resource.closed' }] }
      barred: {}
    rules:
      - { allow: amend, to: [keeper, talker], when: 'context.author == subject.id' }
      - { forbid: '*', to: [barred] }
`

export const person = (n) => `user:p${n}`
export const hall = (n) => `hall:h${n}`
export const guild = (n) => `guild:g${n}`

/** The changes that make the facts, one by one, so that nothing but the world is left of them. */
export function* changesOf(facts, document) {
  yield { kind: 'put-policy', document, text }
  for (let n = 0; n < facts.guilds; n += 1) {
    yield { kind: 'put-resource', resource: guild(n), attributes: {} }
  }
  for (let n = 0; n < facts.halls; n += 1) {
    yield {
      kind: 'put-resource',
      resource: hall(n),
      attributes: { closed: facts.isClosed[n] === 1 },
    }
    yield { kind: 'relate', resource: hall(n), relation: 'belongs', target: guild(guildOf(n)) }
  }
  for (let n = 0; n < facts.people; n += 1) {
    yield { kind: 'put-person', subject: person(n), attributes: {} }
  }
  for (const [who, role, where] of facts.guildRoles) {
    yield { kind: 'assign', tuple: { resource: guild(where), role, subject: person(who) } }
  }
  for (const [who, role, where] of facts.hallRoles) {
    yield { kind: 'assign', tuple: { resource: hall(where), role, subject: person(who) } }
  }
}

/** Folds changes in entries of ten thousand. */
export function worldOf(changes) {
  let world = emptyWorld
  let entry = []
  const fold = () => {
    world = foldRights(world, entry, world.revision + 1)
    entry = []
  }
  for (const change of changes) {
    entry.push(change)
    if (entry.length === 10_000) fold()
  }
  fold()
  return world
}

/** @param parsePolicy from `@sayso/policy/document` */
export function ours(parsePolicy) {
  const document = parsePolicy(text)
  return {
    name: 'sayso',
    load(facts) {
      let world = worldOf(changesOf(facts, document))
      const change = (kind) => (who, role, where) => {
        const tuple = { resource: hall(where), role, subject: person(who) }
        world = foldRights(world, [{ kind, tuple }], world.revision + 1)
      }
      return {
        world: () => world,
        prepare: ({ person: who, action, hall: where, author }) => ({
          subject: person(who),
          action,
          resource: hall(where),
          context: { author: `p${author}` },
        }),
        check: (question) => isAllowed(world, question),
        checkWithReasons: (question) => decide(world, question).allowed,
        grant: change('assign'),
        revoke: change('unassign'),
      }
    },
  }
}
