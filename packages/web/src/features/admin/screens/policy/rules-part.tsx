// The rules of a type, on top of its roles.

import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { SelectField } from '../../../../ui/fields.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { RuleDecisions } from '../decisions/rule-decisions.tsx'
import { asked } from './model/matrix.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { kindOf } from './state-text.ts'
import { texts } from './texts.ts'
import { actionTitle, offOf, type PartProps, typeTitle } from './view.ts'

/** Rules are asked for by their place, or by their id from elsewhere. */
function placeOf(rules: readonly { readonly id?: string }[], asked: string): number {
  const named = rules.findIndex(({ id }) => id === asked)
  return named < 0 ? Number(asked) : named
}

export function RulesPart(props: PartProps): ReactNode {
  const { document, inForce, address } = props
  const navigate = useNavigate()
  const types = Object.keys(document.types)
  const said = address.rest[1] ?? ''
  const type = Object.hasOwn(document.types, said) ? said : (types[0] ?? '')
  const rules = document.types[type]?.rules ?? []
  const before = new Set((inForce.types[type]?.rules ?? []).map((rule) => JSON.stringify(rule)))
  const off = offOf(props)
  const open = (rule: string | undefined) =>
    navigate(withQuery(address, { rule, action: undefined, to: undefined }), { replace: true })
  const asking = address.query.rule
  const index = asking === undefined || asking === 'new' ? undefined : placeOf(rules, asking)
  return (
    <div className="page-scroll rules-part">
      <div className="table-tools bare">
        <SelectField
          label={texts.type}
          value={type}
          options={types.map((key) => ({ key, label: typeTitle(document, key) }))}
          onChange={(key) => navigate(adminHref('policy', ['rules', key], address.query))}
        />
        <span className="grow" />
        {off === undefined ? (
          <Button icon="plus" onClick={() => open('new')}>
            {texts.rules.add}
          </Button>
        ) : null}
      </div>
      {rules.length === 0 ? <p className="empty dim">{texts.rules.empty}</p> : null}
      <ul className="rules">
        {rules.map((rule, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place
            key={at}
            data-changed={!before.has(JSON.stringify(rule)) || undefined}
          >
            <button type="button" className="rule" onClick={() => open(String(at))}>
              <span className="row">
                <span className="kind" data-kind={kindOf(rule)}>
                  {texts.rules.kinds[kindOf(rule)]}
                </span>
                <b>
                  {asked(rule).includes('*')
                    ? texts.rules.all
                    : asked(rule).map(actionTitle).join(', ')}
                </b>
                <span className="grow" />
                <code className="xs faint">{rule.id ?? `#${at + 1}`}</code>
              </span>
              <span className="sm dim">
                {texts.rules.to}: {(rule.to ?? [texts.rules.everybody]).join(', ')}
                {rule.unless === undefined
                  ? ''
                  : ` · ${texts.rules.unless}: ${rule.unless.join(', ')}`}
              </span>
              <span className="sm">
                <span className="dim">{texts.rules.when}: </span>
                {rule.when === undefined ? texts.rules.always : <code>{rule.when}</code>}
              </span>
              {rule.message === undefined ? null : <q className="sm">{rule.message}</q>}
            </button>
            <RuleDecisions
              type={type}
              rule={rule}
              inForce={inForce.types[type]?.rules ?? []}
              version={props.state.inForce.version}
              query={address.query}
            />
          </li>
        ))}
      </ul>
      {asking === undefined ? null : (
        <RuleDialog
          key={`${type} ${asking}`}
          {...props}
          type={type}
          index={index !== undefined && index < rules.length ? index : undefined}
          suggested={{ action: address.query.action, to: address.query.to }}
          off={off}
          onClose={() => open(undefined)}
        />
      )}
    </div>
  )
}
