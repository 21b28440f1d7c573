// Who one is, with the strongest role, the theme, and the way out.

import type { PersonView, RoleView } from '@sayso/client'
import { useUser } from '@sayso/client/react'
import { type ReactNode, Suspense } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { type Choices, choose, useChoices } from '../../../ui/choices.ts'
import { lazy } from '../../../ui/late.ts'
import { LateMenu } from '../../../ui/late-menu.tsx'
import type { MenuGroup } from '../../../ui/menu.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { texts } from '../model/texts.ts'

const OwnMenu = lazy(() => import('./live/own-menu.tsx'))

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
      <SettingsMenu />
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

const THEMES: readonly { readonly theme: Choices['theme']; readonly icon: string }[] = [
  { theme: 'system', icon: 'monitor' },
  { theme: 'light', icon: 'sun' },
  { theme: 'dark', icon: 'moon' },
]

export function useThemes(): MenuGroup {
  const { theme } = useChoices()
  return {
    title: texts.theme.title,
    items: THEMES.map((one) => ({
      key: one.theme,
      label: texts.theme[one.theme],
      icon: one.icon,
      isChecked: one.theme === theme,
      onSelect: () => choose({ theme: one.theme }),
    })),
  }
}

/** Everything else one may set, over the chat. */
function useSettingsLink(): MenuGroup {
  const navigate = useNavigate()
  const href = `${location.pathname}?settings=all`
  return {
    items: [
      {
        key: 'settings',
        label: texts.allSettings,
        icon: 'sliders-horizontal',
        onSelect: () => navigate(href),
      },
    ],
  }
}

function SettingsMenu(): ReactNode {
  return (
    <LateMenu
      label={texts.settings}
      icon="sliders-horizontal"
      groups={[useThemes(), useSettingsLink()]}
    />
  )
}
