// Who gets which message: on top of the right to read, rules over `receive` may keep single messages from people.

import type { MessageState } from './condition/condition.ts'
import { subjectValue } from './condition/scope.ts'
import { type Case, caseOf } from './engine/case.ts'
import type { RuleRow } from './engine/type-table.ts'
import type { ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

/** The class of those whom some rule keeps every message from. */
const NOTHING = '-'

/**
 * Names the class of receivers a subject is in on a resource: people of one class get the same messages there, for as
 * long as the world stays. Empty if no rule can keep any message from them; that they may read at all is not asked.
 */
export function receiverClass(world: World, subject: SubjectId, resource: ResourceId): string {
  const asked = caseOf(world, subject, resource)
  if (!asked) return ''
  const open: RuleRow[] = []
  for (const rule of rulesIn(asked)) {
    if (rule.isOpen) open.push(rule)
    else if (!lets(asked, rule)) return NOTHING
  }
  return open.map((rule) => `${rule.number}${whatItReads(world, subject, rule)}`).join(' ')
}

/**
 * True if no rule keeps a message from a subject. Of an edited or deleted message the question is asked with what is
 * stored now.
 */
export function mayReceive(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  message: MessageState,
): boolean {
  const asked = caseOf(world, subject, resource, { message: { before: null, after: message } })
  return asked === undefined || rulesIn(asked).every((rule) => lets(asked, rule))
}

/** The rules over `receive` that are active and about the subject. */
function rulesIn(asked: Case): readonly RuleRow[] {
  const { forbid, require } = asked.table.receive
  return [...forbid, ...require].filter((rule) => asked.concerns(rule))
}

function lets(asked: Case, rule: RuleRow): boolean {
  const outcome = rule.asks === undefined ? true : asked.outcome(rule.asks)
  return rule.verb === 'forbid' ? outcome === false : outcome === true
}

/** What a rule can read of the subject: two of whom this is equal are alike to it. */
function whatItReads(world: World, subject: SubjectId, { when }: RuleRow): string {
  const names = when?.reads.subject ?? []
  if (names.length === 0) return ''
  if (names.includes('*') || names.includes('id')) return JSON.stringify(subject)
  const seen = subjectValue(subject, world.facts.person(subject) ?? {})
  const own = [...names].sort().filter((name) => Object.hasOwn(seen, name))
  return JSON.stringify(own.map((name) => [name, seen[name]]))
}
