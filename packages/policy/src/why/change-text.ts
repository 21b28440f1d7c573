// Changes of rights as half a sentence: what somebody would have to do.

import type { RightsChange, RoleTuple } from '../change.ts'
import type { Attributes, AttributeValue } from '../names.ts'
import { quote } from '../quote.ts'
import type { World } from '../world.ts'

/** What turns a decision, in words for who runs the place: starts with a verb, ends without a stop. */
export function changeText(world: World, change: RightsChange): string {
  switch (change.kind) {
    case 'assign':
      return `give ${tupleText(change.tuple)} to ${quote(change.tuple.subject)}`
    case 'unassign':
      return `take ${tupleText(change.tuple)} from ${quote(change.tuple.subject)}`
    case 'relate':
      return `make ${quote(change.target)} the ${quote(change.relation)} of ${quote(change.resource)}`
    case 'unrelate':
      return `let ${quote(change.target)} be the ${quote(change.relation)} of ${quote(change.resource)} no longer`
    case 'put-resource': {
      const known = world.facts.resource(change.resource)
      const isNew = known === undefined && Object.keys(change.attributes).length === 0
      if (isNew) return `make ${quote(change.resource)}`
      return `set ${settingText(known ?? {}, change.attributes)} of ${quote(change.resource)}`
    }
    case 'put-person': {
      const known = world.facts.person(change.subject) ?? {}
      return `set ${settingText(known, change.attributes)} of ${quote(change.subject)}`
    }
    default:
      return change.kind.replace('-', ' ')
  }
}

function tupleText({ role, resource }: RoleTuple): string {
  return `${quote(role)} on ${quote(resource)}`
}

/** The attributes that become different. */
function settingText(known: Attributes, next: Attributes): string {
  return Object.entries(next)
    .filter(([name, value]) => !Object.hasOwn(known, name) || known[name] !== value)
    .map(([name, value]: [string, AttributeValue]) => `${quote(name)} to ${JSON.stringify(value)}`)
    .join(' and ')
}
