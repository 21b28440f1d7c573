// Which app and which tenant is looked at, and the way to another one. Shown where there is more than one.

import { manage } from '@sayso/client/manage'
import { type ReactNode, useId } from 'react'
import { useNavigate } from '../../../ui/navigation.tsx'
import { adminHref } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import type { AdminAddress } from '../props.ts'
import { useRights } from '../store/rights.tsx'
import { useList } from '../store/use-list.ts'

/** The list of apps is the main one's. */
const main = manage()

export function PlaceSwitch(props: {
  readonly address: AdminAddress
  readonly tenant: string
  /** Tenants the reader is somebody in. */
  readonly tenants: readonly string[]
}): ReactNode {
  const { app } = props.address.query
  const navigate = useNavigate()
  const isForeman = useRights().may('manage-app')
  const apps = useList(main, 'listApps', { query: {} }, { isOff: !isForeman }).items
  const known = apps.some(({ id }) => id === app)
  const appOptions = [
    { key: '', label: texts.mainApp },
    ...apps.map(({ id, name }) => ({ key: id, label: name })),
    ...(app === undefined || known ? [] : [{ key: app, label: app }]),
  ]
  const tenants = [...new Set([...props.tenants, props.tenant])]
  return (
    <div className="place-switch">
      {appOptions.length < 2 ? null : (
        <Choice
          label={texts.app}
          value={app ?? ''}
          options={appOptions}
          onChange={(key) => navigate(adminHref('', [], key === '' ? {} : { app: key }))}
        />
      )}
      {tenants.length < 2 ? null : (
        <Choice
          label={texts.tenant}
          value={props.tenant}
          options={tenants.map((key) => ({ key, label: key.slice(key.indexOf(':') + 1) }))}
          onChange={(tenant) => navigate(adminHref('', [], { app, tenant }))}
        />
      )}
    </div>
  )
}

function Choice(props: {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly key: string; readonly label: string }[]
  readonly onChange: (key: string) => void
}): ReactNode {
  const id = useId()
  return (
    <div className="row">
      <label htmlFor={id} className="xs faint">
        {props.label}
      </label>
      <select
        id={id}
        className="input grow"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
