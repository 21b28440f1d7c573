// The ways in which engines like this one go wrong, and the property that must notice.

import type { Mutant } from './mutant.ts'
import type { Property } from './properties.ts'

export type Caught = Mutant & { readonly by: Property }

export const MUTANTS: readonly Caught[] = [
  {
    name: 'forbid-ignored',
    wrong: 'a rule that forbids is not asked',
    by: 'decisions',
    edits: [
      {
        file: 'engine/case.ts',
        find: 'for (const rule of row.forbid) {',
        replace: 'for (const rule of row.forbid.slice(row.forbid.length)) {',
      },
    ],
  },
  {
    name: 'forbid-error-passes',
    wrong: 'a rule that forbids and errs is taken not to match',
    by: 'decisions',
    edits: [
      {
        file: 'engine/case.ts',
        find: "if (outcome !== false) return ruleReason('forbidden'",
        replace: "if (outcome === true) return ruleReason('forbidden'",
      },
    ],
  },
  {
    name: 'require-error-passes',
    wrong: 'a requirement that errs is taken to hold',
    by: 'decisions',
    edits: [
      {
        file: 'engine/case.ts',
        find: "if (outcome !== true) return ruleReason('requirement'",
        replace: "if (outcome === false) return ruleReason('requirement'",
      },
    ],
  },
  {
    name: 'truthy-allows',
    wrong: 'a condition that gives a text or a list counts as true',
    by: 'decisions',
    edits: [
      {
        file: 'condition/cel.ts',
        find: "return { error: 'the condition gives neither true nor false' }",
        replace: 'return Boolean(value)',
      },
    ],
  },
  {
    name: 'allow-error-passes',
    wrong: 'a rule that allows and errs counts',
    by: 'decisions',
    edits: [
      {
        file: 'engine/case.ts',
        find: 'return this.outcome(rule.asks) === true',
        replace: 'return this.outcome(rule.asks) !== false',
      },
    ],
  },
  {
    name: 'unless-ignored',
    wrong: 'whom a rule spares is not looked at',
    by: 'decisions',
    edits: [
      {
        file: 'engine/settled.ts',
        find: 'isNamed && !hasBit(here.unless, rule.number)',
        replace: 'isNamed',
      },
    ],
  },
  {
    name: 'rule-never-ends',
    wrong: 'a rule that has ended still counts',
    by: 'decisions',
    edits: [
      { file: 'engine/case.ts', find: 'timeMs >= rule.untilMs', replace: 'timeMs < rule.untilMs' },
    ],
  },
  {
    name: 'settled-too-soon',
    wrong: 'roles settle an action although a rule about it has a start or an end',
    by: 'decisions',
    edits: [
      {
        file: 'engine/settled.ts',
        find: 'return asks === undefined && fromMs === undefined && untilMs === undefined',
        replace: 'return asks === undefined',
      },
    ],
  },
  {
    name: 'namesakes',
    wrong: 'names of one length that share a slot are taken for each other',
    by: 'decisions',
    edits: [
      {
        file: 'facts/name-table.ts',
        find: 'for (let i = 1; i <= count; i++) if (slots[at + i] !== words[i]) return -1',
        replace: 'void count',
      },
    ],
  },
  {
    name: 'except-direct-ignored',
    wrong: 'a role is derived although one was given directly',
    by: 'decisions',
    edits: [
      {
        file: 'engine/walk.ts',
        find: 'if (way.exceptDirect && this.direct(place).names.length > 0) return false',
        replace: '',
      },
    ],
  },
  {
    name: 'derivation-error-passes',
    wrong: 'a role is derived although its condition errs',
    by: 'decisions',
    edits: [
      {
        file: 'engine/walk.ts',
        find: 'if (known !== undefined) return known === true',
        replace: 'if (known !== undefined) return known !== false',
      },
    ],
  },
  {
    name: 'one-round',
    wrong: 'a circle of sets and relations is looked at once instead of until nothing changes',
    by: 'decisions',
    edits: [
      { file: 'engine/walk.ts', find: 'isChanged = isChanged || next !== this.#none', replace: '' },
    ],
  },
  {
    name: 'one-tenant-for-all',
    wrong: 'roles on the tenant of the document count on every resource',
    by: 'decisions',
    edits: [
      {
        file: 'engine/engine.ts',
        find: 'return said >= 0 ? said : this.#tenantPlace()',
        replace: 'return said === place ? said : this.#tenantPlace()',
      },
    ],
  },
  {
    name: 'two-tenants-at-once',
    wrong: 'a resource that joins a tenant stays in the one before',
    by: 'decisions',
    edits: [
      {
        file: 'facts/writer.ts',
        find: 'if (relation === TENANT_RELATION) this.#leaveTenant(resource, target)',
        replace: 'void this.#leaveTenant',
      },
    ],
  },
  {
    name: 'tenant-goes-alone',
    wrong: 'a tenant that is removed leaves behind what is in it',
    by: 'decisions',
    edits: [
      {
        file: 'facts/writer.ts',
        find: 'for (const member of this.#membersOf(place)) this.#removePlace(member)',
        replace: 'void this.#membersOf',
      },
    ],
  },
  {
    name: 'tenant-of-now',
    wrong: 'an older world takes a resource to be in the tenant it is in now',
    by: 'versions',
    edits: [
      {
        file: 'facts/version.ts',
        find: 'if (this.isOwner || !this.#way().edges.relations.ofA(place)) return tables.tenantOf(place)',
        replace: 'if (place >= 0) return tables.tenantOf(place)',
      },
    ],
  },
  {
    name: 'tenancy-moves-nobody',
    wrong: 'a resource that joins another tenant is taken to move nothing',
    by: 'flips',
    edits: [
      {
        file: 'affected.ts',
        find: '? tenancyParts(before, after, change.resource)',
        replace: '? tenancyParts(before, after, change.resource).slice(9)',
      },
    ],
  },
  {
    name: 'tenant-does-not-narrow',
    wrong: 'a role on a tenant is taken to move that tenant alone',
    by: 'affected',
    edits: [
      {
        file: 'moved/part.ts',
        find: 'for (const resource of facts.resourcesIn(tenant)) all.add(resource)',
        replace: 'void facts',
      },
    ],
  },
  {
    name: 'tenants-alike',
    wrong: 'people are grouped as if roles on the tenant of the document counted everywhere',
    by: 'simulation',
    edits: [
      {
        file: 'moves/crowd.ts',
        find: 'const root = yield* this.#rootOf(tenants)',
        replace: 'const root = yield* this.#rootOf(tenants.slice(tenants.length))',
      },
    ],
  },
  {
    name: 'asked-with-its-name',
    wrong: 'roles said of a name count although no such resource exists',
    by: 'decisions',
    edits: [
      {
        file: 'decide.ts',
        find: 'return new Case(walk, table, -1, resource, about, tenantPlace)',
        replace: 'return new Case(walk, table, place, resource, about, tenantPlace)',
      },
    ],
  },
  {
    name: 'supposed-for-ever',
    wrong: 'what is answered with supposed attributes is remembered',
    by: 'decisions',
    edits: [
      {
        file: 'engine/walk.ts',
        find: 'if (this.person >= 0 && !this.premise)',
        replace: 'if (this.person >= 0)',
      },
    ],
  },
  {
    name: 'member-for-ever',
    wrong: 'who was once in a set stays in it',
    by: 'versions',
    edits: [
      {
        file: 'engine/walk.ts',
        find: "return this.#from(setPlaces[set] ?? -1, depth + 1).names.includes(setRoles[set] ?? '')",
        replace: `const key = \`\${this.person} \${set}\`
    this.version.tables.memo.once ??= new Set()
    const members = this.version.tables.memo.once
    const isIn = this.#from(setPlaces[set] ?? -1, depth + 1).names.includes(setRoles[set] ?? '')
    if (isIn) members.add(key)
    return members.has(key)`,
      },
    ],
  },
  {
    name: 'roles-remembered-too-long',
    wrong: 'roles worked out in another version are taken for those of this one',
    by: 'versions',
    edits: [{ file: 'engine/held-cache.ts', find: ' && entries[at + 2] === version', replace: '' }],
  },
  {
    name: 'removed-role-stays',
    wrong: 'a resource that is removed leaves the roles on it behind',
    by: 'decisions',
    edits: [
      {
        file: 'facts/writer.ts',
        find: "for (const kind of ['roles', 'setRoles'] as const) {",
        replace: "for (const kind of ['setRoles'] as const) {",
      },
    ],
  },
  {
    name: 'old-world-reads-new',
    wrong: 'an older world reads the tables of the newest',
    by: 'versions',
    edits: [
      {
        file: 'facts/version.ts',
        find: 'if (this.#line.owner === this) return table.get(a, b) as EdgeValues[K] | undefined',
        replace: 'if (table.size >= 0) return table.get(a, b) as EdgeValues[K] | undefined',
      },
    ],
  },
  {
    name: 'removal-does-not-narrow',
    wrong: 'what a set gave is not looked at when somebody leaves it',
    by: 'affected',
    edits: [
      {
        file: 'moved/roles.ts',
        find: 'for (const next of dependents(world, place, roles)) seen.add(next)',
        replace: 'void dependents',
      },
    ],
  },
  {
    name: 'set-without-members',
    wrong: 'a role given to a set moves nobody',
    by: 'affected',
    edits: [
      {
        file: 'moved/roles.ts',
        find: 'return walkDown(before, after, members, [resource], true)',
        replace: 'return walkDown(before, after, members.slice(members.length), [resource], true)',
      },
    ],
  },
  {
    name: 'lookup-forgotten',
    wrong: 'attributes that are only looked up move nothing',
    by: 'affected',
    edits: [
      {
        file: 'moved/attributes.ts',
        find: 'if (conditions.some(({ reads }) => reads.lookup)) return [EVERYTHING]',
        replace: '',
      },
    ],
  },
  {
    name: 'types-stand-alone',
    wrong: 'an edit of one type is taken to move that type alone',
    by: 'affected',
    edits: [
      {
        file: 'moved/policy.ts',
        find: 'if (frameOf(then) !== frameOf(now)) return [EVERYTHING]',
        replace: 'void frameOf',
      },
    ],
  },
  {
    name: 'expired-counts',
    wrong: 'a grant that has ended stays',
    by: 'time',
    edits: [
      {
        file: 'time.ts',
        find: 'grant.expiresAtMs !== undefined && grant.expiresAtMs <= nowMs',
        replace: 'grant.expiresAtMs === nowMs - 0.5',
      },
    ],
  },
  {
    name: 'class-of-everybody',
    wrong: 'people of whom a rule reads different things are put in one class',
    by: 'receivers',
    edits: [
      {
        file: 'receive.ts',
        find: "if (names.length === 0) return ''",
        replace: "if (names.length >= 0) return ''",
      },
    ],
  },
]

/** Not broken: with limits so low that small worlds pass them, so that what is done beyond them is held as well. */
export const CRAMPED: Mutant = {
  name: 'cramped',
  wrong: 'nothing',
  edits: [
    { file: 'engine/walk.ts', find: 'const MOST_PLACES = 64', replace: 'const MOST_PLACES = 3' },
    { file: 'engine/walk.ts', find: 'const MOST_DEEP = 16', replace: 'const MOST_DEEP = 1' },
    { file: 'moved/roles.ts', find: 'const MOST_PEOPLE = 2_000', replace: 'const MOST_PEOPLE = 1' },
    { file: 'affected.ts', find: 'const MOST_ALONE = 100', replace: 'const MOST_ALONE = 0' },
    { file: 'moves/crowd.ts', find: 'const DEEPEST = 12', replace: 'const DEEPEST = 1' },
    { file: 'moves/field.ts', find: 'const MOST_ALONE = 8', replace: 'const MOST_ALONE = 1' },
  ],
}
