// What is kept of somebody, for whoever answers for it: taken along, or taken out, with what that takes said before.

import { foldRights, type SubjectId } from '@sayso/policy'
import * as z from 'zod'
import { actorOf } from '../../commands/asker.ts'
import { erasePerson } from '../../commands/erase-person.ts'
import { Failure } from '../../commands/failure.ts'
import { noteRead } from '../../commands/note-read.ts'
import { requirePlace } from '../../commands/require-place.ts'
import { hasOwner } from '../../people/owner.ts'
import { removalOf, requestsOf } from '../../people/removal.ts'
import { idOf, nameOf } from '../../people/roles.ts'
import { leftByKey, orLeft } from './approval-view.ts'
import type { AppRest } from './deps.ts'
import { tuplesOf } from './grant-view.ts'
import { personIn } from './names-in.ts'
import { dataOf, messages, privacyOf, receiptShape, textsOf } from './privacy.ts'
import { ApiProblem } from './problem.ts'
import { type AppRoute, json, route } from './route.ts'
import { reason } from './shapes.ts'

const tag = 'people'
const params = { id: 'id of the person' }
const path = '/people/:id/erasure'

const previewShape = z
  .object({
    name: z.string().describe('to be typed by whoever confirms it'),
    account: z.boolean().describe('they have one and can sign in'),
    sessions: z.int(),
    connections: z.int().describe('open now'),
    roles: z.int().describe('given to them by name, also ones that wait'),
    requests: z.int(),
    messages: messages.describe('what becomes of messages if nothing else is said'),
    obstacle: z
      .enum(['last-owner', 'users-file', 'oneself'])
      .optional()
      .describe('why it cannot be done'),
  })
  .meta({ id: 'ErasurePreview', description: 'What erasing somebody would take.' })

export const personPrivacyRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path,
    id: 'previewErasure',
    tag,
    summary: 'What erasing somebody would take',
    needs: { who: 'person-or-key', may: 'manage-people' },
    params,
    answers: { 200: json('What would go, and what stands against it.', previewShape) },
    problems: ['person_unknown', 'invalid'],
    run: async ({ c, deps, asker, params: { id } }) => {
      const subject = knownPerson(deps, id)
      const { context, signIn, hub } = deps
      const { world } = context.standing
      const open = [...hub.connections()].filter((each) => each.asker.clientId === id)
      const account = await signIn.person(id)
      const isOneself = actorOf(asker) === subject
      const obstacle = isOneself ? 'oneself' : await obstacleTo(deps, subject)
      return c.json({
        name: nameOf(world, subject),
        account: account !== undefined,
        sessions: (await signIn.accounts.sessions(id)).length,
        connections: open.length,
        roles: tuplesOf(world, subject).length,
        requests: requestsOf(world, subject).length,
        messages: privacyOf(deps).deletedMessages,
        ...(obstacle === undefined ? {} : { obstacle }),
      })
    },
  }),
  route({
    method: 'POST',
    path,
    id: 'erasePerson',
    tag,
    summary: 'Erase somebody',
    about:
      'When this answers, everything is gone: account, sessions, connections, roles, requests, files, what they kept, and their messages if `messages` says `delete`; log and audit lines no longer say who it was. It cannot be undone. `confirm` is the name that `GET` answers. One deletes one’s own account by `/me/erasure`.',
    needs: { who: 'person-or-key', may: 'manage-people' },
    params,
    body: {
      schema: z.strictObject({
        confirm: z.string().max(400).describe('their name, as a proof that it is meant'),
        messages: messages.optional().describe('absent: as the server is set'),
        reason: reason.describe('why; without anything that says who it was'),
      }),
      example: { confirm: 'Ada Lovelace', messages: 'delete', reason: 'she asked for it' },
    },
    answers: { 200: json('It is done.', receiptShape), ...leftByKey },
    problems: [
      'person_unknown',
      'invalid',
      'confirmation_wrong',
      'in_users_file',
      'conflict',
      'on_hold',
    ],
    run: async ({ c, deps, asker, params: { id }, body }) => {
      const subject = knownPerson(deps, id)
      await requireErasable(deps, subject, body.confirm)
      const { context } = deps
      if (actorOf(asker) === subject)
        throw new Failure('conflict', 'this is your own account', {
          remedy: 'delete it in your settings',
        })
      const { erasures, deletedMessages } = privacyOf(deps)
      const texts = await textsFor(deps, subject)
      const extent = body.messages ?? deletedMessages
      const wanted = () => ({ action: 'erase-person', person: id, messages: extent }) as const
      const title = () => nameOf(context.standing.world, subject)
      return orLeft({ c, deps, asker, wanted, title, reason: body.reason }, async () => {
        await erasures.begin(id, extent, () =>
          erasePerson(context, asker, {
            person: id,
            extent,
            texts,
            ...(body.reason === undefined ? {} : { reason: body.reason }),
          }),
        )
        return c.json(await erasures.run(id))
      })
    },
  }),
  route({
    method: 'GET',
    path: '/people/:id/export',
    id: 'exportPerson',
    tag,
    summary: 'Everything that is kept of somebody',
    about:
      'The archive that people can take of themselves. It holds what they wrote wherever they wrote it, so it takes `export-messages` as well; who took it stands in the audit log.',
    needs: { who: 'person-or-key', may: 'export' },
    params,
    answers: { 200: { what: 'The archive.', type: 'application/zip' } },
    problems: ['person_unknown', 'invalid'],
    run: async ({ deps, asker, params: { id } }) => {
      const { context } = deps
      const subject = knownPerson(deps, id)
      context.refusals.noting(() => requirePlace(context.standing.world, asker, 'export-messages'))
      await noteRead(context, asker, 'read.export', subject)
      return dataOf(deps, id, (await deps.signIn.person(id)) ?? { id })
    },
  }),
]

/** @throws {Failure} `person_unknown`, `invalid` */
export function knownPerson({ context }: AppRest, id: string): SubjectId {
  const subject = personIn(id)
  if (context.standing.world.facts.person(subject) !== undefined) return subject
  throw new Failure('person_unknown', `there is no \`${idOf(subject)}\``)
}

async function obstacleTo({ context, signIn }: AppRest, subject: SubjectId) {
  if (await signIn.accounts.isOfFile(idOf(subject))) return 'users-file'
  const { world } = context.standing
  const after = foldRights(world, removalOf(world, subject), world.revision)
  return hasOwner(world) && !hasOwner(after) ? 'last-owner' : undefined
}

/** @throws {ApiProblem} `confirmation_wrong`, `in_users_file` */
async function requireErasable(deps: AppRest, subject: SubjectId, said: string): Promise<void> {
  const name = nameOf(deps.context.standing.world, subject)
  if (said.trim() !== name.trim())
    throw new ApiProblem('confirmation_wrong', 'this is not their name', `write \`${name}\``)
  await requireOutsideFile(deps, subject)
}

/** @throws {ApiProblem} `in_users_file` */
export async function requireOutsideFile({ signIn }: AppRest, subject: SubjectId): Promise<void> {
  if (await signIn.accounts.isOfFile(idOf(subject)))
    throw new ApiProblem(
      'in_users_file',
      'their account stands in the users file of this server',
      'take them out of the file first',
    )
}

/** What is looked for besides their id: of an account, or what the facts know. */
export async function textsFor(deps: AppRest, subject: SubjectId): Promise<readonly string[]> {
  const account = await deps.signIn.person(idOf(subject))
  return account === undefined ? textsKnown(deps, subject) : textsOf(account)
}

function textsKnown({ context }: AppRest, subject: SubjectId): readonly string[] {
  const { name, email } = context.standing.world.facts.person(subject) ?? {}
  return [name, email].filter((text): text is string => typeof text === 'string' && text !== '')
}
