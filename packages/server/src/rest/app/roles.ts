// The roles of the policy in force, with what each gives.

import type { World } from '@sayso/policy'
import * as z from 'zod'
import { holdersOf } from '../../people/holders.ts'
import { type AppRoute, json, route } from './route.ts'

const roleShape = z
  .object({
    role: z.string(),
    on: z.string().describe('a resource type, or `tenant`'),
    title: z.string(),
    glyph: z.string().optional(),
    tone: z.string().optional(),
    extends: z.array(z.string()),
    gives: z
      .record(z.string(), z.array(z.string()))
      .describe('actions by resource type, those of extended roles included'),
    people: z
      .int()
      .optional()
      .describe('different people who hold it anywhere, by name or by a group; if asked for'),
  })
  .meta({ id: 'PolicyRole' })

export const roleRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/roles',
    id: 'listRoles',
    tag: 'grants',
    summary: 'The roles of the policy, and what each gives',
    needs: { who: 'person-or-key', may: 'read-people' },
    query: z.object({ count: z.enum(['people']).optional().describe('count who holds each') }),
    answers: { 200: json('All roles.', z.object({ items: z.array(roleShape) })) },
    run: async ({ c, deps, query }) => {
      const { world } = deps.context.standing
      const roles = rolesIn(world)
      if (query.count === undefined) return c.json({ items: roles })
      const held = await holdersOf(world)
      const items = roles.map((each) => ({ ...each, people: held(each.on, each.role) }))
      return c.json({ items })
    },
  }),
]

function rolesIn({ policy }: World) {
  const onTenant = Object.entries(policy.document.tenant.roles).map(([role, said]) => ({
    role,
    on: 'tenant',
    ...faceOf(role, said),
    gives: Object.fromEntries(
      [...policy.types]
        .map(
          ([type, { tenantRoles }]) => [type, [...(tenantRoles.get(role)?.keys() ?? [])]] as const,
        )
        .filter(([, actions]) => actions.length > 0),
    ),
  }))
  const onTypes = [...policy.types].flatMap(([type, { roles }]) =>
    Object.entries(policy.document.types[type]?.roles ?? {}).map(([role, said]) => ({
      role,
      on: type,
      ...faceOf(role, said),
      gives: { [type]: [...(roles.get(role)?.keys() ?? [])] },
    })),
  )
  return [...onTenant, ...onTypes]
}

type Said = {
  readonly title?: string
  readonly glyph?: string
  readonly tone?: string
  readonly extends?: readonly string[]
}

function faceOf(role: string, { title = role, glyph, tone, extends: above = [] }: Said) {
  return {
    title,
    ...(glyph === undefined ? {} : { glyph }),
    ...(tone === undefined ? {} : { tone }),
    extends: [...above],
  }
}
