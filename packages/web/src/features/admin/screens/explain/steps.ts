// The path of an explanation as lines to read: what each step says, how it stands, and where it leads. Pure.

import { adminHref } from '../../model/address.ts'
import { grantOf, groupOf, idOf, isPerson, placeOf } from '../../model/names.ts'
import { texts } from './texts.ts'

export type Line = {
  readonly key: string
  readonly look: 'start' | 'yes' | 'no' | 'plain'
  readonly title: string
  readonly text: string
  readonly link?: { readonly label: string; readonly href: string }
}

type Tuple = { readonly resource: string; readonly role: string; readonly subject: string }
type Given = {
  readonly by?: string
  readonly expiresAtMs?: number
  readonly reason?: string
}

/** As the server tells it; whatever else it may tell one day is not drawn. */
type Step =
  | { readonly kind: 'assigned'; readonly tuple: Tuple; readonly grant: Given }
  | { readonly kind: 'member'; readonly set: string }
  | {
      readonly kind: 'derived'
      readonly role: string
      readonly on: string
      readonly from: { readonly role: string; readonly on: string }
      readonly relation: { readonly relation: string }
      readonly statement: string
    }
  | { readonly kind: 'inherits'; readonly role: string; readonly from: string; readonly on: string }
  | {
      readonly kind: 'allows'
      readonly role: string
      readonly on: string
      readonly action: string
      readonly statement: string
    }
  | { readonly kind: 'rule' | 'default'; readonly statement: string }

export type Told = {
  readonly allowed: boolean
  readonly verdict?: string | undefined
  readonly path?: readonly unknown[] | undefined
}

/** How things are called for people. */
export type Naming = {
  readonly person: (id: string) => string
  readonly role: (role: string, on: string) => string
  readonly time: (atMs: number) => string
}

export function linesOf(
  told: Told,
  question: { readonly subject: string; readonly action: string },
  naming: Naming,
): readonly Line[] {
  const start: Line = {
    key: 'start',
    look: 'start',
    title: naming.person(idOf(question.subject)),
    text: texts.signedIn,
    ...(isPerson(question.subject)
      ? { link: { label: '', href: adminHref('people', [idOf(question.subject)]) } }
      : {}),
  }
  const steps = (told.path ?? []) as readonly Step[]
  const lines = steps.flatMap((step, index): readonly Line[] => {
    const said = lineOf(step, told.allowed, question.action, naming)
    return said === undefined ? [] : [{ ...said, key: `${index}` }]
  })
  if (lines.length === 0 && !told.allowed && told.verdict === 'never_granted') {
    const none: Line = { key: 'none', look: 'no', title: texts.nothing, text: '' }
    return [start, none]
  }
  return [start, ...lines]
}

type Said = Omit<Line, 'key'>

function lineOf(step: Step, allowed: boolean, action: string, naming: Naming): Said | undefined {
  switch (step.kind) {
    case 'assigned':
      return assigned(step.tuple, step.grant, naming)
    case 'member':
      return { look: 'plain', title: texts.bySet(groupOf(step.set) ?? step.set), text: step.set }
    case 'derived':
      return {
        look: 'plain',
        title: texts.derived(naming.role(step.role, step.on), placeOf(step.on)),
        text: texts.derivedWhy(
          naming.role(step.from.role, step.from.on),
          placeOf(step.from.on),
          step.relation.relation,
        ),
        link: { label: texts.openRole, href: policyHref(step.statement) },
      }
    case 'inherits':
      return {
        look: 'plain',
        title: texts.inherits(naming.role(step.role, step.on), naming.role(step.from, step.on)),
        text: '',
      }
    case 'allows':
      return {
        look: 'yes',
        title: texts.allows(naming.role(step.role, step.on), step.action),
        text: step.statement,
        link: { label: texts.openRole, href: policyHref(step.statement) },
      }
    case 'rule': {
      const rule = ruleOf(step.statement)
      return {
        look: allowed ? 'yes' : 'no',
        title: allowed ? texts.ruleDecides(rule) : texts.ruleForbids(rule, action),
        text: allowed ? step.statement : texts.ruleWins,
        link: { label: texts.openRule, href: policyHref(step.statement) },
      }
    }
    case 'default':
      return {
        look: 'yes',
        title: texts.byDefault,
        text: step.statement,
        link: { label: texts.openRole, href: policyHref(step.statement) },
      }
    default:
      return undefined
  }
}

function assigned({ resource, role, subject }: Tuple, grant: Given, naming: Naming): Said {
  const group = groupOf(subject)
  const [title, place] = [naming.role(role, resource), placeOf(resource)]
  const said = [
    grant.by === undefined ? '' : texts.byWhom(naming.person(idOf(grant.by))),
    grant.expiresAtMs === undefined ? '' : texts.until(naming.time(grant.expiresAtMs)),
    grant.reason === undefined ? '' : texts.because(grant.reason),
  ]
  return {
    look: 'yes',
    title: group === undefined ? texts.has(title, place) : texts.setHas(group, title, place),
    text: said.filter((each) => each !== '').join(', '),
    link: {
      label: texts.openGrant,
      href: adminHref('grants', [grantOf(resource, role, subject)]),
    },
  }
}

/** `types.channel.rules.muted` is `muted`, `types.channel.rules[2]` is `3`. */
export function ruleOf(statement: string): string {
  const index = /\[(\d+)\]$/.exec(statement)?.[1]
  return index === undefined
    ? (statement.split('.').at(-1) ?? statement)
    : String(Number(index) + 1)
}

/** Where the policy says so: its matrix for roles, its rules for rules. */
export function policyHref(statement: string): string {
  const [first, type = 'channel', part, name] = statement.split('.')
  if (first === 'tenant') return adminHref('policy', ['matrix', 'tenant'], { role: part })
  if (part?.startsWith('rules') === true)
    return adminHref('policy', ['rules', type], {
      rule: /\[(\d+)\]$/.exec(statement)?.[1] ?? name,
    })
  return adminHref('policy', ['matrix', type], { role: name })
}

/** The answer as a sentence, with the reason of a no. */
export function sentenceOf(
  told: Told & { readonly message: string; readonly statements?: readonly string[] },
  asked: { readonly subject: string; readonly action: string; readonly on: string },
  naming: Naming,
): string {
  const parts = [naming.person(idOf(asked.subject)), asked.action, placeOf(asked.on)] as const
  if (told.allowed) return texts.may(...parts)
  const rule = ruleOf(told.statements?.at(-1) ?? '')
  switch (told.verdict) {
    case 'forbidden':
    case 'requirement':
      return `${texts.mayNot(...parts)} ${texts.whys[told.verdict](rule)}`
    case 'never_granted':
    case 'unknown':
      return `${texts.mayNot(...parts)} ${texts.whys[told.verdict]}`
    default:
      // Of the server, which names things as machines do.
      return `${told.message.replaceAll('`', '')}.`
  }
}
