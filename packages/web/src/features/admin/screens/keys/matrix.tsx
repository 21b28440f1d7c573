// Patterns × actions: what a key may do, where. Each row is a pattern; the rare actions stand in a menu.

import type { ReactNode } from 'react'
import { Button, IconButton } from '../../../../ui/button.tsx'
import { Menu } from '../../../../ui/menu.tsx'
import { COLUMNS, EVERYTHING, has, type Line, OTHERS, turned } from './model.ts'
import { texts } from './texts.ts'

export function PermissionMatrix(props: {
  /** The first field has it, so that an error leads there. */
  readonly id: string
  readonly label: string
  readonly lines: readonly Line[]
  readonly error?: string | undefined
  readonly onChange: (lines: readonly Line[]) => void
}): ReactNode {
  const { lines, onChange, id } = props
  const put = (line: Line) => onChange(lines.map((each) => (each.id === line.id ? line : each)))
  const add = () => {
    const next = Math.max(-1, ...lines.map((line) => line.id)) + 1
    onChange([...lines, { id: next, pattern: '', actions: ['subscribe'] }])
  }
  return (
    <div className="key-matrix">
      <div className="key-matrix-scroll">
        <table aria-label={props.label} aria-describedby={`${id}-below`}>
          <thead>
            <tr>
              <th scope="col">{texts.pattern}</th>
              <th scope="col">{texts.everything}</th>
              {COLUMNS.map((action) => (
                <th key={action} scope="col">
                  {action}
                </th>
              ))}
              <th scope="col">{texts.others}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <Row
                key={line.id}
                line={line}
                at={at}
                fieldId={at === 0 ? id : undefined}
                onChange={put}
                onRemove={() => onChange(lines.filter((each) => each.id !== line.id))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div id={`${id}-below`}>
        <p className={props.error === undefined ? 'hint' : 'problem sm'}>
          {props.error ?? texts.patternHint}
        </p>
      </div>
      <Button size="small" icon="plus" onClick={add}>
        {texts.addPattern}
      </Button>
    </div>
  )
}

function Row(props: {
  readonly line: Line
  readonly at: number
  readonly fieldId: string | undefined
  readonly onChange: (line: Line) => void
  readonly onRemove: () => void
}): ReactNode {
  const { line, onChange } = props
  const { pattern, actions } = line
  const name = pattern.trim() === '' ? texts.patternOf(props.at + 1) : pattern
  const turn = (action: string) => onChange({ ...line, actions: turned(actions, action) })
  const others = OTHERS.filter((action) => has(actions, action))
  return (
    <tr>
      <th scope="row">
        <input
          id={props.fieldId}
          className="input code"
          aria-label={texts.patternOf(props.at + 1)}
          value={pattern}
          maxLength={2_048}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ ...line, pattern: event.target.value })}
        />
      </th>
      {[EVERYTHING, ...COLUMNS].map((action) => (
        <td key={action}>
          <input
            type="checkbox"
            aria-label={texts.actionOn(action === EVERYTHING ? texts.everything : action, name)}
            checked={has(actions, action)}
            onChange={() => turn(action)}
          />
        </td>
      ))}
      <td>
        <span className="others">
          <span className="sm num">{texts.someOthers(others.length)}</span>
          <Menu
            icon="sliders-horizontal"
            label={texts.othersOf(name)}
            groups={[
              {
                items: OTHERS.map((action) => ({
                  key: action,
                  label: action,
                  icon: has(actions, action) ? 'check' : 'circle',
                  isChecked: has(actions, action),
                  onSelect: () => turn(action),
                })),
              },
            ]}
          />
        </span>
      </td>
      <td>
        <IconButton icon="trash" label={texts.removePattern(name)} onClick={props.onRemove} />
      </td>
    </tr>
  )
}
