// Checks rules and derivations: that every word refers to something, that conditions can be asked, that times make sense.

import { refParts } from '../compile-rules.ts'
import { RECEIVE, TENANT_RELATION, TENANT_TYPE } from '../compiled.ts'
import {
  checkCondition,
  type Declarations,
  declarationsOf,
} from '../condition/compile-condition.ts'
import { parseInstant } from '../instant.ts'
import { quote } from '../quote.ts'
import {
  checkActions,
  reportUnknown,
  type TypeWords,
  useOneOf,
  type Vocabulary,
} from './meaning.ts'
import {
  fieldOf,
  fieldsOf,
  itemsOf,
  type NamedPlace,
  type Place,
  textOf,
  textsOf,
} from './place.ts'
import type { Problems } from './problems.ts'

/** One type with all that its rules may speak of. */
type About = {
  readonly name: string
  readonly own: TypeWords
  readonly words: Vocabulary
  readonly declarations: Declarations
  readonly problems: Problems
}

/** Reports what is wrong with the relations, derivations and rules of all types. */
export function checkRules(root: Place, words: Vocabulary, problems: Problems): void {
  for (const type of fieldsOf(fieldOf(root, 'types'))) {
    const own = words.types.get(type.key)
    if (!own) continue
    const declarations = declarationsOf(words.declaring, type.key)
    const about = { name: type.key, own, words, declarations, problems }
    for (const relation of fieldsOf(fieldOf(type, 'relations'))) checkRelation(relation, about)
    for (const role of fieldsOf(fieldOf(type, 'roles'))) {
      for (const from of itemsOf(fieldOf(role, 'from'))) checkDerivation(from, about)
    }
    const ids = new Set<string>()
    for (const rule of itemsOf(fieldOf(type, 'rules'))) checkRule(rule, ids, about)
    checkReserved(type, problems)
  }
}

function checkReserved(type: NamedPlace, problems: Problems): void {
  const listed = textsOf(fieldOf(type, 'actions')).find(({ text }) => text === RECEIVE)
  if (!listed) return
  const message = `${quote(RECEIVE)} is an action of every type that governs channels`
  problems.add(listed.at, listed.path, message, 'take it away; rules may speak of it all the same')
}

function checkRelation(relation: NamedPlace, { words, problems }: About): void {
  const other = textsOf(relation).find(({ text }) => text !== TENANT_TYPE)
  if (relation.key === TENANT_RELATION && other) {
    const message = `${quote(TENANT_RELATION)} says in which tenant a resource is`
    problems.add(other.at, other.path, message, 'give the relation another name')
    return
  }
  for (const { text, at, path } of textsOf(relation)) {
    if (text === TENANT_TYPE || words.types.has(text)) continue
    reportUnknown(at, path, text, 'resource type', words.types.keys(), problems)
  }
}

function checkDerivation(derivation: Place, about: About): void {
  const { name, own, words, problems } = about
  const [role, via, when] = [
    fieldOf(derivation, 'role'),
    fieldOf(derivation, 'via'),
    fieldOf(derivation, 'when'),
  ]
  const relation = textOf(via)
  const targets = relation === undefined ? undefined : own.relations.get(relation)
  if (via && relation !== undefined && !targets) {
    const message = `${quote(relation)} is not a relation of ${quote(name)}`
    problems.add(via.at, via.path, message, useOneOf(own.relations.keys()))
  }
  const roles = new Set(
    (targets ?? []).flatMap((target) => [
      ...(target === TENANT_TYPE ? words.tenant.roles : (words.types.get(target)?.roles ?? [])),
    ]),
  )
  const word = textOf(role)
  if (role && word !== undefined && targets && !roles.has(word)) {
    const message = `${quote(word)} is not a role of ${(targets ?? []).map(quote).join(', ')}`
    problems.add(role.at, role.path, message, useOneOf(roles))
  }
  checkWhen(when, true, about)
}

function checkRule(rule: Place, ids: Set<string>, about: About): void {
  const { problems } = about
  checkId(fieldOf(rule, 'id'), ids, problems)
  const verbs = ['allow', 'forbid', 'require'].flatMap((verb) => fieldOf(rule, verb) ?? [])
  const [verb, second] = verbs
  if (!verb) {
    const remedy = 'add one of `allow`, `forbid`, `require`'
    problems.add(rule.at, rule.path, 'the rule does not say what it does', remedy)
  } else if (second) {
    const message = `the rule says both ${quote(verb.key)} and ${quote(second.key)}`
    problems.add(second.keyAt, second.path, message, 'make two rules of it')
  }
  for (const said of verbs) checkVerb(said, about)
  if (verb?.key === 'require' && !fieldOf(rule, 'when')) {
    const remedy = 'add `when`, the condition that must hold'
    problems.add(verb.keyAt, verb.path, 'the rule does not say what is required', remedy)
  }
  for (const key of ['to', 'unless']) checkRefs(fieldOf(rule, key), about)
  checkWhen(fieldOf(rule, 'when'), false, about)
  checkTimes(fieldOf(rule, 'from'), fieldOf(rule, 'until'), problems)
}

function checkId(id: NamedPlace | undefined, ids: Set<string>, problems: Problems): void {
  const text = textOf(id)
  if (!id || text === undefined) return
  if (ids.has(text)) {
    const message = `${quote(text)} is the id of an earlier rule`
    problems.add(id.at, id.path, message, 'give each rule of a type an id of its own')
  }
  ids.add(text)
}

function checkVerb(verb: NamedPlace, { name, own, problems }: About): void {
  const one = textOf(verb)
  const listed = one === undefined ? textsOf(verb) : [{ ...verb, text: one }]
  const reserved = listed.filter(({ text }) => text === RECEIVE)
  for (const { at, path } of reserved) {
    if (verb.key === 'allow') {
      const remedy = 'forbid or require it; who may subscribe receives all else'
      problems.add(at, path, `${quote(RECEIVE)} cannot be allowed`, remedy)
    } else if (own.channels === undefined) {
      const message = `${quote(name)} governs no channels, so nothing is received there`
      problems.add(at, path, message, `add \`channels\` to the type, or take it away`)
    }
  }
  const others = listed.filter(({ text }) => text !== RECEIVE)
  if (others.length > 1 || others[0]?.text !== '*')
    checkActions(others, own.actions, name, problems)
}

function checkRefs(refs: Place | undefined, { name, own, words, problems }: About): void {
  for (const { text, at, path } of textsOf(refs)) {
    const { role, isTenant } = refParts(text)
    const known = isTenant ? words.tenant.roles : own.roles
    if (known.has(role)) continue
    const here = [...own.roles, ...[...words.tenant.roles].map((other) => `tenant#${other}`)]
    problems.add(at, path, `${quote(text)} is not a role of ${quote(name)}`, useOneOf(here))
  }
}

function checkWhen(when: Place | undefined, isStable: boolean, about: About): void {
  const text = textOf(when)
  if (!when || text === undefined) return
  const inside = when.tree.kind === 'value' ? when.tree.inside : undefined
  for (const { at, message, remedy } of checkCondition(text, about.declarations, isStable)) {
    // Written over several lines or with escapes, the condition points at its beginning.
    about.problems.add(inside === undefined ? when.at : inside + at, when.path, message, remedy)
  }
}

function checkTimes(from: Place | undefined, until: Place | undefined, problems: Problems): void {
  const [start, end] = [from, until].map((place) => {
    const text = textOf(place)
    return text === undefined ? undefined : parseInstant(text)
  })
  for (const [place, instant] of [
    [from, start],
    [until, end],
  ] as const) {
    if (!place || instant !== undefined || textOf(place) === undefined) continue
    const message = `${quote(textOf(place) ?? '')} is no instant of the calendar`
    problems.add(place.at, place.path, message, 'write one such as `2026-03-01T09:00:00Z`')
  }
  if (!until || start === undefined || end === undefined || end > start) return
  problems.add(until.at, until.path, 'the rule ends before it starts', 'end it after `from`')
}
