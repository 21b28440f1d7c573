// Users: people of the place, by whatever key their sign-in gave them.

import type { SubjectId, World } from '@sayso/policy'
import * as z from 'zod'
import { checked, object, readBody } from '../body.ts'
import type { Call } from '../call.ts'
import { BULK_BYTES } from '../deps.ts'
import { cut, type Page, pageOf, paginated } from '../paging.ts'
import { noContent, type PermitRoute, param } from '../route.ts'
import { duplicate, notFound } from '../trouble.ts'
import { assignmentRoutesOfUser } from './assignments.ts'
import { changeFacts, changeMany, viewOf } from './change.ts'
import type { FactDraft } from './draft.ts'
import { subjectNamed, userIn, userKey, userKeys } from './known.ts'
import { FactsView, order } from './views.ts'

const MOST_USERS = 20_000
const name = z.string().max(500).nullish()
const fields = { email: z.string().max(320).nullish(), first_name: name, last_name: name }
const assignments = z
  .array(
    z.object({
      role: z.string().min(1),
      tenant: z.string().min(1).nullish(),
      resource_instance: z.string().min(1).nullish(),
    }),
  )
  .max(1_000)
  .nullish()
const userKeyText = z.string().min(1).max(256)
const userBody = z.object({ ...fields, attributes: object, role_assignments: assignments })
const createBody = z.object({ key: userKeyText, ...userBody.shape })
const updateBody = z.object({ ...fields, attributes: object })
export const listQuery = z.object({
  search: z.string().optional(),
  role: z.string().optional(),
})
const bulkBody = z.object({ operations: z.array(createBody).max(MOST_USERS) })
const bulkIdents = z.object({ idents: z.array(z.string().min(1)).max(MOST_USERS) })

type Create = z.output<typeof createBody>

export const userRoutes: readonly PermitRoute[] = [
  {
    method: 'GET',
    path: '/users',
    needs: 'admin',
    async run(call) {
      const view = new FactsView(call.app.context.standing.world, call.app)
      return usersPage(call, view, allUsers(view.world))
    },
  },
  {
    method: 'POST',
    path: '/users',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, createBody, call.deps.maxBodyBytes)
      const subject = subjectNamed(body.key)
      await changeFacts(call, 'permit-create-user', subject, (draft) => {
        if (draft.isPerson(subject)) throw duplicate('user', body.key)
        put(draft, body, true)
      })
      return oneUser(call, subject)
    },
  },
  {
    method: 'GET',
    path: '/users/:user',
    needs: 'admin',
    run: (call) => oneUser(call, userIn(call.app, call.app.context.standing.world, named(call))),
  },
  {
    method: 'PUT',
    path: '/users/:user',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, userBody, call.deps.maxBodyBytes)
      const work = (draft: FactDraft) => {
        const known = knownUser(call, draft)
        const key = known === undefined ? named(call) : userKey(known)
        put(draft, { ...body, key }, false)
        return { key, isNew: known === undefined }
      }
      const about = [`user:${named(call)}`]
      const { key, isNew } = await changeFacts(call, 'permit-sync-user', named(call), work, about)
      return oneUser(call, subjectNamed(key), isNew ? 201 : 200)
    },
  },
  {
    method: 'PATCH',
    path: '/users/:user',
    needs: 'admin',
    async run(call) {
      const body = await readBody(call.c, updateBody, call.deps.maxBodyBytes)
      const now = userIn(call.app, call.app.context.standing.world, named(call))
      const work = (draft: FactDraft) => {
        const subject = userIn(call.app, draft.world, named(call))
        draft.putUser(subject, body, false)
        return subject
      }
      const subject = await changeFacts(call, 'permit-update-user', named(call), work, [now])
      return oneUser(call, subject)
    },
  },
  {
    method: 'DELETE',
    path: '/users/:user',
    needs: 'admin',
    async run(call) {
      await changeFacts(call, 'permit-delete-user', named(call), (draft) => {
        draft.removeUser(userIn(call.app, draft.world, named(call)))
      })
      return noContent()
    },
  },
  ...assignmentRoutesOfUser,
]

export const bulkUserRoutes: readonly PermitRoute[] = [
  {
    method: 'POST',
    path: '/bulk/users',
    needs: 'admin',
    async run(call) {
      const { operations } = await readBody(call.c, bulkBody, BULK_BYTES)
      const made = await changeMany(call, 'permit-create-users', operations, (draft, body) => {
        // Who is there stays as they are.
        if (draft.isPerson(subjectNamed(body.key))) return 0
        put(draft, body, true)
        return 1
      })
      return call.c.json({ users_created: sum(made) })
    },
  },
  {
    method: 'PUT',
    path: '/bulk/users',
    needs: 'admin',
    async run(call) {
      const { operations } = await readBody(call.c, bulkBody, BULK_BYTES)
      const work = (draft: FactDraft, body: Create) => put(draft, body, true)
      const about = ({ key }: Create) => [`user:${key}`]
      await changeMany(call, 'permit-replace-users', operations, work, about)
      return call.c.json({ users_replaced: operations.length })
    },
  },
  {
    method: 'DELETE',
    path: '/bulk/users',
    needs: 'admin',
    async run(call) {
      const { idents } = await readBody(call.c, bulkIdents, BULK_BYTES)
      const gone = await changeMany(
        call,
        'permit-delete-users',
        [...new Set(idents)],
        (draft, text) => {
          draft.removeUser(userIn(call.app, draft.world, text))
          return 1
        },
      )
      return call.c.json({ users_deleted: sum(gone) })
    },
  },
]

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function named({ c }: Call): string {
  return param(c, 'user')
}

function knownUser(call: Call, { world, app }: FactDraft): SubjectId | undefined {
  try {
    return userIn(app, world, named(call))
  } catch {
    return undefined
  }
}

/** @param isWhole what is not given is taken away */
function put(draft: FactDraft, body: Create, isWhole: boolean): void {
  draft.putUser(subjectNamed(body.key), body, isWhole)
  for (const each of body.role_assignments ?? []) {
    draft.assign(draft.assignmentOf({ ...each, user: body.key }))
  }
}

async function oneUser(call: Call, subject: SubjectId, status: 200 | 201 = 200): Promise<Response> {
  const view = await viewOf(call, [subject])
  if (view.world.facts.person(subject) === undefined) throw notFound('user', userKey(subject))
  return call.c.json(view.user(subject), status)
}

// Whoever reads page after page would have all of them sorted each time.
const sorted = new WeakMap<World['facts'], readonly SubjectId[]>()

/** Everybody, by key. */
function allUsers(world: World): readonly SubjectId[] {
  const known = sorted.get(world.facts)
  if (known !== undefined) return known
  const users = [...userKeys(world)].map((key) => `user:${key}` as SubjectId)
  users.sort(order)
  sorted.set(world.facts, users)
  return users
}

/**
 * A page of those of some users whom the request asks for.
 *
 * @param users sorted by key
 */
export async function usersPage(
  call: Call,
  view: FactsView,
  users: readonly SubjectId[],
  isHeldHere: (role: string, subject: SubjectId) => boolean = (role, subject) =>
    view.held(subject).some((held) => held.role === role),
): Promise<Response> {
  const asked = checked(listQuery, call.c.req.query(), 'query')
  const page: Page = pageOf(call.c)
  const { search = '', role } = asked
  const isAsked = (subject: SubjectId) =>
    isFound(view, subject, search) && (role === undefined || isHeldHere(role, subject))
  const found = search === '' && role === undefined ? users : users.filter(isAsked)
  const shown = cut(found, page)
  const full = await viewOf(call, shown)
  // Somebody may have gone meanwhile.
  const data = shown
    .filter((subject) => full.world.facts.person(subject) !== undefined)
    .map((subject) => full.user(subject))
  return call.c.json(paginated(data, found.length, page))
}

function isFound(view: FactsView, subject: SubjectId, search: string): boolean {
  if (search === '') return true
  const text = search.toLowerCase()
  const email = view.world.facts.person(subject)?.email
  return (
    userKey(subject).toLowerCase().includes(text) ||
    (typeof email === 'string' && email.toLowerCase().includes(text))
  )
}
