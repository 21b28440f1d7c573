// Who the operators of a tenant are: nobody is one by name, but by what the policy lets them do.

import {
  type Action,
  type DeskDocument,
  decideOfType,
  foldRights,
  isAllowed,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  TENANT_RELATION,
  type World,
} from '@sayso/policy'
import { deskOf } from './desk-type.ts'
import { isVisitor } from './visitors/visitor.ts'
import { tenantResource } from './widgets/widget.ts'

const known = new WeakMap<World, Map<string, ReadonlySet<SubjectId>>>()

/**
 * People who may work on some conversation of a tenant: those who would answer one that was given to them, and those of its
 * teams. Worked out once for each state of rights.
 */
export function operatorsOf(world: World, tenant: string): ReadonlySet<SubjectId> {
  const here = known.get(world) ?? new Map<string, ReadonlySet<SubjectId>>()
  known.set(world, here)
  const found = here.get(tenant) ?? gathered(world, tenant)
  here.set(tenant, found)
  return found
}

export function isOperator(world: World, tenant: string, subject: SubjectId): boolean {
  return operatorsOf(world, tenant).has(subject)
}

function gathered(world: World, tenant: string): ReadonlySet<SubjectId> {
  const desk = deskOf(world)
  if (desk === undefined) return new Set()
  const inTenant = tenantResource(tenant)
  const found = new Set<SubjectId>()
  for (const team of teamsIn(world, inTenant))
    for (const [who] of world.facts.holdersOn(team))
      if (who.startsWith('user:')) found.add(who as SubjectId)
  const untold: SubjectId[] = []
  for (const subject of candidates(world, inTenant)) {
    const may = (action: Action) =>
      decideOfType(world, { subject, action, type: desk.type, inTenant }).allowed
    if (may('open') || may('claim')) found.add(subject)
    else untold.push(subject)
  }
  for (const subject of workingOnTrial(world, desk, inTenant, untold)) found.add(subject)
  return found
}

/** Those who hold a role on the tenant, by name or through a set. */
function candidates(world: World, tenant: ResourceId): ReadonlySet<SubjectId> {
  const found = new Set<SubjectId>()
  for (const [who] of world.facts.holdersOn(tenant)) {
    const hash = who.indexOf('#')
    if (hash < 0) found.add(who as SubjectId)
    else
      for (const [member] of world.facts.holdersOn(who.slice(0, hash) as ResourceId))
        if (!member.includes('#')) found.add(member as SubjectId)
  }
  for (const subject of found) if (isVisitor(world.facts.person(subject))) found.delete(subject)
  return found
}

function teamsIn(world: World, tenant: ResourceId): readonly ResourceId[] {
  return [...world.facts.resourcesOfType('group')]
    .filter(([group, { desk }]) => {
      return desk === true && (world.facts.tenantOf(group) ?? world.policy.tenant) === tenant
    })
    .map(([group]) => group)
}

/** Tried out on conversations that there are not: would one that is given to them be theirs to answer? */
function workingOnTrial(
  world: World,
  desk: DeskDocument,
  inTenant: ResourceId,
  people: readonly SubjectId[],
): readonly SubjectId[] {
  if (people.length === 0) return []
  const resource = (index: number) => `${desk.type}:-${index}` as ResourceId
  const changes = people.flatMap((subject, index): RightsChange[] => [
    {
      kind: 'put-resource',
      resource: resource(index),
      attributes: { state: 'open', visitor: '-', openedBy: '-', assignee: subject.slice(5) },
    },
    { kind: 'relate', resource: resource(index), relation: TENANT_RELATION, target: inTenant },
    { kind: 'assign', tuple: { resource: resource(index), role: desk.assigned, subject } },
  ])
  const trial = foldRights(world, changes, world.revision)
  return people.filter((subject, index) =>
    isAllowed(trial, { subject, action: 'publish', resource: resource(index), standing: true }),
  )
}
