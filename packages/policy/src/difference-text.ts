// One difference between two policies as half a sentence.

import { verbOf } from './compile-rules.ts'
import type { DerivationDocument, RoleOn, RuleDocument } from './document-types.ts'
import { quote } from './quote.ts'

type Difference = {
  readonly path: readonly (string | number)[]
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: unknown
  readonly after?: unknown
}

/** Names from the path in the order of the stars, quoted; then the difference. */
type Words = (names: readonly string[], difference: Difference) => string

/** The first whose pattern fits the path says it; `*` stands for any step. */
const SENTENCES: readonly (readonly [pattern: string, words: Words])[] = [
  ['types *', ([type], { kind }) => `the type ${type} ${comes(kind)}`],
  ['types * title', ([type], d) => `the type ${type} is now called ${shown(d.after)}`],
  ['types * default', ([type], d) => `${type} now ${defaultText(d.after)}`],
  ['types * channels', ([type], d) => `${type} now governs ${channelsText(d.after)}`],
  ['types * retention', ([type], d) => `messages of ${type} are now kept ${keptText(d.after)}`],
  [
    'types * retention days',
    ([type], d) => `messages of ${type} are now kept ${keptText({ days: d.after })}`,
  ],
  ['types * actions *', ([type], d) => `${type} ${now(d)} the action ${part(d)}`],
  ['types * attributes *', ([type, name], d) => declared(`${type}`, `${name}`, d)],
  [
    'types * relations * *',
    ([type, name], d) => `${name} of ${type} ${may(d)} point to a ${part(d)}`,
  ],
  ['types * roles *', ([type, role], d) => `${type} ${has(d)} the role ${role}${rights(d)}`],
  [
    'types * roles * can *',
    ([type, role], d) => `role ${role} of ${type} ${can(d)} ${actionText(d)}`,
  ],
  [
    'types * roles * extends *',
    ([type, role], d) => `role ${role} of ${type} ${extend(d)} ${part(d)}`,
  ],
  [
    'types * roles * from *',
    ([type, role], d) => `role ${role} of ${type} ${follow(d)} ${derivationText(d)}`,
  ],
  ['types * rules *', ([type], d) => `${type} ${ruleText(d)}`],
  ['types * messages *', ([type, name], d) => `${type} ${kindOf(d)} the form of messages ${name}`],
  ['tenant roles *', ([role], d) => `the tenant ${has(d)} the role ${role}`],
  ['tenant roles * extends *', ([role], d) => `role ${role} of the tenant ${extend(d)} ${part(d)}`],
  [
    'tenant roles * can * *',
    ([role, type], d) => `role ${role} of the tenant ${can(d)} ${actionText(d)} on every ${type}`,
  ],
  ['tenant attributes *', ([name], d) => declared('the tenant', `${name}`, d)],
  ['people attributes *', ([name], d) => declared('people', `${name}`, d)],
  ['people fields *', ([name], d) => `people ${kindOf(d)} what forms say of ${name}`],
  ['settings sign_in *', (_, d) => `everybody who signs in ${gets(d)} ${roleOnText(d)}`],
  ['settings owner *', (_, d) => `the owner ${gets(d)} ${roleOnText(d)}`],
  [
    'settings second_person *',
    (_, d) =>
      `${part(d)} ${isAdded(d) ? 'now takes a second person' : 'no longer takes a second person'}`,
  ],
  ['settings home', (_, d) => `people now land in ${shown(d.after)}`],
]

/** Says what is different, in the present tense, without a stop. */
export function differenceText(difference: Difference): string {
  const steps = difference.path.map(String)
  for (const [pattern, words] of SENTENCES) {
    const names = fit(pattern.split(' '), steps)
    if (names) return words(names.map(quote), difference)
  }
  const place = quote(steps.join('.'))
  if (difference.kind === 'added') return `${place} is now ${shown(difference.after)}`
  if (difference.kind === 'removed') return `${place} is gone; it was ${shown(difference.before)}`
  return `${place} is now ${shown(difference.after)}; it was ${shown(difference.before)}`
}

function fit(pattern: readonly string[], steps: readonly string[]): readonly string[] | undefined {
  if (pattern.length !== steps.length) return undefined
  const isFitting = pattern.every((word, i) => word === '*' || word === steps[i])
  return isFitting ? steps.filter((_, i) => pattern[i] === '*') : undefined
}

const isAdded = ({ kind }: Difference) => kind !== 'removed'
const comes = (kind: Difference['kind']) => (kind === 'removed' ? 'is gone' : 'is new')
const now = (d: Difference) => (isAdded(d) ? 'now has' : 'no longer has')
const has = now
const may = (d: Difference) => (isAdded(d) ? 'can now' : 'can no longer')
const can = may
const extend = (d: Difference) => (isAdded(d) ? 'now includes' : 'no longer includes')
const follow = (d: Difference) => (isAdded(d) ? 'now follows from' : 'no longer follows from')
const gets = (d: Difference) => (isAdded(d) ? 'now gets' : 'no longer gets')

function kindOf({ kind }: Difference): string {
  return { added: 'now has', removed: 'no longer has', changed: 'has changed' }[kind]
}

/** What was added or removed. */
function value(d: Difference): unknown {
  return isAdded(d) ? d.after : d.before
}

function part(d: Difference): string {
  return shown(value(d))
}

function shown(some: unknown): string {
  return quote(typeof some === 'string' ? some : (JSON.stringify(some) ?? 'nothing'))
}

function actionText(d: Difference): string {
  return value(d) === '*' ? 'do everything' : part(d)
}

function defaultText(to: unknown): string {
  return to === 'allow' ? 'allows what nothing forbids' : 'denies what nothing allows'
}

function channelsText(to: unknown): string {
  return to === undefined ? 'no channels' : shown(to)
}

function keptText(to: unknown): string {
  return to === undefined ? 'for good' : `${(to as { days?: unknown }).days} days`
}

function declared(owner: string, name: string, d: Difference): string {
  if (d.kind === 'removed') return `the attribute ${name} of ${owner} is no longer declared`
  return `the attribute ${name} of ${owner} is now declared as ${shown(d.after)}`
}

function rights(d: Difference): string {
  const words = (value(d) as { can?: readonly string[] }).can ?? []
  if (d.kind !== 'added' || words.length === 0) return ''
  return `, which can ${words.includes('*') ? 'do everything' : listed(words)}`
}

function listed(words: readonly string[]): string {
  return words.map(quote).join(', ')
}

function derivationText(d: Difference): string {
  const { role, via, when } = value(d) as DerivationDocument
  return `${quote(role)} along ${quote(via)}${when === undefined ? '' : ` where ${quote(when)}`}`
}

function roleOnText(d: Difference): string {
  const { role, on } = value(d) as RoleOn
  return `the role ${quote(role)} on ${quote(on)}`
}

function ruleText(d: Difference): string {
  if (d.kind === 'changed') {
    const { id = '' } = d.after as RuleDocument
    return `has changed the rule ${quote(id)}: it now ${statementText(d.after as RuleDocument)}`
  }
  const rule = value(d) as RuleDocument
  return isAdded(d) ? `now ${statementText(rule)}` : `no longer ${statementText(rule)}`
}

/** A rule in words: ``forbids `publish` to `guest` where `resource.quiet` ``. */
function statementText(rule: RuleDocument): string {
  const said = verbOf(rule)
  const actions = said?.words.includes('*') ? 'everything' : listed(said?.words ?? [])
  const { to, unless, when, from, until } = rule
  return [
    `${said?.verb ?? 'say'}s ${actions}`,
    to && `to ${listed(to)}`,
    unless && `except to ${listed(unless)}`,
    when !== undefined && `${said?.verb === 'require' ? 'to have' : 'where'} ${quote(when)}`,
    from !== undefined && `from ${quote(from)}`,
    until !== undefined && `until ${quote(until)}`,
  ]
    .filter((words) => typeof words === 'string')
    .join(' ')
}
