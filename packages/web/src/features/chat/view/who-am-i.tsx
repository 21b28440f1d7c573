// Who one is, with the strongest role, the theme, and the way out.

import type { PersonView, RoleView } from '@sayso/client'
import { useUser } from '@sayso/client/react'
import { type ReactNode, Suspense } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { beside } from '../load-beside.ts'
import { texts } from '../model/texts.ts'
import { Late } from './late-menu.tsx'

const OwnMenu = beside('OwnMenu')
const SettingsMenu = beside('SettingsMenu')

export function WhoAmI(props: {
  /** The strongest role on the channel one is in; absent: the one on the tenant. */
  readonly role: RoleView | undefined
  readonly me: PersonView
  readonly onSignOut: () => void
}): ReactNode {
  const { me } = props
  const user = useUser()
  const role = props.role ?? user.roles[0]
  const below =
    role === undefined ? (
      <span className="xs faint cut">{me.email}</span>
    ) : (
      <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
    )
  return (
    <div className="whoami">
      <Suspense fallback={<Plain me={me} isLive={user.live} below={below} />}>
        <OwnMenu me={me} isLive={user.live} below={below} />
      </Suspense>
      <Late icon="sliders-horizontal" label={texts.settings} opens="menu">
        <SettingsMenu />
      </Late>
      <IconButton icon="log-out" label={texts.signOut} onClick={props.onSignOut} />
    </div>
  )
}

/** Until the menu is there. */
function Plain(props: {
  readonly me: PersonView
  readonly isLive: boolean
  readonly below: ReactNode
}): ReactNode {
  const { me } = props
  return (
    <>
      <Avatar id={me.id} name={me.name} picture={me.picture} size="m" here={props.isLive} />
      <div className="grow">
        <div className="strong sm cut">{me.name}</div>
        {props.below}
      </div>
    </>
  )
}
