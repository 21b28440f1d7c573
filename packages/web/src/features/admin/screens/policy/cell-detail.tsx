// The foot of the matrix: what the chosen cell is, by which rules, and what it can be made.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { adminHref } from '../../model/address.ts'
import { nextWish, type Wish, wished } from './model/edits.ts'
import type { Chosen, Matrix, MatrixCell } from './model/matrix.ts'
import { ruleLine, stateText } from './state-text.ts'
import { texts } from './texts.ts'
import { actionTitle, type PartProps } from './view.ts'

type Props = PartProps & {
  readonly matrix: Matrix
  readonly chosen: Chosen | undefined
  readonly off: string | undefined
  readonly onWish: (at: Chosen, wish: Wish) => void
}

const WISHES: readonly Wish[] = ['allow', 'forbid', 'none']

export function CellDetail(props: Props): ReactNode {
  const { matrix, chosen, document, address } = props
  const row = matrix.rows.find(({ key }) => key === chosen?.row)
  if (chosen === undefined || row === undefined || !matrix.actions.includes(chosen.action)) {
    return <p className="cell-detail sm dim">{texts.pickCell}</p>
  }
  const cell = matrix.cell(chosen.row, chosen.action)
  const rules = document.types[matrix.type]?.rules ?? []
  const [rule] = cell.rules
  const href = (index: number | undefined) =>
    adminHref('policy', ['rules', matrix.type], {
      ...address.query,
      rule: index === undefined ? 'new' : String(index),
      action: index === undefined ? chosen.action : undefined,
      to: index === undefined ? chosen.row : undefined,
    })
  return (
    <section className="cell-detail" aria-label={texts.wishLabel}>
      <Icon name="git-branch" />
      <div className="grow">
        <p className="sm" role="status">
          {texts.cellIs(row.title, actionTitle(chosen.action), stateText(cell, matrix))}{' '}
          <code className="faint xs">{chosen.action}</code>
        </p>
        {cell.rules.map((index) => {
          const known = rules[index]
          return known === undefined ? null : (
            <p key={index} className="xs">
              <code>{ruleLine(known)}</code>
            </p>
          )
        })}
        <Wishes {...props} chosen={chosen} cell={cell} />
      </div>
      <Anchor className="btn quiet" href={href(rule)}>
        {rule === undefined ? texts.addCondition : texts.editRule}
      </Anchor>
    </section>
  )
}

function Wishes(props: Props & { readonly chosen: Chosen; readonly cell: MatrixCell }): ReactNode {
  const { document, matrix, chosen, cell, off } = props
  const at = { type: matrix.type, ...chosen }
  const current = wishOf(cell)
  const made = wished(document, at, current === 'forbid' ? nextWish(cell.kind) : 'none')
  const why = off ?? whyNot(props, made)
  return (
    <div className="wishes">
      <fieldset className="seg" aria-label={texts.wishLabel}>
        {WISHES.map((wish) => (
          <button
            key={wish}
            type="button"
            aria-pressed={wish === current}
            aria-disabled={
              off !== undefined || wished(document, at, wish).kind !== 'edits' || undefined
            }
            onClick={() => {
              if (off === undefined && wish !== current) props.onWish(chosen, wish)
            }}
          >
            {texts.wishes[wish]}
          </button>
        ))}
      </fieldset>
      {why === undefined ? null : <p className="xs faint">{why}</p>}
    </div>
  )
}

function wishOf({ kind }: MatrixCell): Wish {
  if (kind === 'forbidden') return 'forbid'
  return kind === 'never' ? 'none' : 'allow'
}

function whyNot({ document, matrix }: Props, made: ReturnType<typeof wished>): string | undefined {
  if (made.kind === 'edits') return undefined
  if (made.kind === 'inherited') {
    return texts.takesOver(matrix.rows.find(({ key }) => key === made.from)?.title ?? made.from)
  }
  const rule = document.types[matrix.type]?.rules?.[made.rule]
  return texts.ruledBy(rule?.id ?? String(made.rule + 1))
}
