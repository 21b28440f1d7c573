// The matrix of a type with its tools, and what the chosen cell is.

import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { Menu } from '../../../../ui/menu.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { CellDetail } from './cell-detail.tsx'
import { Glyph } from './matrix-glyph.tsx'
import { MatrixGrid } from './matrix-grid.tsx'
import { type Wish, wished } from './model/edits.ts'
import {
  type Chosen,
  columnsShown,
  grouped,
  isSameCell,
  type Matrix,
  type MatrixRow,
  matrixOf,
  type RowKey,
} from './model/matrix.ts'
import { RoleDialog } from './role-dialog.tsx'
import { texts } from './texts.ts'
import { TypeDialog } from './type-dialog.tsx'
import { actionTitle, offOf, type PartProps, typeTitle } from './view.ts'

type Asked =
  | { readonly kind: 'role'; readonly row?: MatrixRow }
  | { readonly kind: 'type'; readonly type?: string }

export function MatrixPart(props: PartProps): ReactNode {
  const { document, inForce, address, draft, state } = props
  const types = Object.keys(document.types)
  const said = address.rest[1] ?? ''
  const type = Object.hasOwn(document.types, said) ? said : (types[0] ?? '')
  const matrix = useMemo(() => matrixOf(document, type), [document, type])
  const before = useMemo(() => matrixOf(inForce, type), [inForce, type])
  const [chosen, setChosen] = useState(() => chosenIn(address.query.cell))
  useEffect(() => setChosen(chosenIn(address.query.cell)), [address.query.cell])
  const [asked, setAsked] = useState<Asked>()
  const say = useSay()
  const shown = shownOf(matrix, address.query)
  const off = offOf(props)
  const held = useHeld(props, type)
  const isChanged = (row: RowKey, action: string) =>
    !isSameCell(matrix.cell(row, action), before.cell(row, action))
  const wish = (at: Chosen, wanted: Wish) => {
    setChosen(at)
    if (off !== undefined) return
    const made = wished(document, { type, ...at }, wanted)
    if (made.kind !== 'edits' || made.edits.length === 0) return
    const problem = draft.edit(made.edits)
    if (problem !== undefined) say({ tone: 'bad', title: texts.unmade(problem) })
  }
  return (
    <div className="matrix-part">
      <Tools {...props} type={type} matrix={matrix} off={off} onAsk={setAsked} />
      {state.reading.isRead ? null : (
        <p className="note caution sm" role="alert">
          {texts.unread(state.reading.problem)}{' '}
          <Anchor href={adminHref('policy', ['text'], address.query)}>{texts.mendText}</Anchor>
        </p>
      )}
      <MatrixGrid
        label={texts.matrixLabel(typeTitle(document, type))}
        matrix={matrix}
        rows={shown.rows}
        actions={shown.actions}
        empty={shown.empty}
        chosen={chosen}
        isChanged={isChanged}
        isNew={(row) => !before.rows.some(({ key }) => key === row)}
        held={held}
        onChoose={setChosen}
        onWish={wish}
        onRole={(row) => setAsked({ kind: 'role', row })}
      />
      <Legend />
      <CellDetail {...props} matrix={matrix} chosen={chosen} off={off} onWish={wish} />
      {asked?.kind === 'role' ? (
        <RoleDialog
          {...props}
          type={type}
          row={asked.row}
          rows={matrix.rows}
          off={off}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked?.kind === 'type' ? (
        <TypeDialog {...props} type={asked.type} off={off} onClose={() => setAsked(undefined)} />
      ) : null}
    </div>
  )
}

/** How many people hold each role, anywhere. */
function useHeld({ calls }: PartProps, type: string): (row: MatrixRow) => number | undefined {
  const isOff = useRights().right('read-people').kind !== 'on'
  const read = useRead(calls, 'listRoles', { query: { count: 'people' } }, { isOff })
  return ({ role, isTenant }) =>
    read.data?.items.find((each) => each.role === role && each.on === (isTenant ? 'tenant' : type))
      ?.people
}

/** `moderator/pin` */
function chosenIn(text: string | undefined): Chosen | undefined {
  const [row, action] = text?.split('/') ?? []
  return row === undefined || action === undefined ? undefined : { row, action }
}

function shownOf(matrix: Matrix, query: Readonly<Record<string, string>>) {
  const text = query.q ?? ''
  const compare = compareOf(matrix, query)
  const all = grouped(columnsShown(matrix, { text: '', compare }, actionTitle))
  const actions = grouped(columnsShown(matrix, { text, compare }, actionTitle))
  const rows =
    compare === undefined ? matrix.rows : matrix.rows.filter(({ key }) => compare.includes(key))
  if (compare !== undefined && all.length === 0)
    return { rows, actions: all, empty: texts.noDifference }
  if (matrix.rows.length === 0) return { rows, actions, empty: texts.noRoles }
  if (actions.length > 0) return { rows, actions, empty: '' }
  const word = text.trim().toLowerCase()
  const found = rows.filter(({ title, key }) => `${title} ${key}`.toLowerCase().includes(word))
  return { rows: found, actions: found.length > 0 ? all : [], empty: texts.nothingFits }
}

function compareOf(
  matrix: Matrix,
  { one, two }: Readonly<Record<string, string>>,
): readonly [RowKey, RowKey] | undefined {
  const has = (key: string | undefined): key is string => matrix.rows.some((row) => row.key === key)
  return has(one) && has(two) ? [one, two] : undefined
}

function Tools(
  props: PartProps & {
    readonly type: string
    readonly matrix: Matrix
    readonly off: string | undefined
    readonly onAsk: (asked: Asked) => void
  },
): ReactNode {
  const { document, address, type, matrix, off } = props
  const navigate = useNavigate()
  const filter = (some: Record<string, string | undefined>) =>
    navigate(withQuery(address, some), { replace: true })
  const isComparing = address.query.one !== undefined
  const rows = matrix.rows.map(({ key, title }) => ({ key, label: title }))
  return (
    <div className="table-tools">
      <SelectField
        label={texts.type}
        value={type}
        options={Object.keys(document.types).map((key) => ({
          key,
          label: typeTitle(document, key),
        }))}
        onChange={(key) =>
          navigate(
            adminHref('policy', ['matrix', key], {
              ...address.query,
              one: undefined,
              two: undefined,
            }),
          )
        }
      />
      <TextField
        label={texts.filter}
        type="search"
        value={address.query.q ?? ''}
        onChange={(q) => filter({ q })}
      />
      {isComparing ? (
        <>
          <SelectField
            label={texts.first}
            value={address.query.one ?? ''}
            options={rows}
            onChange={(one) => filter({ one })}
          />
          <SelectField
            label={texts.second}
            value={address.query.two ?? ''}
            options={rows}
            onChange={(two) => filter({ two })}
          />
        </>
      ) : null}
      <Button
        look="quiet"
        icon="columns"
        onClick={() =>
          filter(
            isComparing
              ? { one: undefined, two: undefined }
              : { one: rows[0]?.key, two: rows[1]?.key },
          )
        }
      >
        {isComparing ? texts.compareEnd : texts.compare}
      </Button>
      {off === undefined ? <Makers type={type} onAsk={props.onAsk} /> : null}
    </div>
  )
}

function Makers(props: {
  readonly type: string
  readonly onAsk: (asked: Asked) => void
}): ReactNode {
  const { type, onAsk } = props
  return (
    <>
      <span className="grow" />
      <Button icon="plus" onClick={() => onAsk({ kind: 'role' })}>
        {texts.newRole}
      </Button>
      <Menu
        label={texts.type}
        icon="ellipsis"
        groups={[
          {
            items: [
              {
                key: 'edit',
                label: texts.editType,
                icon: 'sliders-horizontal',
                onSelect: () => onAsk({ kind: 'type', type }),
              },
              {
                key: 'new',
                label: texts.newType,
                icon: 'plus',
                onSelect: () => onAsk({ kind: 'type' }),
              },
            ],
          },
        ]}
      />
    </>
  )
}

const LEGEND = ['allowed', 'forbidden', 'inherited', 'never', 'condition', 'changed'] as const

function Legend(): ReactNode {
  return (
    <ul className="legend" aria-hidden="true">
      {LEGEND.map((key) => (
        <li key={key}>
          <span
            className="mx"
            data-kind={key === 'condition' || key === 'changed' ? 'allowed' : key}
          >
            <span
              className="face"
              data-changed={key === 'changed' || undefined}
              data-if={key === 'condition' || undefined}
            >
              <Glyph kind={key === 'condition' || key === 'changed' ? 'allowed' : key} />
            </span>
          </span>
          {texts.legend[key]}
        </li>
      ))}
    </ul>
  )
}
