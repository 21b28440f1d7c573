// The few settings that are at hand, and the way to all of them.

import type { ReactNode } from 'react'
import { type Choices, choose, useChoices } from '../../../ui/choices.ts'
import { Menu, type MenuGroup } from '../../../ui/menu.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { texts } from '../model/texts.ts'

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

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function SettingsMenu(): ReactNode {
  return (
    <Menu
      label={texts.settings}
      icon="sliders-horizontal"
      groups={[useThemes(), useSettingsLink()]}
    />
  )
}
