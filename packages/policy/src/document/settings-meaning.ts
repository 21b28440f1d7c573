// Checks that settings speak of roles and resources the document knows.

import { TENANT_TYPE } from '../compiled.ts'
import { quote } from '../quote.ts'
import { reportUnknown, type Vocabulary } from './meaning.ts'
import { fieldOf, itemsOf, type Place, textOf, typeIn } from './place.ts'
import type { Problems } from './problems.ts'

/** Settings that say one role for a type, and what each is called. */
const ONE_ROLE_PER_TYPE = [
  ['admissions', 'an admission'],
  ['creations', 'a creation'],
  ['directs', 'a direct conversation'],
] as const

export function checkSettings(root: Place, words: Vocabulary, problems: Problems): void {
  const settings = fieldOf(root, 'settings')
  checkHome(fieldOf(settings, 'home'), words, problems)
  for (const key of ['sign_in', 'owner']) {
    for (const item of itemsOf(fieldOf(settings, key))) checkRoleOn(item, words, problems)
  }
  const taken = new Set<string>()
  for (const promotion of itemsOf(fieldOf(settings, 'promotions'))) {
    checkPromotion(promotion, words, taken, problems)
  }
  for (const [key, what] of ONE_ROLE_PER_TYPE) {
    const said = new Set<string>()
    for (const each of itemsOf(fieldOf(settings, key))) {
      checkGiven(each, what, words, said, problems)
    }
  }
  checkDirects(itemsOf(fieldOf(settings, 'directs')), words, problems)
  for (const restraint of itemsOf(fieldOf(settings, 'restraints'))) {
    checkRestraint(restraint, words, problems)
  }
  checkDesk(fieldOf(settings, 'desk'), words, problems)
}

const DESK_ROLES = ['visitor', 'assigned', 'joined', 'watching'] as const

/** Conversations happen in channels, and each part in them is a role of its own. */
function checkDesk(desk: Place | undefined, words: Vocabulary, problems: Problems): void {
  if (!desk) return
  const known = checkKind(desk, 'a desk', words, new Set(), problems)
  if (!known) return
  if (known.channels === undefined) {
    const type = fieldOf(desk, 'type') ?? desk
    const message = `${quote(textOf(type) ?? '')} governs no channels, so nobody can talk there`
    problems.add(type.at, type.path, message, 'name a type with `channels`')
  }
  const taken = new Set<string>()
  for (const part of DESK_ROLES) {
    const place = fieldOf(desk, part)
    const role = textOf(place)
    checkRole(place, known.roles, problems)
    if (!place || role === undefined) continue
    if (taken.has(role)) {
      const message = `${quote(role)} stands for another part already`
      problems.add(place.at, place.path, message, 'name a role of its own for each')
    }
    taken.add(role)
  }
}

function checkHome(home: Place | undefined, words: Vocabulary, problems: Problems): void {
  const type = typeIn(textOf(home))
  if (!home || type === undefined) return
  const known = words.types.get(type)
  if (!known) {
    reportUnknown(home.at, home.path, type, 'resource type', words.types.keys(), problems)
  } else if (known.channels === undefined) {
    const message = `${quote(type)} governs no channels, so nobody can land there`
    problems.add(home.at, home.path, message, 'name a resource of a type with `channels`')
  }
}

function checkRoleOn(place: Place, words: Vocabulary, problems: Problems): void {
  const on = fieldOf(place, 'on')
  const role = fieldOf(place, 'role')
  const resource = textOf(on)
  const type = typeIn(resource)
  if (!on || type === undefined) return
  if (type === TENANT_TYPE) {
    const { key, roles } = words.tenant
    if (key !== undefined && resource !== `${TENANT_TYPE}:${key}`) {
      const message = `${quote(resource ?? '')} is not the tenant of this document`
      problems.add(on.at, on.path, message, `write \`${TENANT_TYPE}:${key}\``)
    }
    checkRole(role, roles, problems)
    return
  }
  const known = words.types.get(type)
  if (known) checkRole(role, known.roles, problems)
  else reportUnknown(on.at, on.path, type, 'resource type', words.types.keys(), problems)
}

function checkRole(place: Place | undefined, known: ReadonlySet<string>, problems: Problems): void {
  const role = textOf(place)
  if (!place || role === undefined || known.has(role)) return
  reportUnknown(place.at, place.path, role, 'role', known, problems)
}

function checkPromotion(
  place: Place,
  words: Vocabulary,
  taken: Set<string>,
  problems: Problems,
): void {
  for (const item of itemsOf(fieldOf(place, 'also'))) checkRoleOn(item, words, problems)
  const known = checkKind(place, 'a promotion', words, taken, problems)
  if (!known) return
  const [gives, replaces] = [fieldOf(place, 'gives'), fieldOf(place, 'replaces')]
  checkRole(gives, known.roles, problems)
  checkRole(replaces, known.roles, problems)
  if (gives && textOf(gives) !== undefined && textOf(gives) === textOf(replaces)) {
    const message = 'the promotion gives the role it replaces'
    problems.add(gives.at, gives.path, message, 'name two different roles')
  }
}

function checkGiven(
  place: Place,
  what: string,
  words: Vocabulary,
  said: Set<string>,
  problems: Problems,
): void {
  const known = checkKind(place, what, words, said, problems)
  if (known) checkRole(fieldOf(place, 'gives'), known.roles, problems)
}

/** A set of people has one conversation, and it is a channel. */
function checkDirects(places: readonly Place[], words: Vocabulary, problems: Problems): void {
  for (const [index, place] of places.entries()) {
    const at = fieldOf(place, 'type')
    const type = textOf(at)
    if (!at || type === undefined) continue
    if (index > 0) {
      problems.add(at.at, at.path, 'there is a direct conversation already', 'name one type')
    } else if (words.types.get(type) && words.types.get(type)?.channels === undefined) {
      const message = `${quote(type)} governs no channels, so nobody can talk there`
      problems.add(at.at, at.path, message, 'name a type with `channels`')
    }
  }
}

function checkRestraint(place: Place, words: Vocabulary, problems: Problems): void {
  const known = checkKind(place, 'a restraint', words, new Set(), problems)
  if (!known) return
  // What is held on the tenant is a role of the tenant.
  const isTenant = textOf(fieldOf(place, 'type')) === TENANT_TYPE
  checkRole(fieldOf(place, 'gives'), isTenant ? words.tenant.roles : known.roles, problems)
  const action = fieldOf(place, 'action')
  const word = textOf(action)
  if (!action || word === undefined || known.actions.has(word)) return
  reportUnknown(action.at, action.path, word, 'action', known.actions, problems)
}

/** What a setting says of one resource type: a known one, and said once. */
function checkKind(
  place: Place,
  what: string,
  words: Vocabulary,
  taken: Set<string>,
  problems: Problems,
) {
  const at = fieldOf(place, 'type')
  const type = textOf(at)
  if (!at || type === undefined) return undefined
  const known = words.types.get(type)
  if (!known) {
    reportUnknown(at.at, at.path, type, 'resource type', words.types.keys(), problems)
    return undefined
  }
  if (taken.has(type)) {
    problems.add(at.at, at.path, `${quote(type)} has ${what} already`, 'give one per type')
  }
  taken.add(type)
  return known
}
