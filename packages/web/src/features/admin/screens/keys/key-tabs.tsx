import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { Tabs } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { texts } from './texts.ts'

export function KeyTabs({ address, current }: Pick<ScreenProps, 'address'> & { current: string }) {
  const same = kept(address.query)
  return (
    <Tabs
      label={shared.screens.keys}
      current={current}
      tabs={[
        { key: 'keys', title: texts.tabs.keys, href: adminHref('keys', [], same) },
        {
          key: 'tokens',
          title: texts.tabs.tokens,
          href: adminHref('keys', [], { ...same, part: 'tokens' }),
        },
      ]}
    />
  )
}
