// Makes a channel with a title, for people to talk in. Whoever makes it gets the role that the settings give.

import {
  type Attributes,
  admissionRole,
  type ResourceId,
  type RightsChange,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { homeType } from '../people/home.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { requireValid } from './changes-valid.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

export type MakeChannel = {
  readonly title: string
  /** Beside the title: `about`, `listed`, `join`. */
  readonly attributes: Attributes
}

/**
 * Makes the resource under a key that is the title and a few random characters: whether there is a channel of that title
 * already, which the asker may not know of, cannot be told from it.
 *
 * A person needs `create-channel` on the tenant, a key the `admin` scope.
 *
 * @throws {Failure} `denied`, `type_unknown`, `invalid`, `busy`, `store_unavailable`
 */
export async function makeChannel(
  context: Context,
  asker: Asker,
  { title, attributes }: MakeChannel,
): Promise<Committed & { readonly resource: ResourceId }> {
  const key = `${wordsOf(title)}-${context.randomId(4).toLowerCase()}`
  let resource: ResourceId | undefined
  const committed = await decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'create-channel')
    resource = resourceIn(world, key)
    const changes: RightsChange[] = [
      { kind: 'put-resource', resource, attributes: { ...attributes, title } },
      ...makersRole(world, asker, resource),
    ]
    requireValid(world, changes)
    return {
      entries: [
        { kind: 'rights', changes, cause: { command: 'make-channel', by: actorOf(asker) } },
      ],
      audit: { command: 'make-channel', ...auditBy(asker), target: resource },
    }
  })
  return { ...committed, resource: resource as ResourceId }
}

function resourceIn(world: World, key: string): ResourceId {
  const type = homeType(world)
  if (type === undefined) {
    throw new Failure('type_unknown', 'the policy has no type whose resources are channels', {
      remedy: 'let `settings.home` name one',
    })
  }
  return `${type}:${key}` as ResourceId
}

function makersRole(world: World, asker: Asker, resource: ResourceId): readonly RightsChange[] {
  const { credential } = asker
  const subject = credential.kind === 'token' ? credential.subject : undefined
  const type = homeType(world)
  const creation = world.policy.document.settings?.creations?.find((each) => each.type === type)
  const role = creation?.gives ?? admissionRole(world, resource)
  return subject === undefined || role === undefined
    ? []
    : [{ kind: 'assign', tuple: { resource, role, subject } }]
}

const LONGEST_WORDS = 40

/** The letters and digits of a title as part of an address. */
function wordsOf(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, LONGEST_WORDS)
  return words.replaceAll(/^-+|-+$/g, '') || 'channel'
}
