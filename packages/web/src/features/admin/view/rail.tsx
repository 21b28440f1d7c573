// The left pane: the screens one may open, in groups; the tenant; who one is.

import type { Manage } from '@sayso/client/manage'
import { useUser } from '@sayso/client/react'
import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Brand } from '../../../ui/mark.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { adminHref, kept } from '../model/address.ts'
import { GROUPS, type ScreenGroup, type ScreenKey } from '../model/screens.ts'
import { texts } from '../model/texts.ts'
import type { AdminScreenProps } from '../props.ts'
import { useRights } from '../store/rights.tsx'
import { PlaceSwitch } from './place-switch.tsx'
import { PolicyBadge } from './policy-badge.tsx'

type RailProps = AdminScreenProps & {
  readonly calls: Manage
  readonly tenant: string
  readonly current: ScreenKey | undefined
  readonly onClose: () => void
}

export function Rail(props: RailProps): ReactNode {
  const { roles } = useUser()
  const own = [...new Set(roles.map(({ on }) => on))].filter((on) => on.startsWith('tenant:'))
  return (
    <nav className="rail" aria-label={texts.title}>
      <div className="bar">
        <Brand />
        <span className="grow" />
        <span className="badge">{texts.title}</span>
        <span className="only-narrow">
          <IconButton icon="x" label={texts.close} onClick={props.onClose} />
        </span>
      </div>
      <PlaceSwitch address={props.address} tenant={props.tenant} tenants={own} />
      <div className="groups">
        {GROUPS.map((group) => (
          <Group key={group.key} {...props} group={group} />
        ))}
      </div>
      <Anchor className="ch" href="/chat">
        <span className="gl">
          <Icon name="messages-square" />
        </span>
        <span className="grow">{texts.toChat}</span>
      </Anchor>
      <Me {...props} />
    </nav>
  )
}

function Group(props: RailProps & { readonly group: ScreenGroup }): ReactNode {
  const { group, current, address } = props
  const rights = useRights()
  // The one that is open stays in place, also when its right has gone.
  const shown = group.screens.filter(
    ({ key, needs }) => key === current || needs.some((action) => rights.may(action)),
  )
  if (shown.length === 0) return null
  return (
    <section aria-label={texts.groups[group.key]}>
      <h2 className="nav-h">{texts.groups[group.key]}</h2>
      <ul className="nav">
        {shown.map((one) => (
          <li key={one.key}>
            <Anchor
              className="ch"
              href={adminHref(one.key, [], kept(address.query))}
              current={one.key === current}
            >
              <span className="gl">
                <Icon name={one.icon} />
              </span>
              <span className="grow cut">{texts.screens[one.key]}</span>
              {one.key === 'policy' && rights.may('read-policy') ? (
                <PolicyBadge calls={props.calls} me={props.me.id} address={address} />
              ) : null}
            </Anchor>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Me(props: RailProps): ReactNode {
  const { me } = props
  const user = useUser()
  const role = user.roles.find(({ on }) => on === props.tenant) ?? user.roles[0]
  return (
    <div className="whoami">
      <Avatar id={me.id} name={me.name} picture={me.picture} size="m" here={user.live} />
      <div className="grow">
        <div className="strong sm cut">{me.name}</div>
        {role === undefined ? (
          <div className="xs faint cut">{me.email}</div>
        ) : (
          <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
        )}
      </div>
    </div>
  )
}

export { kept }
