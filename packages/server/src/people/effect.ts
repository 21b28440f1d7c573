// What a planned change of roles would let somebody do, in words, before anybody confirms it.

import {
  type Action,
  channelOf,
  foldRights,
  grantedActions,
  isSubjectSet,
  type ResourceId,
  type RightsChange,
  type SubjectId,
  type World,
} from '@sayso/policy'

/** What actions are called in a sentence after "can". Actions that go without saying are absent. */
const WORDS: Readonly<Record<string, string>> = {
  publish: 'write',
  subscribe: 'read',
  'message-delete-any': 'delete others’ messages',
  'message-update-any': 'edit others’ messages',
  promote: 'promote people',
  demote: 'demote people',
  'annotation-publish': 'react',
}

/** What a planned change means for the one it is about. */
export type Effect = {
  /** Actions on the resource itself. */
  readonly gained: readonly Action[]
  readonly lost: readonly Action[]
  /** Titles of other resources that they can or can no longer read. */
  readonly opens: readonly string[]
  readonly closes: readonly string[]
}

const NOTHING: Effect = { gained: [], lost: [], opens: [], closes: [] }

export function effectParts(
  world: World,
  resource: ResourceId,
  changes: readonly RightsChange[],
): Effect {
  const subject = subjectOf(changes)
  if (subject === undefined) return NOTHING
  const after = foldRights(world, changes, world.revision)
  const before = new Set(grantedActions(world, subject, resource))
  const now = new Set(grantedActions(after, subject, resource))
  const others = touched(changes).filter((each) => each !== resource)
  const opens = others.filter((each) => !reads(world, subject, each) && reads(after, subject, each))
  const closes = others.filter(
    (each) => reads(world, subject, each) && !reads(after, subject, each),
  )
  return {
    gained: [...now].filter((action) => !before.has(action)),
    lost: [...before].filter((action) => !now.has(action)),
    opens: opens.map((each) => titleOf(world, each)),
    closes: closes.map((each) => titleOf(world, each)),
  }
}

/** For example `Can delete others’ messages and enter #staff`, or what they can no longer do. */
export function effectText({ gained, lost, opens, closes }: Effect): string {
  const can = [...worded(gained), ...opens.map((title) => `enter #${title}`)]
  const cannot = [...worded(lost), ...closes.map((title) => `enter #${title}`)]
  const parts = [
    ...(can.length > 0 ? [`Can ${listed(can)}`] : []),
    ...(cannot.length > 0
      ? [`${can.length > 0 ? 'can' : 'Can'} no longer ${listed(cannot, 'or')}`]
      : []),
  ]
  return parts.join('; ')
}

function subjectOf(changes: readonly RightsChange[]): SubjectId | undefined {
  for (const change of changes) {
    const isRole = change.kind === 'assign' || change.kind === 'unassign'
    if (isRole && !isSubjectSet(change.tuple.subject)) return change.tuple.subject
  }
  return undefined
}

function touched(changes: readonly RightsChange[]): ResourceId[] {
  const all = changes.flatMap((change) => {
    return change.kind === 'assign' || change.kind === 'unassign' ? [change.tuple.resource] : []
  })
  return [...new Set(all)]
}

function reads(world: World, subject: SubjectId, resource: ResourceId): boolean {
  return (
    channelOf(world.policy, resource) !== undefined &&
    new Set(grantedActions(world, subject, resource)).has('subscribe')
  )
}

function titleOf(world: World, resource: ResourceId): string {
  const title = world.facts.resource(resource)?.title
  return typeof title === 'string' ? title : resource.slice(resource.indexOf(':') + 1)
}

function worded(actions: readonly Action[]): string[] {
  return actions.flatMap((action) => WORDS[action] ?? [])
}

function listed(words: readonly string[], and = 'and'): string {
  const [last = '', ...rest] = [...words].reverse()
  return rest.length === 0 ? last : `${rest.reverse().join(', ')} ${and} ${last}`
}
