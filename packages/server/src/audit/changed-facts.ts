// What changes of rights change, for the audit log: each fact as it was and as it is, by its text, without secrets.

import {
  formatRelation,
  type KeyRecord,
  type RightsChange,
  type RoleTuple,
  type World,
} from '@sayso/policy'
import { versionOf } from '../policy-version.ts'

/** Facts beyond these are counted, not told. */
const MOST_FACTS = 100
const MOST_CHARACTERS = 32_768

/** Each fact by its text; null: it is not there. */
type Told = Readonly<Record<string, unknown>>

/** A fact, and how it is read in a world. */
type Fact = readonly [name: string, read: (world: World) => unknown]

/**
 * The facts that changes are about, in two worlds. What a subject holds on a resource is named `channel:lobby@user:ada`;
 * attributes, keys, requests, relations and the policy are named by what they are of.
 */
export function changedFacts(
  before: World,
  after: World,
  changes: readonly RightsChange[],
): { readonly before: Told; readonly after: Told } | undefined {
  const facts = new Map(changes.flatMap((change) => factsOf(before, change)))
  if (facts.size === 0) return undefined
  const [was, is]: Record<string, unknown>[] = [{}, {}]
  let characters = 0
  let told = 0
  for (const [name, read] of facts) {
    const pair = [read(before) ?? null, read(after) ?? null] as const
    characters += name.length + JSON.stringify(pair).length
    if (told >= MOST_FACTS || characters > MOST_CHARACTERS) break
    told += 1
    Object.assign(was ?? {}, { [name]: pair[0] })
    Object.assign(is ?? {}, { [name]: pair[1] })
  }
  const more = facts.size > told ? { more: facts.size - told } : {}
  return { before: { ...was, ...more }, after: { ...is, ...more } }
}

function factsOf(before: World, change: RightsChange): Fact[] {
  switch (change.kind) {
    case 'assign':
    case 'unassign':
      return [roles(change.tuple)]
    case 'put-person':
      return [[change.subject, ({ facts }) => facts.person(change.subject)]]
    case 'remove-person':
      return departure(before, change)
    case 'put-resource':
      return [[change.resource, ({ facts }) => facts.resource(change.resource)]]
    case 'remove-resource':
      return removal(before, change)
    case 'relate':
    case 'unrelate': {
      const { resource, relation, target } = change
      const holds = ({ facts }: World) => facts.targetsOf(resource, relation).includes(target)
      return [[formatRelation(change), holds]]
    }
    case 'put-request':
    case 'remove-request': {
      const { subject, resource } = change
      return [[`request ${resource}@${subject}`, ({ facts }) => facts.request(subject, resource)]]
    }
    case 'put-policy':
      return [['policy', (world) => versionOf(world.policy.document)]]
    case 'put-key':
      return [key(change.key.id)]
    case 'remove-key':
      return [key(change.key)]
    // What was taken back stands in the details of the line; the time that passes is nobody's doing.
    case 'revoke-tokens':
    case 'forget-revocation':
    case 'pass-time':
      return []
  }
}

/** A person, and what they hold, which goes with them. */
function departure(
  before: World,
  { subject }: Extract<RightsChange, { kind: 'remove-person' }>,
): Fact[] {
  const held = before.facts.heldBy(subject).slice(0, MOST_FACTS)
  return [
    [subject, ({ facts }) => facts.person(subject)],
    ...held.map(([resource]) => roles({ resource, subject })),
  ]
}

/** A resource, and what people hold on it, which goes with it. */
function removal(
  before: World,
  { resource }: Extract<RightsChange, { kind: 'remove-resource' }>,
): Fact[] {
  const holders = before.facts.holdersOn(resource).slice(0, MOST_FACTS)
  return [
    [resource, ({ facts }) => facts.resource(resource)],
    ...holders.map(([subject]) => roles({ resource, subject })),
  ]
}

function roles({ resource, subject }: Pick<RoleTuple, 'resource' | 'subject'>): Fact {
  const read = ({ facts }: World) =>
    facts.rolesOf(subject, resource).map((role) => {
      const grant = facts.grant({ resource, role, subject }) ?? {}
      return Object.keys(grant).length === 0 ? role : { role, ...grant }
    })
  return [`${resource}@${subject}`, read]
}

function key(id: KeyRecord['id']): Fact {
  return [`key:${id}`, (world) => withoutSecrets(world.keys.get(id))]
}

/** Sealed or not, a secret has no place in the log. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !/secret/i.test(name))
      .map(([name, member]) => [name, withoutSecrets(member)]),
  )
}
