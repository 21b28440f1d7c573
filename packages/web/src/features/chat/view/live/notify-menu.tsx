// In the header of a channel: what one is told of there.

import type { ResourceView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Menu } from '../../../../ui/menu.tsx'
import { notifyTexts } from '../../model/texts-notify.ts'
import { useChannelNotify } from '../../store/use-channel-choice.ts'
import { LEVEL_ICONS, useNotifyGroups } from './notify-groups.ts'

export function NotifyMenu(props: { readonly view: ResourceView }): ReactNode {
  const { view } = props
  const { choice } = useChannelNotify(view)
  const icon =
    choice === undefined || choice.level === 'mentions' ? 'bell' : LEVEL_ICONS[choice.level]
  const title = view.people === undefined ? `#${view.title}` : view.title
  return <Menu label={notifyTexts.ofChannel(title)} icon={icon} groups={useNotifyGroups(view)} />
}
