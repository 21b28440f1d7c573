// Apps of the installation, and the tenants of the app that is looked at.

import type { ReactNode } from 'react'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { Tabs } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { AppList } from './app-list.tsx'
import { TenantList } from './tenant-list.tsx'
import { texts } from './texts.ts'

export function Apps(props: ScreenProps): ReactNode {
  const isTenants = props.address.query.part === 'tenants'
  const same = kept(props.address.query)
  const tabs = (
    <Tabs
      label={shared.screens.apps}
      current={isTenants ? 'tenants' : 'apps'}
      tabs={[
        { key: 'apps', title: texts.tabs.apps, href: adminHref('apps', [], same) },
        {
          key: 'tenants',
          title: texts.tabs.tenants,
          href: adminHref('apps', [], { ...same, part: 'tenants' }),
        },
      ]}
    />
  )
  return isTenants ? <TenantList {...props} tabs={tabs} /> : <AppList {...props} tabs={tabs} />
}
