// Whoever works in several tenants chooses which one.

import type { ReactNode } from 'react'
import { SelectField } from '../../../ui/fields.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { type DeskAddress, deskHref } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { OwnDesk } from '../store/use-tenants.ts'

export function TenantSwitch(props: {
  readonly address: DeskAddress
  readonly tenants: readonly OwnDesk[]
}): ReactNode {
  const { tenant } = useDesk()
  const navigate = useNavigate()
  const { tenants } = props
  if (tenants.length < 2) return null
  return (
    <div className="tenant-switch">
      <SelectField
        label={texts.tenant}
        value={tenant}
        options={tenants.map((one) => ({ key: one.tenant, label: one.title }))}
        onChange={(next) => navigate(deskHref('inbox', undefined, { tenant: next }))}
      />
    </div>
  )
}
