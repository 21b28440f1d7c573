// What is asked for before a second person, checked when it is asked, and carried out when it is approved.

import type { KeyId } from '@sayso/policy'
import type { Wanted } from '../../approvals/approval-record.ts'
import { applyPolicy } from '../../commands/apply-policy.ts'
import type { Asker } from '../../commands/asker.ts'
import { appUnknown } from '../../commands/change-app.ts'
import { endHold } from '../../commands/end-hold.ts'
import { erasePerson } from '../../commands/erase-person.ts'
import { Failure } from '../../commands/failure.ts'
import { keyNamed } from '../../commands/key-terms.ts'
import { planPolicy } from '../../commands/plan-policy.ts'
import { removeApp } from '../../commands/remove-app.ts'
import { revokeKey } from '../../commands/revoke-key.ts'
import { nameOf } from '../../people/roles.ts'
import { ended } from '../../plans/plan-record.ts'
import type { AppRest } from './deps.ts'
import { draftOf } from './draft-view.ts'
import { holdNamed, holdTitle } from './holds.ts'
import { knownPerson, requireOutsideFile, textsFor } from './person-privacy.ts'
import { readDocument } from './policy.ts'
import { versionNamed } from './policy-versions.ts'
import { privacyOf } from './privacy.ts'

/**
 * How it is called for whoever is to approve it.
 *
 * @throws {Failure | ApiProblem} if it could not be done as it is
 */
export async function titleOf(deps: AppRest, wanted: Wanted): Promise<string> {
  const { world } = deps.context.standing
  switch (wanted.action) {
    case 'apply-policy': {
      if ('restore' in wanted) return (await versionNamed(deps, wanted.restore)).version.slice(0, 8)
      const draft = await draftOf(deps, wanted.draft)
      readDocument(String(draft.value.text))
      return String(draft.value.title)
    }
    case 'erase-person': {
      const subject = knownPerson(deps, wanted.person)
      await requireOutsideFile(deps, subject)
      return nameOf(world, subject)
    }
    case 'end-hold':
      return holdTitle(deps, wanted.hold)
    case 'remove-app': {
      const app = deps.apps?.list().find(({ id }) => id === wanted.app)
      if (app === undefined) throw appUnknown(wanted.app)
      return app.name
    }
    case 'revoke-key':
      return keyNamed(world, wanted.key as KeyId).name ?? wanted.key
  }
}

/** Does what was asked for. The asker is the second person; the reason is that of whoever asked. */
export async function carryOut(
  deps: AppRest,
  asker: Asker,
  wanted: Wanted,
  reason: string,
): Promise<void> {
  const { context } = deps
  switch (wanted.action) {
    case 'apply-policy':
      return 'restore' in wanted
        ? restore(deps, asker, wanted.restore, reason)
        : applyDraft(deps, asker, wanted, reason)
    case 'erase-person':
      return erase(deps, asker, wanted, reason)
    case 'end-hold':
      await endHold(context, asker, await holdNamed(deps, wanted.hold), reason)
      return
    case 'remove-app':
      if (deps.apps === undefined) throw appUnknown(wanted.app)
      return removeApp(context, deps.apps, asker, wanted.app)
    case 'revoke-key':
      await revokeKey(context, asker, { id: wanted.key as KeyId, reason })
  }
}

async function applyDraft(
  deps: AppRest,
  asker: Asker,
  { draft: id, version, over, atMs }: Extract<Wanted, { draft: string }>,
  reason: string,
): Promise<void> {
  const { context } = deps
  const draft = await draftOf(deps, id)
  if (draft.version !== version)
    throw new Failure('conflict', 'the draft was changed since it was asked for', {
      remedy: 'decline it, and have it asked for anew',
    })
  const text = String(draft.value.text)
  const document = readDocument(text)
  const common = { document, reason, expectedVersion: over }
  if (atMs !== undefined) await planPolicy(context, asker, { ...common, draft, atMs })
  else await applyPolicy(context, asker, { ...common, text, records: [ended(draft)] })
}

async function restore(deps: AppRest, asker: Asker, id: string, reason: string): Promise<void> {
  const { text } = await versionNamed(deps, id)
  await applyPolicy(deps.context, asker, { document: readDocument(text), text, reason })
}

async function erase(
  deps: AppRest,
  asker: Asker,
  { person, messages }: Extract<Wanted, { person: string }>,
  reason: string,
): Promise<void> {
  const subject = knownPerson(deps, person)
  await requireOutsideFile(deps, subject)
  const { erasures, deletedMessages } = privacyOf(deps)
  const texts = await textsFor(deps, subject)
  const extent = messages ?? deletedMessages
  await erasures.begin(person, extent, () =>
    erasePerson(deps.context, asker, { person, extent, texts, reason }),
  )
  await erasures.run(person)
}
