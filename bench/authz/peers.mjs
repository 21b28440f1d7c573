// The others on the chat workload, each in its own idiom: plain packed maps as the floor, CASL, casbin, Cedar.

import { createMongoAbility, subject } from '@casl/ability'
import cedar from '@cedar-policy/cedar-wasm/nodejs'
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin'
import { guild, hall, person } from './ours.mjs'
import { guildOf } from './workload.mjs'

/** Role bits by packed numbers, the rules written out by hand: what no engine can beat. */
export const floor = {
  name: 'packed maps',
  load(facts) {
    const BIT = { keeper: 1, talker: 2, barred: 4, warden: 1, resident: 2 }
    const MAY = { see: 3, say: 3, amend: 3, erase: 1, bar: 1 }
    const inHall = new Map()
    const inGuild = new Map()
    const give = (roles, key, bit) => roles.set(key, (roles.get(key) ?? 0) | bit)
    const at = (person, hall) => person * facts.halls + hall
    for (const [person, role, hall] of facts.hallRoles) give(inHall, at(person, hall), BIT[role])
    for (const [person, role, guild] of facts.guildRoles) {
      give(inGuild, person * facts.guilds + guild, BIT[role])
    }
    return {
      prepare: (request) => request,
      check({ person, action, hall, author }) {
        let bits = inHall.get(at(person, hall)) ?? 0
        if ((bits & 4) !== 0) return false
        const above = inGuild.get(person * facts.guilds + guildOf(hall)) ?? 0
        bits |= above & 1
        if (facts.isClosed[hall] === 0) bits |= above & 2
        return (bits & MAY[action]) !== 0 && (action !== 'amend' || author === person)
      },
      grant: (person, role, hall) => give(inHall, at(person, hall), BIT[role]),
      revoke: (person, role, hall) =>
        inHall.set(at(person, hall), (inHall.get(at(person, hall)) ?? 0) & ~BIT[role]),
    }
  },
}

/**
 * One ability per person, kept by their id until their roles change; instances gathered in `$in`, as its guide advises. Asked
 * with the same ids as ours; the hall comes with its fields, as whoever asks CASL has loaded it.
 */
export const casl = {
  name: '@casl/ability',
  load(facts) {
    const rolesOf = new Map()
    const give = (who, role, place) => {
      const roles = rolesOf.get(who) ?? {}
      rolesOf.set(who, roles)
      roles[role] ??= []
      roles[role].push(place)
    }
    for (const [who, role, where] of facts.guildRoles) give(person(who), role, guild(where))
    for (const [who, role, where] of facts.hallRoles) give(person(who), role, hall(where))
    const abilities = new Map()
    const build = (who) => {
      const { keeper, talker, barred, warden, resident } = rolesOf.get(who) ?? {}
      const rules = []
      const allow = (action, conditions) => {
        rules.push({ action, subject: 'hall', conditions })
        rules.push({
          action: 'amend',
          subject: 'hall',
          conditions: { ...conditions, author: who },
        })
      }
      const all = ['see', 'say', 'erase', 'bar']
      if (keeper) allow(all, { id: { $in: keeper } })
      if (warden) allow(all, { guild: { $in: warden } })
      if (talker) allow(['see', 'say'], { id: { $in: talker } })
      if (resident) allow(['see', 'say'], { guild: { $in: resident }, closed: false })
      if (barred) {
        const conditions = { id: { $in: barred } }
        rules.push({ action: [...all, 'amend'], subject: 'hall', conditions, inverted: true })
      }
      return createMongoAbility(rules)
    }
    const abilityOf = (who) => {
      const known = abilities.get(who)
      if (known) return known
      const made = build(who)
      abilities.set(who, made)
      return made
    }
    return {
      prepare: ({ person: who, action, hall: where, author }) => ({
        who: person(who),
        action,
        hall: {
          id: hall(where),
          guild: guild(guildOf(where)),
          closed: facts.isClosed[where] === 1,
          author: person(author),
        },
      }),
      check: ({ who, action, hall: where }) => abilityOf(who).can(action, subject('hall', where)),
      grant(who, role, where) {
        give(person(who), role, hall(where))
        abilities.delete(person(who))
      },
      revoke(who, role, where) {
        const roles = rolesOf.get(person(who))
        roles[role] = roles[role].filter((one) => one !== hall(where))
        abilities.delete(person(who))
      },
    }
  },
}

const CASBIN_MODEL = `
[request_definition]
r = sub, act, hall, guild, door, author
[policy_definition]
p = scope, role, act, door, whose, eft
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.act == p.act && (p.whose == "any" || r.author == r.sub) && ((p.scope == "hall" && g(r.sub, p.role, r.hall)) || (p.scope == "guild" && (p.door == "any" || p.door == r.door) && g(r.sub, p.role, r.guild)))
`

function casbinRules() {
  const all = ['see', 'say', 'erase', 'bar']
  const rows = []
  const allow = (scope, role, actions, door) => {
    for (const action of actions) rows.push([scope, role, action, door, 'any', 'allow'])
    rows.push([scope, role, 'amend', door, 'own', 'allow'])
  }
  allow('hall', 'keeper', all, 'any')
  allow('hall', 'talker', ['see', 'say'], 'any')
  allow('guild', 'warden', all, 'any')
  allow('guild', 'resident', ['see', 'say'], 'open')
  for (const action of [...all, 'amend'])
    rows.push(['hall', 'barred', action, 'any', 'any', 'deny'])
  return rows.map((row) => `p, ${row.join(', ')}`).join('\n')
}

/** Roles with domains, deny overrides; links go straight to the role manager, as adding them in bulk is quadratic. */
export const casbin = {
  name: 'casbin',
  async load(facts) {
    const model = newModelFromString(CASBIN_MODEL)
    const enforcer = await newEnforcer(model, new StringAdapter(casbinRules()))
    enforcer.enableLog(false)
    enforcer.enableAutoBuildRoleLinks(false)
    const roles = enforcer.getRoleManager()
    for (const [person, role, hall] of facts.hallRoles)
      await roles.addLink(`p${person}`, role, `h${hall}`)
    for (const [person, role, guild] of facts.guildRoles) {
      await roles.addLink(`p${person}`, role, `g${guild}`)
    }
    return {
      prepare: ({ person, action, hall, author }) => [
        `p${person}`,
        action,
        `h${hall}`,
        `g${guildOf(hall)}`,
        facts.isClosed[hall] === 1 ? 'closed' : 'open',
        `p${author}`,
      ],
      check: (request) => enforcer.enforceSync(...request),
      grant: (person, role, hall) => roles.addLink(`p${person}`, role, `h${hall}`),
      revoke: (person, role, hall) => roles.deleteLink(`p${person}`, role, `h${hall}`),
    }
  },
}

const CEDAR_SCHEMA = `
entity Set;
entity Person in [Set];
entity Hall { keepers: Set, talkers: Set, barred: Set, wardens: Set, residents: Set, closed: Bool };
action see, say, amend, erase, bar appliesTo { principal: Person, resource: Hall, context: { author: Person } };
`
const CEDAR_POLICY = `
permit(principal, action in [Action::"see", Action::"say", Action::"erase", Action::"bar"], resource)
  when { principal in resource.keepers || principal in resource.wardens };
permit(principal, action in [Action::"see", Action::"say"], resource)
  when { principal in resource.talkers || (principal in resource.residents && !resource.closed) };
permit(principal, action == Action::"amend", resource)
  when { context.author == principal && (principal in resource.keepers || principal in resource.wardens ||
    principal in resource.talkers || (principal in resource.residents && !resource.closed)) };
forbid(principal, action, resource) when { principal in resource.barred };
`

/** Policies and schema parsed beforehand; each call carries the two entities it is about. */
export const cedarWasm = {
  name: 'cedar-wasm',
  load(facts) {
    const parsed = [
      cedar.preparsePolicySet('bench', { staticPolicies: CEDAR_POLICY }),
      cedar.preparseSchema('bench', CEDAR_SCHEMA),
    ]
    if (parsed.some(({ type }) => type !== 'success')) throw new Error(JSON.stringify(parsed))
    const setsOf = Array.from({ length: facts.people }, () => new Set())
    for (const [person, role, hall] of facts.hallRoles) setsOf[person].add(`h${hall} ${role}`)
    for (const [person, role, guild] of facts.guildRoles) setsOf[person].add(`g${guild} ${role}`)
    const entity = (type, id) => ({ __entity: { type, id } })
    const entitiesOf = (person, hall) => {
      const above = `g${guildOf(hall)}`
      const parents = [...setsOf[person]].map((id) => ({ type: 'Set', id }))
      const attrs = {
        keepers: entity('Set', `h${hall} keeper`),
        talkers: entity('Set', `h${hall} talker`),
        barred: entity('Set', `h${hall} barred`),
        wardens: entity('Set', `${above} warden`),
        residents: entity('Set', `${above} resident`),
        closed: facts.isClosed[hall] === 1,
      }
      return [
        { uid: { type: 'Person', id: `p${person}` }, attrs: {}, parents },
        { uid: { type: 'Hall', id: `h${hall}` }, attrs, parents: [] },
      ]
    }
    return {
      prepare: (request) => request,
      check({ person, action, hall, author }) {
        const answer = cedar.statefulIsAuthorized({
          principal: { type: 'Person', id: `p${person}` },
          action: { type: 'Action', id: action },
          resource: { type: 'Hall', id: `h${hall}` },
          context: { author: entity('Person', `p${author}`) },
          entities: entitiesOf(person, hall),
          preparsedPolicySetId: 'bench',
          preparsedSchemaName: 'bench',
          validateRequest: false,
        })
        if (answer.type !== 'success') throw new Error(JSON.stringify(answer))
        return answer.response.decision === 'allow'
      },
      grant: (person, role, hall) => setsOf[person].add(`h${hall} ${role}`),
      revoke: (person, role, hall) => setsOf[person].delete(`h${hall} ${role}`),
    }
  },
}
