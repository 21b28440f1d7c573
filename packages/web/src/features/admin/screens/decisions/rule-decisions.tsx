// From a rule to exactly what it refused.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { useRights } from '../../store/rights.tsx'
import { type Rule, ruleDecisionsHref } from './decisions-address.ts'
import { texts } from './texts.ts'

export function RuleDecisions(props: {
  readonly type: string
  readonly rule: Rule
  /** The rules of the type that are in force, and their version. */
  readonly inForce: readonly Rule[]
  readonly version: string
  readonly query: Readonly<Record<string, string>>
}): ReactNode {
  const { may } = useRights()
  const href = ruleDecisionsHref(props)
  if (href === undefined || !may('read-decisions')) return null
  return (
    <Anchor className="sm row rule-decisions" href={href}>
      <Icon name="history" size="s" />
      {texts.ofRule}
    </Anchor>
  )
}
