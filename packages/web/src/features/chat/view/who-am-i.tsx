// Who one is, with the strongest role, the theme, and the way out.

import type { PersonView, RoleView } from '@sayso/client'
import { useUser } from '@sayso/client/react'
import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { type Choices, choose, useChoices } from '../../../ui/choices.ts'
import { Menu, type MenuGroup } from '../../../ui/menu.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { texts } from '../model/texts.ts'

export function WhoAmI(props: {
  /** The strongest role on the channel one is in; absent: the one on the tenant. */
  readonly role: RoleView | undefined
  readonly me: PersonView
  readonly onSignOut: () => void
}): ReactNode {
  const { me } = props
  const user = useUser()
  const role = props.role ?? user.roles[0]
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
      <SettingsMenu />
      <IconButton icon="log-out" label={texts.signOut} onClick={props.onSignOut} />
    </div>
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
    <Menu
      label={texts.settings}
      icon="sliders-horizontal"
      groups={[useThemes(), useSettingsLink()]}
    />
  )
}
