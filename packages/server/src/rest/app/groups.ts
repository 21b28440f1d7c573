// Groups and their members.

import {
  type Attributes,
  keyOf as nameOfResource,
  parseSubjectSet,
  type ResourceId,
  type RoleName,
  type SubjectId,
  type SubjectSet,
  TENANT_TYPE,
  tenantOf,
  type World,
} from '@sayso/policy'
import * as z from 'zod'
import { changeMembership } from '../../commands/change-membership.ts'
import { Failure } from '../../commands/failure.ts'
import { putGroup } from '../../commands/put-group.ts'
import { removeGroup } from '../../commands/remove-group.ts'
import { managedGroup } from '../../commands/require-group.ts'
import {
  GROUP_TYPE,
  heldByGroup,
  isPerson,
  membersOf,
  requireGroup,
  requireGroups,
} from '../../people/groups.ts'
import { done } from './done.ts'
import { resourceIdIn } from './names-in.ts'
import { personView } from './person-view.ts'
import { personOf } from './rights.ts'
import { type AppRoute, json, route } from './route.ts'
import { changed, pageQuery, personShape } from './shapes.ts'

const tag = 'groups'
const params = { key: 'of the group' }
const manage = { who: 'person-or-key', may: 'manage-people' } as const
const byMembers = {
  who: 'signed-in',
  asks: '`manage-members` on the group, or `manage-people` on the tenant',
} as const

const describeSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(80),
    about: z.string().max(250),
    tenant: z.string().min(1).max(256).describe('key of the tenant it is in'),
  })
  .partial()
const memberName = z
  .string()
  .min(1)
  .max(400)
  .describe('id or verified e-mail of a person, or a set such as `group:crew#member`')
const membersSchema = z.strictObject({
  members: z.array(memberName).min(1).max(500),
  role: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('another role of the group besides `member`; removing without one takes all'),
})
const groupShape = z
  .object({
    key: z.string(),
    title: z.string(),
    about: z.string().optional(),
    tenant: z.string().describe('key of the tenant it is in'),
    members: z.int().describe('how many people and sets are in it'),
    holds: z.array(z.string()).describe('roles its members have by it: `channel:lobby#speaker`'),
  })
  .meta({ id: 'Group' })
const memberShape = z.object({
  member: z.string().describe('`user:<id>` or `group:<key>#<role>`'),
  roles: z.array(z.string()),
  person: personShape.optional(),
})

export const groupRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/groups',
    id: 'listGroups',
    tag,
    summary: 'The groups, by key',
    needs: { who: 'person-or-key', may: 'read-people' },
    query: pageQuery,
    answers: {
      200: json('A page.', z.object({ items: z.array(groupShape), next: z.string().optional() })),
    },
    problems: ['type_unknown'],
    run: ({ c, deps, query: { limit, after } }) => {
      const { world } = deps.context.standing
      requireGroups(world)
      const groups = [...world.facts.resourcesOfType(GROUP_TYPE)].map(([group]) => group).sort()
      return c.json(pageOf(groups, limit, after, keyOf, (group) => groupView(world, group)))
    },
  }),
  route({
    method: 'POST',
    path: '/groups',
    id: 'makeGroup',
    tag,
    summary: 'Make a group',
    about: 'From then on `group:<key>#member` can be given roles, like a person.',
    needs: manage,
    body: {
      schema: describeSchema.extend({ key: z.string().min(1).max(64) }),
      example: { key: 'support', title: 'Support' },
    },
    answers: { 201: json('The group.', groupShape) },
    problems: ['type_unknown', 'conflict', 'invalid', 'resource_unknown'],
    run: async ({ c, deps, asker, body: { key, ...said } }) => {
      const { group } = await putGroup(deps.context, asker, {
        kind: 'make',
        key,
        ...groupSaid(said),
      })
      return c.json(groupView(deps.context.standing.world, group), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/groups/:key',
    id: 'readGroup',
    tag,
    summary: 'One group',
    needs: { who: 'person-or-key', may: 'read-people' },
    params,
    answers: { 200: json('The group.', groupShape) },
    problems: ['type_unknown', 'resource_unknown'],
    run: ({ c, deps, params: { key } }) => {
      const { world } = deps.context.standing
      return c.json(groupView(world, requireGroup(world, key)))
    },
  }),
  route({
    method: 'PATCH',
    path: '/groups/:key',
    id: 'describeGroup',
    tag,
    summary: 'What a group is called',
    needs: manage,
    params,
    body: { schema: describeSchema, example: { title: 'Support team' } },
    answers: { 200: json('The group.', groupShape) },
    problems: ['type_unknown', 'resource_unknown'],
    run: async ({ c, deps, asker, params: { key }, body }) => {
      const said = groupSaid(body)
      const { group } = await putGroup(deps.context, asker, { kind: 'describe', key, ...said })
      return c.json(groupView(deps.context.standing.world, group))
    },
  }),
  route({
    method: 'DELETE',
    path: '/groups/:key',
    id: 'removeGroup',
    tag,
    summary: 'Remove a group, and what its members had by it',
    needs: manage,
    params,
    answers: changed,
    problems: ['type_unknown', 'resource_unknown'],
    run: async ({ c, deps, asker, params: { key } }) =>
      done(c, await removeGroup(deps.context, asker, key)),
  }),
  route({
    method: 'GET',
    path: '/groups/:key/members',
    id: 'listMembers',
    tag,
    summary: 'Who is in a group',
    needs: byMembers,
    params,
    query: pageQuery,
    answers: {
      200: json('A page.', z.object({ items: z.array(memberShape), next: z.string().optional() })),
    },
    problems: ['type_unknown', 'resource_unknown', 'denied'],
    run: ({ c, deps, asker, params: { key }, query: { limit, after } }) => {
      const { world } = deps.context.standing
      const group = managedGroup(world, asker, key)
      const view = ([member, roles]: ReturnType<typeof membersOf>[number]) => ({
        member,
        roles,
        ...(isPerson(member) ? { person: personView(world, member, false) } : {}),
      })
      return c.json(pageOf(membersOf(world, group), limit, after, ([member]) => member, view))
    },
  }),
  ...(['POST', 'DELETE'] as const).map((method) =>
    route({
      method,
      path: '/groups/:key/members',
      id: method === 'POST' ? 'addMembers' : 'removeMembers',
      tag,
      summary: method === 'POST' ? 'Take people into a group' : 'Take people out of a group',
      about: 'All or none. When it answers, it holds in every open session.',
      needs: byMembers,
      params,
      body: { schema: membersSchema, example: { members: ['ada@example.com'] } },
      answers: changed,
      problems: ['type_unknown', 'resource_unknown', 'role_unknown', 'person_unknown', 'denied'],
      run: async ({ c, deps, asker, params: { key }, body: { members, role } }) => {
        const { world } = deps.context.standing
        managedGroup(world, asker, key)
        const committed = await changeMembership(deps.context, asker, {
          kind: method === 'POST' ? 'add' : 'remove',
          key,
          members: members.map((name) => memberOf(world, name)),
          ...(role === undefined ? {} : { role: role as RoleName }),
        })
        return done(c, committed)
      },
    }),
  ),
]

function groupSaid({ tenant, ...attributes }: z.output<typeof describeSchema>) {
  return {
    attributes: attributes as Attributes,
    ...(tenant === undefined ? {} : { tenant: resourceIdIn(`${TENANT_TYPE}:${tenant}`) }),
  }
}

function keyOf(group: ResourceId): string {
  return group.slice(GROUP_TYPE.length + 1)
}

function groupView(world: World, group: ResourceId) {
  const { title, about } = world.facts.resource(group) ?? {}
  return {
    key: keyOf(group),
    title: typeof title === 'string' ? title : keyOf(group),
    ...(typeof about === 'string' ? { about } : {}),
    tenant: nameOfResource(tenantOf(world, group)),
    members: membersOf(world, group).length,
    holds: heldByGroup(world, group),
  }
}

function memberOf(world: World, text: string): SubjectId | SubjectSet {
  if (!text.includes('#')) return personOf(world, text)
  try {
    return parseSubjectSet(text)
  } catch {
    throw new Failure('invalid', `\`${text}\` is no set of people`, {
      remedy: 'write it as `group:crew#member`',
    })
  }
}

/** One page of a list in the order of its names. */
function pageOf<T, V>(
  all: readonly T[],
  limit: number,
  after: string | undefined,
  nameOf: (one: T) => string,
  view: (one: T) => V,
): { readonly items: readonly V[]; readonly next?: string } {
  const from = after === undefined ? 0 : all.findIndex((one) => nameOf(one) > after)
  const page = from < 0 ? [] : all.slice(from, from + limit)
  const last = page.at(-1)
  const hasMore = from >= 0 && from + limit < all.length
  return {
    items: page.map(view),
    ...(hasMore && last !== undefined ? { next: nameOf(last) } : {}),
  }
}
