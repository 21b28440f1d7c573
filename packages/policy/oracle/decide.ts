// The answers, one after the other as the rules state them, with nothing remembered between two questions.

import type { MessageState } from '../src/condition/condition.ts'
import type { RuleDocument } from '../src/document-types.ts'
import type { Question, ResourceId } from '../src/index.ts'
import { evaluate, type Variables } from './condition.ts'
import {
  type Asking,
  closed,
  type Held,
  heldBy,
  referred,
  rolesOn,
  scopeOf,
  tenantFor,
} from './roles.ts'
import { fits } from './schema.ts'
import { found, isThere, own, type State, tenantOf, typeOf } from './state.ts'

export type Answer = {
  readonly allowed: boolean
  /** The kind of the main reason. */
  readonly kind: string
  /** Of a standing answer: what the single message or context may still turn. */
  readonly isConditional: boolean
}

type Verb = 'allow' | 'forbid' | 'require'
type Asked = {
  readonly question: Question
  readonly state: State
  readonly words: readonly string[]
}

export function answer(state: State, question: Question): Answer {
  const type = own(state.document.types, typeOf(question.resource))
  const no = (kind: string): Answer => ({ allowed: false, kind, isConditional: false })
  if (!type) return no('unknown_type')
  if (!type.actions.includes(question.action)) return no('unknown_action')
  const missing = missingIn(state, question)
  if (missing !== undefined) return no(missing)
  const held = counting(state, question)
  const tenant = tenantFor(state, question.resource, question)
  const words = referred(state, held, question.resource, tenant)
  const asked: Asked = { question, state, words }
  const forbids = applying(asked, 'forbid')
  const requires = applying(asked, 'require')
  if (forbids.some((rule) => !isOpen(asked, rule) && outcome(asked, rule) !== false)) {
    return no('forbidden')
  }
  if (requires.some((rule) => !isOpen(asked, rule) && outcome(asked, rule) !== true)) {
    return no('requirement')
  }
  const isSchemaAsked = type.messages !== undefined && WRITES.test(question.action)
  if (isSchemaAsked && !question.standing && !fits(type.messages ?? {}, question.message?.after)) {
    return no('message_invalid')
  }
  const isLeftOpen = [...forbids, ...requires].some((rule) => isOpen(asked, rule))
  return granted(asked, held, isLeftOpen || (isSchemaAsked && question.standing === true))
}

/** A question about a type, or about what does not exist, can be asked in a tenant; what exists has one already. */
function missingIn(state: State, { resource, inTenant }: Question): string | undefined {
  if (isThere(state, resource)) {
    const isOther = inTenant !== undefined && inTenant !== tenantOf(state, resource)
    return isOther ? 'unknown_resource' : undefined
  }
  const isNamedTenant = typeOf(resource) === 'tenant' && resource !== 'tenant:'
  if (inTenant === undefined || isNamedTenant) return 'unknown_resource'
  const isTenant = typeOf(inTenant) === 'tenant' && isThere(state, inTenant)
  return isTenant ? undefined : 'unknown_tenant'
}

/** What does not exist has no roles on it, whatever is said of its name. */
function counting(state: State, question: Question): Held {
  const { subject, resource } = question
  const held = heldBy(state, subject, question)
  if (isThere(state, resource)) return held
  return held.filter((one) => !one.startsWith(`${resource}#`))
}

const WRITES = /^(?:publish|message-update-.*)$/

function granted(asked: Asked, held: readonly string[], isLeftOpen: boolean): Answer {
  const yes = (kind: string, isConditional: boolean): Answer => ({
    allowed: true,
    kind,
    isConditional,
  })
  if (isGrantedByRole(asked, held)) return yes('granted', isLeftOpen)
  const allows = applying(asked, 'allow')
  const sure = allows.some((rule) => !isOpen(asked, rule) && outcome(asked, rule) === true)
  const isDefault = own(asked.state.document.types, typeOf(asked.question.resource))?.default
  if (sure) return yes('rule', isLeftOpen)
  // With the default to fall back on, a rule that is left open turns nothing.
  const open = allows.some((rule) => isOpen(asked, rule))
  if (open) return yes('rule', isLeftOpen || isDefault !== 'allow')
  if (isDefault === 'allow') return yes('default', isLeftOpen)
  return { allowed: false, kind: 'never_granted', isConditional: false }
}

function isGrantedByRole({ state, question }: Asked, held: readonly string[]): boolean {
  const { resource, action } = question
  const type = own(state.document.types, typeOf(resource))
  const here = rolesOn(held, resource).flatMap((role) => closed(type?.roles ?? {}, role))
  if (here.some((role) => names(own(type?.roles, role)?.can, action))) return true
  const { roles } = state.document.tenant
  return rolesOn(held, tenantFor(state, resource, question))
    .flatMap((role) => closed(roles, role))
    .some((role) => names(own(own(roles, role)?.can, typeOf(resource)), action))
}

const names = (actions: string | readonly string[] | undefined, action: string) =>
  actions !== undefined && [actions].flat().some((one) => one === action || one === '*')

/** The rules of a verb that are active, about this action and about this person. */
function applying({ state, question, words }: Asked, verb: Verb): readonly RuleDocument[] {
  const rules = own(state.document.types, typeOf(question.resource))?.rules ?? []
  return rules.filter((rule) => concerns(rule, verb, question.action, words, state.timeMs))
}

function concerns(
  rule: RuleDocument,
  verb: Verb,
  action: string,
  words: readonly string[],
  timeMs: number,
): boolean {
  const isAbout = rule[verb] !== undefined && names(rule[verb], action)
  const isBegun = rule.from === undefined || Date.parse(rule.from) <= timeMs
  const isOver = rule.until !== undefined && Date.parse(rule.until) <= timeMs
  const isMeant = rule.to === undefined || rule.to.some((word) => words.includes(word))
  const isSpared = rule.unless?.some((word) => words.includes(word)) === true
  return isAbout && isBegun && !isOver && isMeant && !isSpared
}

/** Standing questions leave open what reads a message or the caller's context. */
function isOpen({ question }: Asked, rule: RuleDocument): boolean {
  return (
    question.standing === true &&
    rule.when !== undefined &&
    /\b(?:message|context)\b/.test(rule.when)
  )
}

function outcome({ state, question }: Asked, rule: RuleDocument): boolean | 'error' {
  const { message, context, supposed } = question
  const told = supposed?.context ? { ...context, ...supposed.context } : context
  return outcomeOf(state, question, rule, { message, context: told })
}

function outcomeOf(
  state: State,
  asked: Asking & { readonly subject: string },
  rule: RuleDocument,
  about: Variables,
): boolean | 'error' {
  if (rule.when === undefined) return true
  const scope = { ...scopeOf(state, asked.subject, asked.resource, asked), ...about }
  return evaluate(rule.when, scope, (id) => found(state, id))
}

/** The actions a standing question allows, in the order of the document. */
export function grantedOn(state: State, subject: string, resource: string): readonly string[] {
  const actions = own(state.document.types, typeOf(resource))?.actions ?? []
  return actions.filter(
    (action) => answer(state, { subject, action, resource, standing: true } as Question).allowed,
  )
}

/** Whether the receive rules of the type let a message through to somebody. */
export function mayGet(
  state: State,
  subject: string,
  resource: string,
  message: MessageState,
): boolean {
  const rules = own(state.document.types, typeOf(resource))?.rules ?? []
  const asked = { subject, resource: resource as ResourceId }
  const words = referred(state, heldBy(state, subject, asked), resource, tenantOf(state, resource))
  const about = { message: { before: null, after: message } }
  return rules.every((rule) => {
    const said = () => outcomeOf(state, asked, rule, about)
    const isMeant = (verb: Verb) => concerns(rule, verb, 'receive', words, state.timeMs)
    if (isExactly(rule.forbid) && isMeant('forbid') && said() !== false) return false
    return !(isExactly(rule.require) && isMeant('require') && said() !== true)
  })
}

/** `*` means the actions of the type, and `receive` is none. */
const isExactly = (actions: string | readonly string[] | undefined) =>
  actions !== undefined && [actions].flat().includes('receive')
