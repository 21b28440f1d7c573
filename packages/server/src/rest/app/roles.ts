// The roles of the policy in force, with what each gives.

import type { World } from '@sayso/policy'
import * as z from 'zod'
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
    answers: { 200: json('All roles.', z.object({ items: z.array(roleShape) })) },
    run: ({ c, deps }) => c.json({ items: rolesIn(deps.context.standing.world) }),
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
