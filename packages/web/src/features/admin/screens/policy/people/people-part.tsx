// What is declared of people: types, values, who sets them. Into the draft like everything else.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../../../ui/button.tsx'
import { useNavigate } from '../../../../../ui/navigation.tsx'
import { withQuery } from '../../../model/address.ts'
import { offOf, type PartProps } from '../view.ts'
import { FieldDialog } from './field-dialog.tsx'
import { texts } from './texts.ts'

export function PeoplePart(props: PartProps): ReactNode {
  const { document, inForce, address } = props
  const navigate = useNavigate()
  const { attributes = {}, fields = {} } = document.people ?? {}
  const names = Object.keys(attributes)
  const before = inForce.people
  const off = offOf(props)
  const asked = address.query.field
  const open = (field: string | undefined) =>
    navigate(withQuery(address, { field }), { replace: true })
  const [isNew, setNew] = useState(false)
  const isChanged = (name: string) =>
    attributes[name] !== before?.attributes?.[name] ||
    JSON.stringify(fields[name]) !== JSON.stringify(before?.fields?.[name])
  return (
    <div className="page-scroll people-part stack">
      <p className="sm dim">{texts.about}</p>
      {names.length === 0 ? (
        <p className="empty dim">{texts.empty}</p>
      ) : (
        <table className="fields-table">
          <thead>
            <tr>
              {Object.values(texts.columns).map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const { title, about, one_of, set_by = 'people' } = fields[name] ?? {}
              return (
                <tr key={name} data-changed={isChanged(name) || undefined}>
                  <th scope="row">
                    <button type="button" className="link" onClick={() => open(name)}>
                      <span className="vh">{texts.open('')}</span>
                      <code>{name}</code>
                    </button>
                  </th>
                  <td>{texts.types[attributes[name] ?? 'any']}</td>
                  <td>{[title, about].filter(Boolean).join(': ') || '–'}</td>
                  <td>{one_of?.map(String).join(', ') ?? '–'}</td>
                  <td>{texts.setBy[set_by]}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {off === undefined ? (
        <div>
          <Button icon="plus" onClick={() => setNew(true)}>
            {texts.add}
          </Button>
        </div>
      ) : (
        <p className="hint">{off}</p>
      )}
      {isNew || (asked !== undefined && Object.hasOwn(attributes, asked)) ? (
        <FieldDialog
          key={isNew ? '' : asked}
          {...props}
          name={isNew ? undefined : asked}
          off={off}
          onClose={() => {
            setNew(false)
            open(undefined)
          }}
        />
      ) : null}
    </div>
  )
}
