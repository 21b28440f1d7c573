// Addresses of decisions: those of a rule, and those that a row of a report counts. Pure.

import { adminHref, kept } from '../../model/address.ts'

export type Rule = { readonly id?: string }

/**
 * The decisions of a rule. One without an id is called by its place, which is that of one version only.
 *
 * @returns undefined for one without an id that is not in force
 */
export function ruleDecisionsHref(of: {
  readonly type: string
  readonly rule: Rule
  readonly inForce: readonly Rule[]
  readonly version: string
  readonly query: Readonly<Record<string, string>>
}): string | undefined {
  const { type, rule, inForce, version, query } = of
  const rules = `types.${type}.rules`
  if (rule.id !== undefined)
    return adminHref('decisions', [], { ...kept(query), by: `${rules}.${rule.id}` })
  const text = JSON.stringify(rule)
  const at = inForce.findIndex((each) => JSON.stringify(each) === text)
  if (at < 0) return undefined
  return adminHref('decisions', [], { ...kept(query), by: `${rules}[${at}]`, policy: version })
}

type Refused = Readonly<Record<string, unknown>>

/** What a row of the report of refusals counts; `to` is not included there. */
export function refusalsHref(
  row: Refused,
  span: { readonly from: string; readonly to: string },
  query: Readonly<Record<string, string>>,
): string {
  const said = (name: string) => (row[name] === '' ? undefined : (row[name] as string | undefined))
  return adminHref('decisions', [], {
    ...kept(query),
    verdict: 'deny',
    action: said('action'),
    by: said('rule'),
    reason: said('reason'),
    of: said('tenant'),
    from: span.from,
    to: new Date(Date.parse(span.to) - 1).toISOString(),
  })
}
