// Operators of a tenant over our own API: who there is, who is there, and how much each answers at once.

import { type SubjectId, subjectOf, type World } from '@sayso/policy'
import * as z from 'zod'
import type { Asker } from '../../../commands/asker.ts'
import { keepClosingRule } from '../../../commands/desk/keep-closing-rule.ts'
import { keepOperator } from '../../../commands/desk/keep-operator.ts'
import { personOf, unknownConversation } from '../../../commands/desk/moving.ts'
import { requirePlace } from '../../../commands/require-place.ts'
import { requireDesk } from '../../../desk/desk-type.ts'
import { desksOf } from '../../../desk/desks-of.ts'
import { named } from '../../../desk/event.ts'
import {
  capacityOf,
  keptOperator,
  MOST_CAPACITY,
  OPERATOR_STATUSES,
  type Operator,
} from '../../../desk/operators.ts'
import { isOperator, operatorsOf } from '../../../desk/operators-of.ts'
import { tenantResource } from '../../../desk/widgets/widget.ts'
import { idOf } from '../../../people/roles.ts'
import type { AppRest } from '../deps.ts'
import { type AppRoute, json, route } from '../route.ts'
import { tenantAsked } from './conversations.ts'
import { id, namedShape } from './shapes.ts'

const tag = 'desk'
/** Seconds of ninety days. */
const LONGEST_SILENCE = 90 * 86_400
const tenantQuery = z.object({ tenant: id.optional().describe('key; absent: the place itself') })
const statuses = z.enum(OPERATOR_STATUSES)
const operatorShape = namedShape
  .extend({
    tenant: z.string(),
    status: statuses,
    isConnected: z.boolean(),
    offlineSinceMs: z
      .number()
      .optional()
      .describe(
        'since when they have been offline: without a connection for longer than the desk waits',
      ),
    open: z.int().describe('conversations they have now'),
    capacity: z.int().describe('conversations they answer at once'),
    closing: z
      .object({ afterSeconds: z.int(), warnSeconds: z.int().optional(), sinceMs: z.number() })
      .optional()
      .describe('closes in their name what they have, when the visitor is silent after an answer'),
  })
  .meta({ id: 'DeskOperator' })

const ownDeskShape = z
  .object({
    tenant: z.string().describe('key'),
    title: z.string().describe('its key if it has none'),
  })
  .meta({ id: 'OwnDesk' })

/** An operator as everybody of the desk sees them. */
export function operatorView({ hub }: Pick<AppRest, 'hub'>, world: World, operator: Operator) {
  const subject = `user:${operator.operator}` as SubjectId
  return {
    ...named(world, subject),
    tenant: operator.tenant,
    status: operator.status,
    isConnected: isConnected(hub, subject),
    open: operator.open,
    capacity: capacityOf(world, operator),
    ...(operator.offlineSinceMs !== undefined && { offlineSinceMs: operator.offlineSinceMs }),
    ...(operator.closing && { closing: operator.closing }),
  }
}

export function isConnected(hub: AppRest['hub'], subject: SubjectId): boolean {
  for (const { asker } of hub.connections()) {
    const { credential } = asker
    if (credential.kind === 'token' && credential.subject === subject) return true
  }
  return false
}

/** @throws {Failure} `denied` */
export function requireOfDesk(world: World, asker: Asker, tenant: string): void {
  const me = subjectOf(asker.credential)
  if (me !== undefined && isOperator(world, tenant, me)) return
  requirePlace(world, asker, 'manage-desk', tenantResource(tenant))
}

export const operatorRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/desk/me',
    id: 'readOwnDesk',
    tag,
    summary: 'Yourself as an operator',
    needs: { who: 'signed-in', asks: 'that you are an operator of the tenant' },
    query: tenantQuery,
    answers: { 200: json('You.', operatorShape) },
    problems: ['conversation_unknown', 'desk_not_set_up', 'identity_required'],
    run: async ({ c, deps, asker, query }) => {
      const { world } = deps.context.standing
      requireDesk(world)
      const tenant = tenantAsked(world, asker, query.tenant)
      const me = personOf(asker)
      if (!isOperator(world, tenant, me)) throw unknownConversation()
      const operator = await keptOperator(deps.context.store, tenant, idOf(me))
      return c.json(operatorView(deps, world, operator))
    },
  }),
  route({
    method: 'GET',
    path: '/desk/tenants',
    id: 'listOwnDesks',
    tag,
    summary: 'The tenants whose visitors you answer, or whose desk you manage',
    needs: { who: 'signed-in', asks: 'nothing more: of other tenants nothing is told' },
    answers: { 200: json('All of them, by title.', z.object({ items: z.array(ownDeskShape) })) },
    problems: ['desk_not_set_up', 'identity_required'],
    run: ({ c, deps, asker }) => {
      const { world } = deps.context.standing
      requireDesk(world)
      return c.json({ items: desksOf(world, personOf(asker)) })
    },
  }),
  route({
    method: 'PUT',
    path: '/desk/me',
    id: 'setOwnStatus',
    tag,
    summary: 'Say whether you are there to answer',
    needs: { who: 'signed-in', asks: 'that you are an operator of the tenant' },
    query: tenantQuery,
    body: { schema: z.strictObject({ status: statuses }), example: { status: 'available' } },
    answers: { 200: json('You.', operatorShape) },
    problems: ['person_unknown', 'desk_not_set_up', 'identity_required'],
    run: async ({ c, deps, asker, query, body: { status } }) => {
      const tenant = tenantAsked(deps.context.standing.world, asker, query.tenant)
      const operator = await keepOperator(deps.context, asker, { tenant, status })
      return c.json(operatorView(deps, deps.context.standing.world, operator))
    },
  }),
  route({
    method: 'PUT',
    path: '/desk/me/closing',
    id: 'setClosingRule',
    tag,
    summary: 'Let your conversations be closed when the visitor is silent after an answer',
    about:
      'They are closed in your name, as long as you may close them; `warnSeconds` before, everybody in it is told by an `event` of kind `closing`.',
    needs: { who: 'signed-in', asks: 'that you are an operator of the tenant' },
    query: tenantQuery,
    body: {
      schema: z.strictObject({
        afterSeconds: z.int().min(1).max(LONGEST_SILENCE).describe('without a word of the visitor'),
        warnSeconds: z.int().min(1).max(LONGEST_SILENCE).optional(),
      }),
      example: { afterSeconds: 86_400, warnSeconds: 3_600 },
    },
    answers: { 200: json('You.', operatorShape) },
    problems: ['person_unknown', 'desk_not_set_up', 'identity_required'],
    run: async ({ c, deps, asker, query, body }) => {
      const tenant = tenantAsked(deps.context.standing.world, asker, query.tenant)
      const operator = await keepClosingRule(deps.context, asker, { tenant, rule: body })
      return c.json(operatorView(deps, deps.context.standing.world, operator))
    },
  }),
  route({
    method: 'DELETE',
    path: '/desk/me/closing',
    id: 'dropClosingRule',
    tag,
    summary: 'Close your conversations yourself',
    needs: { who: 'signed-in', asks: 'that you are an operator of the tenant' },
    query: tenantQuery,
    answers: { 200: json('You.', operatorShape) },
    problems: ['person_unknown', 'desk_not_set_up', 'identity_required'],
    run: async ({ c, deps, asker, query }) => {
      const tenant = tenantAsked(deps.context.standing.world, asker, query.tenant)
      const operator = await keepClosingRule(deps.context, asker, { tenant })
      return c.json(operatorView(deps, deps.context.standing.world, operator))
    },
  }),
  route({
    method: 'GET',
    path: '/desk/operators',
    id: 'listOperators',
    tag,
    summary: 'The operators of a tenant, by name',
    needs: { who: 'signed-in', asks: 'that you are one of them, or `manage-desk` there' },
    query: tenantQuery,
    answers: { 200: json('They.', z.object({ operators: z.array(operatorShape) })) },
    problems: ['desk_not_set_up'],
    run: async ({ c, deps, asker, query }) => {
      const { context } = deps
      const { world } = context.standing
      requireDesk(world)
      const tenant = tenantAsked(world, asker, query.tenant)
      context.refusals.noting(() => requireOfDesk(world, asker, tenant))
      const ids = [...operatorsOf(world, tenant)].map(idOf)
      const kept = await Promise.all(ids.map((each) => keptOperator(context.store, tenant, each)))
      const operators = kept
        .map((each) => operatorView(deps, world, each))
        .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
      return c.json({ operators })
    },
  }),
  route({
    method: 'PUT',
    path: '/desk/operators/:id',
    id: 'setCapacity',
    tag,
    summary: 'How many conversations an operator answers at once',
    needs: { who: 'signed-in', asks: '`manage-desk` in the tenant' },
    params: { id: 'id of the person' },
    query: tenantQuery,
    body: {
      schema: z.strictObject({ capacity: z.int().min(1).max(MOST_CAPACITY) }),
      example: { capacity: 8 },
    },
    answers: { 200: json('The operator.', operatorShape) },
    problems: ['person_unknown', 'desk_not_set_up'],
    run: async ({ c, deps, asker, query, params, body: { capacity } }) => {
      const tenant = tenantAsked(deps.context.standing.world, asker, query.tenant)
      const said = { tenant, operator: params.id, capacity }
      const operator = await keepOperator(deps.context, asker, said)
      return c.json(operatorView(deps, deps.context.standing.world, operator))
    },
  }),
]
