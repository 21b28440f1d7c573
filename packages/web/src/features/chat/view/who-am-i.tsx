// Who one is, with the strongest role, the theme, and the way out.

import type { PersonView, RoleView } from '@sayso/client'
import { useUser } from '@sayso/client/react'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Menu, type MenuGroup } from '../../../ui/menu.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { setTheme, type Theme, theme } from '../../../ui/theme.ts'

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
      <IconButton icon="log-out" label="Sign out" onClick={props.onSignOut} />
    </div>
  )
}

const THEMES: readonly { readonly theme: Theme; readonly label: string; readonly icon: string }[] =
  [
    { theme: 'system', label: 'As the system', icon: 'monitor' },
    { theme: 'light', label: 'Light', icon: 'sun' },
    { theme: 'dark', label: 'Dark', icon: 'moon' },
  ]

export function useThemes(): MenuGroup {
  const [chosen, setChosen] = useState(theme)
  return {
    title: 'Theme',
    items: THEMES.map((one) => ({
      key: one.theme,
      label: one.label,
      icon: one.icon,
      isChecked: one.theme === chosen,
      onSelect: () => {
        setTheme(one.theme)
        setChosen(one.theme)
      },
    })),
  }
}

function SettingsMenu(): ReactNode {
  return <Menu label="Settings" icon="sliders-horizontal" groups={[useThemes()]} />
}
