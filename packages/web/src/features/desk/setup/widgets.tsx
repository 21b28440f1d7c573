// Where visitors come in: the widgets of the tenant, and the one that is being set up.

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { deskHref, kept } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { setupTexts } from '../model/texts-setup.ts'
import { DeskPage, Unread } from '../screens/page.tsx'
import { useDesk } from '../store/desk-context.tsx'
import type { PartProps } from '../view/part-props.ts'
import { WidgetBuilder } from './widget-builder.tsx'

/** Stands in the address for one that is not made yet. */
const NEW = 'new'

export function Widgets({ address }: PartProps): ReactNode {
  const { open } = address
  if (open === undefined) return <WidgetList address={address} />
  const back = { href: deskHref('widgets', undefined, kept(address)), label: texts.screens.widgets }
  if (open === NEW) return <WidgetBuilder key={NEW} widget={undefined} back={back} />
  return <OpenWidget key={open} id={open} back={back} />
}

function OpenWidget(props: {
  readonly id: string
  readonly back: { readonly href: string; readonly label: string }
}): ReactNode {
  const { id, back } = props
  const { calls } = useDesk()
  const found = useQuery({ queryKey: ['desk-widget', id], queryFn: () => calls.widget(id) })
  if (found.data !== undefined)
    return <WidgetBuilder widget={found.data} back={back} onChanged={() => void found.refetch()} />
  return (
    <DeskPage title={texts.screens.widgets} back={back}>
      <Unread isPending={found.isPending} error={found.error} again={() => void found.refetch()} />
    </DeskPage>
  )
}

function WidgetList({ address }: PartProps): ReactNode {
  const { calls, tenant } = useDesk()
  const found = useQuery({
    queryKey: ['desk-widgets', tenant],
    queryFn: () => calls.widgets(tenant),
  })
  const items = found.data?.items ?? []
  const make = (
    <Anchor className="btn primary" href={deskHref('widgets', NEW, kept(address))}>
      <Icon name="plus" />
      {setupTexts.widgets.make}
    </Anchor>
  )
  return (
    <DeskPage title={texts.screens.widgets} about={setupTexts.widgets.about} acts={make}>
      <Unread isPending={found.isPending} error={found.error} again={() => void found.refetch()} />
      {found.data !== undefined && items.length === 0 ? (
        <p className="empty dim">{setupTexts.widgets.none}</p>
      ) : null}
      <ul className="people-rows">
        {items.map((one) => (
          <li key={one.id}>
            <span className="swatch" style={{ background: one.look.colour }} aria-hidden="true" />
            <div className="grow">
              <p className="strong cut">
                <Anchor href={deskHref('widgets', one.id, kept(address))}>
                  <bdi>{one.name}</bdi>
                </Anchor>
              </p>
              <p className="sm dim cut">
                {one.sites.length === 0 ? setupTexts.widgets.ownSite : one.sites.join(', ')}
              </p>
            </div>
            <span className={one.isOn ? 'badge good' : 'badge'}>
              {one.isOn ? setupTexts.widgets.on : setupTexts.widgets.off}
            </span>
          </li>
        ))}
      </ul>
    </DeskPage>
  )
}
